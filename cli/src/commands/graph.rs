//! `flowsmith graph`: what a flow looks like, or how flows call each other.

use std::{fs, path::PathBuf};

use anyhow::{Context, anyhow};
use clap::{Args, ValueEnum};
use schema::{flow::Flow, graph::Graph};

use crate::flow_files::{self, FlowFile};

/// Draw a flow, or how several flows call and trigger each other.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// One file for the inside of a flow; several, or a folder, for the flows and what is between them.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

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

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let flows = flow_files::read(&arguments.paths)?.iter().map(parse).collect::<anyhow::Result<Vec<_>>>()?;
    let graph = match (&flows[..], &arguments.paths[..]) {
        ([flow], [path]) if path.is_file() => Graph::of_flow(flow),
        (flows, _) => Graph::of_library(flows),
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

/// A text that is no flow has no picture; what breaks rules beyond that may have one.
pub(super) fn parse(file: &FlowFile) -> anyhow::Result<Flow> {
    let path = file.path.display();
    Flow::parse(&file.source).map_err(|problems| anyhow!("{path} is no flow: {problems}"))
}
