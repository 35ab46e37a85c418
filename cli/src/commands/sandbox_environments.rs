//! `flowsmith sandbox-environments`: the copies that `modules/sandbox-environment` has made, where nobody destroyed them.

use std::{collections::BTreeMap, fmt};

use anyhow::{anyhow, ensure};
use clap::{Args, Subcommand};
use client::{Client, Error, FlowSummary};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use schema::namespace::inside;

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
/// A flow whose labels make no sense keeps its copy and is named at the end; all other copies are pruned.
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
    let flows = kestra.flows().search(&[("filters[namespace][PREFIX]", &prune.namespace)]).await?;
    let (copies, mut problems) = copies(flows, &prune.namespace);
    for copy in copies.into_iter().filter(|copy| copy.expires < today) {
        match prune.copy(&kestra, &copy).await {
            Ok(done) => anstream::println!("{done}"),
            Err(problem) => problems.push(problem.context(format!("{} is not deleted", copy.namespace))),
        }
    }
    problems.iter().for_each(crate::tell);
    ensure!(problems.is_empty(), "not everything could be pruned (problems: {}, see above)", problems.len());
    Ok(())
}

impl Prune {
    /// Deletes a copy, or only looks at what it consists of; what is said of it.
    async fn copy(&self, kestra: &Client, copy: &Copy) -> anyhow::Result<String> {
        let content = Content::of(kestra, copy).await?;
        if self.dry_run {
            return Ok(format!("{copy} would be deleted: {content}"));
        }
        content.delete(kestra).await?;
        Ok(format!("{copy} is deleted: {content}"))
    }
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

/// The copies below a namespace, and what is wrong with the labels of flows. A flow belongs to the copy that its label names
/// if it is in there.
fn copies(flows: Vec<FlowSummary>, namespace: &str) -> (Vec<Copy>, Vec<anyhow::Error>) {
    let (mut copies, mut problems) = (BTreeMap::<String, Copy>::new(), Vec::new());
    for flow in flows {
        let [Some(copy), Some(day)] = LABELS.map(|label| flow.label(label).map(str::to_owned)) else {
            continue;
        };
        let mut odd = |label, value, why| {
            let flow = format!("{}/{}", flow.namespace, flow.id);
            problems.push(anyhow!(
                "the flow {flow} has the label {label}={value}, {why}: correct it, or delete the flow"
            ));
        };
        if inside(&copy, namespace).and(inside(&flow.namespace, &copy)).is_none() {
            odd(LABELS[0], &copy, "and is not in that namespace");
            continue;
        }
        let expires = day.parse().unwrap_or_else(|_| {
            odd(LABELS[1], &day, "which is no day");
            // Nobody knows when the copy is not needed any more.
            Date::MAX
        });
        let new = || Copy { namespace: copy.clone(), expires, flows: Vec::new() };
        let found = copies.entry(copy.clone()).or_insert_with(new);
        found.expires = found.expires.max(expires);
        found.flows.push(flow);
    }
    (copies.into_values().collect(), problems)
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
        for files in self.files.chunk_by(|(one, _), (other, _)| one == other) {
            let namespace = &files[0].0;
            for (_, name) in files {
                // Kestra 1.3 lists a space as `+`; deleting nothing succeeds.
                for path in [name.clone(), name.replace('+', " ")] {
                    kestra.namespace_files().delete(namespace, &path).await?;
                }
            }
            let left = root_of(kestra, namespace).await?.join(", ");
            ensure!(
                left.is_empty(),
                "namespace files of {namespace} are still there, delete them by hand: {left}"
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
