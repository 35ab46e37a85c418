//! `flowsmith validate`: what Kestra would refuse, without Kestra.

mod human;
mod json;
mod sarif;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use schema::{
    KestraLine,
    catalog::nearest,
    contract::{self, check_together},
    flow::{CATALOG_RULES, Flow, Problem, RULES, Severity, check_source_with},
};

use crate::{
    catalog_file::catalogs,
    flow_files::{self, FlowFile},
};

/// Check flows without a server: every problem with its line and column. Calls between the flows are checked, too.
///
/// Ends with 0 when nothing is wrong, 1 when something is, and 2 when it could not be found out.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Files, and folders whose YAML files are checked, those below included.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// The line of Kestra that has to accept the flows. Without it, only what no line accepts is wrong.
    #[arg(long, value_name = "1.3|2.0")]
    kestra: Option<KestraLine>,

    /// A catalog of more plugins, as `flowsmith schema add` writes it. Without it, `.flowsmith/schema.json` of the working
    /// directory or of the nearest folder above that has one.
    #[arg(long, value_name = "FILE")]
    schema: Option<PathBuf>,

    /// How to tell the problems.
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    /// Warnings count as problems.
    #[arg(long)]
    strict: bool,

    /// Warnings of these codes are errors, such as `unknown-type,misspelled-type` where every plugin has to be known.
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = code)]
    deny: Vec<&'static str>,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// With the lines of the source, for people.
    #[default]
    Human,
    /// A list of problems.
    Json,
    /// The format of code scanning services.
    Sarif,
}

/// The code of a rule, as `--deny` takes it.
fn code(name: &str) -> Result<&'static str, String> {
    let codes = || RULES.iter().chain(CATALOG_RULES).map(|rule| rule.code).chain(contract::CODES);
    codes().find(|code| *code == name).ok_or_else(|| match nearest(name, codes()).first() {
        Some(similar) => format!("no rule has this code; did you mean `{similar}`?"),
        None => format!("no rule has this code; there are {}", codes().collect::<Vec<_>>().join(", ")),
    })
}

/// A flow and what is wrong with it.
struct Checked {
    file: FlowFile,
    problems: Vec<Problem>,
}

/// Whether nothing is wrong.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<bool> {
    let mut checked = check(arguments)?;
    deny(&mut checked, &arguments.deny);
    let report = match arguments.format {
        Format::Human => human::report(&checked),
        Format::Json => json::report(&checked),
        Format::Sarif => sarif::report(&checked),
    };
    anstream::println!("{report}");
    let least = if arguments.strict { Severity::Warning } else { Severity::Error };
    Ok(checked.iter().flat_map(|checked| &checked.problems).all(|problem| problem.severity < least))
}

/// Makes errors of all problems with these codes.
fn deny(checked: &mut [Checked], codes: &[&str]) {
    let problems = checked.iter_mut().flat_map(|checked| &mut checked.problems);
    let denied = problems.filter(|problem| codes.contains(&problem.code));
    denied.for_each(|problem| problem.severity = Severity::Error);
}

/// Checks every flow by itself, and then beside the others that it calls.
fn check(arguments: &Arguments) -> anyhow::Result<Vec<Checked>> {
    let lines = KestraLine::given_or_all(arguments.kestra);
    let catalogs = catalogs(arguments.schema.as_deref(), lines)?;
    let alone = flow_files::read(&arguments.paths)?.into_iter().map(|file| {
        let (flow, problems) = check_source_with(&file.source, &catalogs);
        (flow, Checked { file, problems })
    });
    let (flows, mut checked): (Vec<Option<Flow>>, Vec<Checked>) = alone.unzip();
    let readable: Vec<&Flow> = flows.iter().flatten().collect();
    let together = check_together(&readable, lines);
    let of_readable = flows.iter().zip(&mut checked).filter(|(flow, _)| flow.is_some());
    for ((_, checked), problems) in of_readable.zip(together) {
        checked.problems.extend(problems);
        checked.problems.sort_by_key(|problem| problem.span.start);
    }
    Ok(checked)
}
