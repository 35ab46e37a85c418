//! The first view: every namespace with what lives in it, as the tree that the dots of their names make.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use maud::{Markup, html};

use super::{address, frame::View, parts};
use crate::{
    call::Call,
    fault::Fault,
    reply::Reply,
    routes::known_namespaces,
    store::{kv, namespaces},
};

/// How much lives in a namespace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    flows: usize,
    entries: usize,
    files: usize,
}

pub(super) async fn show(call: Call) -> Reply {
    let counts = counts(&call).await?;
    let total = counts.values().fold(Counts::default(), |sum, counts| Counts {
        flows: sum.flows + counts.flows,
        entries: sum.entries + counts.entries,
        files: sum.files + counts.files,
    });
    let content = html! {
        header.title {
            h1 { "Namespaces" }
            p { (parts::count(total.flows, "flow")) ", " (parts::count(total.entries, "KV value")) ", "
                (parts::count(total.files, "file")) }
        }
        @if total == Counts::default() { (first_steps()) }
        (tree(&counts))
    };
    View { title: "Namespaces".into(), way: Vec::new(), content }.reply(&call.app)
}

/// What lives in each namespace, and in those above them.
async fn counts(call: &Call) -> Result<BTreeMap<String, Counts>, Fault> {
    let known = known_namespaces(&call.app).await?;
    let mut counts: BTreeMap<String, Counts> =
        known.into_iter().map(|namespace| (namespace, Counts::default())).collect();
    let found = call
        .app
        .store
        .read(|c| Ok::<_, Fault>((namespaces::counts(c)?, kv::list(c, None, Timestamp::now())?)));
    let (stored, entries) = found.await?;
    for (namespace, flows, files) in stored {
        counts.insert(namespace, Counts { flows, files, entries: 0 });
    }
    for entry in entries {
        counts.entry(entry.namespace).or_default().entries += 1;
    }
    let above: BTreeSet<String> = counts.keys().flat_map(|name| ancestors(name)).map(str::to_owned).collect();
    for namespace in above {
        counts.entry(namespace).or_default();
    }
    Ok(counts)
}

fn ancestors(namespace: &str) -> impl Iterator<Item = &str> {
    namespace.match_indices('.').map(|(dot, _)| &namespace[..dot])
}

/// The names sort as the tree does: a parent stands before its children.
fn tree(counts: &BTreeMap<String, Counts>) -> Markup {
    let mut ordered: Vec<(&String, &Counts)> = counts.iter().collect();
    ordered.sort_by_key(|(namespace, _)| namespace.split('.').collect::<Vec<_>>());
    html! {
        table.tree {
            thead { tr { th { "Namespace" } th.number { "Flows" } th.number { "KV" } th.number { "Files" } } }
            tbody {
                @for (namespace, Counts { flows, entries, files }) in ordered {
                    @let (above, name) = namespace.rsplit_once('.').map_or(("", namespace.as_str()), |(above, name)| (above, name));
                    @let depth = ancestors(namespace).count().min(6);
                    tr {
                        th scope="row" .(format!("depth-{depth}")) {
                            a href=(address::namespace(namespace)) {
                                @if !above.is_empty() { span.above { (above) "." } }
                                (name)
                            }
                        }
                        @for number in [flows, entries, files] {
                            td.number { @if *number == 0 { span.zero { "0" } } @else { (number) } }
                        }
                    }
                }
            }
        }
    }
}

fn first_steps() -> Markup {
    html! {
        p.note {
            "Nothing is here yet. Point " code { "KESTRA_URL" } " at this address and run " code { "terraform apply" }
            ", or send a flow to " code { "POST /api/v1/main/flows" } "."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parent_stands_before_its_children() {
        let names = ["a", "a-b", "a.b", "a.b.c"];
        let counts = names.map(|name| (name.to_owned(), Counts::default())).into();
        let shown = tree(&counts).into_string();
        let places = ["/namespaces/a\"", "/namespaces/a.b\"", "/namespaces/a.b.c\"", "/namespaces/a-b\""]
            .map(|address| shown.find(address).unwrap());
        assert!(places.is_sorted(), "{shown}");
        assert_eq!(ancestors("a.b.c").collect::<Vec<_>>(), ["a", "a.b"]);
    }
}
