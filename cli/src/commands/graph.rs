//! `flowsmith graph`: what a flow looks like, or how flows call each other.

use std::{fs, path::PathBuf};

use anyhow::{Context, ensure};
use clap::{Args, ValueEnum};
use client::Client;
use futures_util::{StreamExt, TryStreamExt, stream};
use schema::{flow::Flow, graph::Graph};

use crate::flow_files::{self, FlowFile};

/// Draw a flow, or how several flows call and trigger each other.
///
/// Ends with 0 when there is a drawing, 1 when there is none, and 2 for unusable arguments.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// One file for the inside of a flow; several, or a folder, for the flows and what is between them.
    #[arg(required_unless_present = "server", value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Draw what a server has: one flow, or all flows of a namespace and those below it. The environment variables of the
    /// provider say where it is and who is asking: KESTRA_URL, KESTRA_USERNAME, KESTRA_PASSWORD, KESTRA_API_TOKEN, ...
    #[arg(long, value_name = "NAMESPACE[/FLOW]", conflicts_with = "paths")]
    server: Option<String>,

    /// The language of the drawing.
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    /// Write it to this file instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// A picture that needs nothing else.
    #[default]
    Svg,
    /// For Markdown.
    Mermaid,
    /// For Graphviz.
    Dot,
}

/// How many flows are asked for at the same time.
const REQUESTS: usize = 8;

pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let graph = match &arguments.server {
        Some(name) => stored(&crate::server::connect(None)?, name).await?,
        None => written(&arguments.paths)?,
    };
    let drawing = match arguments.format {
        Format::Svg => graph.svg(),
        Format::Mermaid => graph.mermaid(),
        Format::Dot => graph.dot(),
    };
    match &arguments.output {
        Some(path) => fs::write(path, drawing).with_context(|| format!("can't write {}", path.display())),
        None => {
            anstream::print!("{drawing}");
            Ok(())
        }
    }
}

/// The picture of what files say.
fn written(paths: &[PathBuf]) -> anyhow::Result<Graph> {
    let flows = flow_files::read(paths)?.iter().map(FlowFile::parse).collect::<anyhow::Result<Vec<_>>>()?;
    Ok(match (&flows[..], paths) {
        ([flow], [path]) if path.is_file() => Graph::of_flow(flow),
        (flows, _) => Graph::of_library(flows),
    })
}

/// The picture of what a server has.
async fn stored(kestra: &Client, name: &str) -> anyhow::Result<Graph> {
    if let Some((namespace, flow)) = name.split_once('/') {
        return Ok(Graph::of_flow(&fetch(kestra, namespace, flow).await?));
    }
    let found = kestra.flows().search(&[("filters[namespace][PREFIX]", name)]).await?;
    ensure!(!found.is_empty(), "the server has no flow in {name}");
    let fetched = stream::iter(&found).map(|flow| fetch(kestra, &flow.namespace, &flow.id));
    let flows: Vec<Flow> = fetched.buffered(REQUESTS).try_collect().await?;
    Ok(Graph::of_library(&flows))
}

async fn fetch(kestra: &Client, namespace: &str, id: &str) -> anyhow::Result<Flow> {
    let source =
        kestra.flows().get(namespace, id).await?.source.context("the server gives flows without text")?;
    FlowFile { path: PathBuf::from(format!("{namespace}/{id}")), source }.parse()
}
