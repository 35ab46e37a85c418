//! `flowsmith sandbox-environments`: the copies that `modules/sandbox-environment` has made, where nobody destroyed them.

use std::{collections::BTreeMap, fmt};

use anyhow::{Context, ensure};
use clap::{Args, Subcommand};
use client::{Client, Error, FlowSummary};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// The namespace of a copy and the day after which nobody needs it, as the module labels the flows.
const LABELS: [&str; 2] = ["sandbox-environment", "sandbox-expires"];

/// Look after the copies of namespaces that the module sandbox-environment makes for pull requests.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Prune(Prune),
}

/// Delete the copies whose day is over: their flows, KV entries and namespace files.
///
/// The day is the label sandbox-expires of their flows, in UTC; the latest one counts. The environment variables of the
/// provider say where the server is and who is asking: KESTRA_URL, KESTRA_USERNAME, KESTRA_PASSWORD, KESTRA_API_TOKEN, ...
/// Ends with 0 when nothing is left that should not be, 1 otherwise, and 2 for unusable arguments.
#[derive(Debug, Args)]
struct Prune {
    /// The namespace of all copies: `prefix` of the module. Nothing outside of it is looked at.
    #[arg(default_value = "sandbox")]
    namespace: String,

    /// Only say what would be deleted.
    #[arg(long)]
    dry_run: bool,
}

pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Command::Prune(prune) = arguments.command;
    let kestra = crate::server::connect(None)?;
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    for copy in copies(&kestra, &prune.namespace).await?.into_iter().filter(|copy| copy.expires < today) {
        let content = Content::of(&kestra, &copy).await?;
        if prune.dry_run {
            anstream::println!("{copy} would be deleted: {content}");
        } else {
            content.delete(&kestra).await.with_context(|| format!("{} is not deleted", copy.namespace))?;
            anstream::println!("{copy} is deleted: {content}");
        }
    }
    Ok(())
}

/// A copy of a namespace tree.
struct Copy {
    namespace: String,
    expires: Date,
    flows: Vec<FlowSummary>,
}

impl fmt::Display for Copy {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}, needed until {},", self.namespace, self.expires)
    }
}

/// The copies below a namespace. A flow belongs to the copy that its label names if it is in there.
async fn copies(kestra: &Client, namespace: &str) -> anyhow::Result<Vec<Copy>> {
    let mut copies = BTreeMap::<String, Copy>::new();
    for flow in kestra.flows().search(&[("filters[namespace][PREFIX]", namespace)]).await? {
        let [Some(copy), Some(day)] = LABELS.map(|label| flow.label(label).map(str::to_owned)) else {
            continue;
        };
        ensure!(
            contains(namespace, &copy) && contains(&copy, &flow.namespace),
            "the flow {}/{} has the label {}={copy}, and is not in that namespace",
            flow.namespace,
            flow.id,
            LABELS[0]
        );
        let expires: Date = day.parse().with_context(|| {
            format!(
                "the flow {}/{} has the label {}={day}, which is no day",
                flow.namespace, flow.id, LABELS[1]
            )
        })?;
        let new = || Copy { namespace: copy.clone(), expires, flows: Vec::new() };
        let found = copies.entry(copy.clone()).or_insert_with(new);
        found.expires = found.expires.max(expires);
        found.flows.push(flow);
    }
    Ok(copies.into_values().collect())
}

/// Whether a namespace is another one, or above it.
fn contains(namespace: &str, other: &str) -> bool {
    other.strip_prefix(namespace).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// What a copy consists of: pairs of a namespace and a name in it.
struct Content {
    flows: Vec<(String, String)>,
    entries: Vec<(String, String)>,
    files: Vec<(String, String)>,
}

impl Content {
    async fn of(kestra: &Client, copy: &Copy) -> Result<Self, Error> {
        let flows: Vec<_> = copy.flows.iter().map(|flow| (flow.namespace.clone(), flow.id.clone())).collect();
        let found = kestra.kv().search(&[("filters[namespace][PREFIX]", &copy.namespace)]).await?.into_iter();
        let entries: Vec<_> = found.map(|entry| (entry.namespace, entry.key)).collect();
        let mut namespaces: Vec<&String> =
            flows.iter().chain(&entries).map(|(namespace, _)| namespace).collect();
        namespaces.sort_unstable();
        namespaces.dedup();
        let mut files = Vec::new();
        for namespace in namespaces {
            files.extend(root_of(kestra, namespace).await?.into_iter().map(|name| (namespace.clone(), name)));
        }
        Ok(Self { flows, entries, files })
    }

    /// Flows go first, so that nothing runs without what it reads.
    async fn delete(&self, kestra: &Client) -> anyhow::Result<()> {
        for (namespace, id) in &self.flows {
            kestra.flows().delete(namespace, id).await?;
        }
        for (namespace, key) in &self.entries {
            kestra.kv().delete(namespace, key).await?;
        }
        for (namespace, name) in &self.files {
            // Kestra 1.3 lists a space as `+`; deleting nothing succeeds.
            for path in [name.clone(), name.replace('+', " ")] {
                kestra.namespace_files().delete(namespace, &path).await?;
            }
            let left = root_of(kestra, namespace).await?;
            ensure!(
                !left.contains(name),
                "the namespace file {name} of {namespace} is still there: delete it by hand"
            );
        }
        Ok(())
    }
}

/// The files and directories at the root of a namespace.
async fn root_of(kestra: &Client, namespace: &str) -> Result<Vec<String>, Error> {
    match kestra.namespace_files().directory(namespace, "/").await {
        Ok(found) => Ok(found.into_iter().map(|file| file.file_name).collect()),
        Err(error) if error.is_gone() => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

impl fmt::Display for Content {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [flows, entries, files] = [&self.flows, &self.entries, &self.files].map(Vec::len);
        write!(out, "flows {flows}, KV entries {entries}, files and directories {files}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_namespace_contains_itself_and_what_is_below() {
        for (namespace, other, expected) in [
            ("sandbox", "sandbox", true),
            ("sandbox", "sandbox.pr-1.company", true),
            ("sandbox.pr-1", "sandbox.pr-10", false),
            ("sandbox.pr-1", "sandbox", false),
        ] {
            assert_eq!(contains(namespace, other), expected, "{namespace} {other}");
        }
    }
}
