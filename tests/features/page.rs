//! The matrix as a page for readers: a table per group, with the tests that prove each feature.

use std::fmt::Write;

use super::{
    marks::Mark,
    table::{COLUMNS, Column, GROUPS, Group, Support},
};

const HEAD: &str = "\
# The plugin protocol, feature by feature

What of Terraform's plugin protocol 6 the library `tfplugin` can do, and which test shows it. This page is made from the
tests: `just bless` rewrites it, and a test fails when it is out of date.

*In process* is the host of `tfplugin::testing`, and tests of single parts; *process* starts the built program as a host
does; *Terraform* is 1.11 and *OpenTofu* is 1.12, through their command lines. `cargo test -p tfplugin` runs the first two
columns, `cargo test --workspace` all. A feature that came to a host with a later version, or never, is shown in process.
An empty cell means that a feature is not to be seen from there.
";

pub(super) fn page(marks: &[Mark]) -> String {
    let features: usize = GROUPS.iter().map(|group| group.features().count()).sum();
    let mut page = format!("{HEAD}\n{features} features in {} groups.\n", GROUPS.len());
    for group in GROUPS {
        let titles: Vec<&str> = COLUMNS.iter().map(|column| column.title()).collect();
        let _ = write!(page, "\n## {}\n\n| Feature | {} |\n", group.name, titles.join(" | "));
        page.push_str("|---|---|---|---|---|\n");
        for (id, name) in group.features() {
            let cells: Vec<String> = COLUMNS.iter().map(|column| cell(group, &id, *column, marks)).collect();
            let _ = writeln!(page, "| {name} | {} |", cells.join(" | "));
        }
    }
    page
}

fn cell(group: &Group, feature: &str, column: Column, marks: &[Mark]) -> String {
    match group.support(column) {
        Support::Since(version) => format!("since {version}"),
        Support::Never => "not in this host".to_owned(),
        Support::Here => {
            let proofs = marks.iter().filter(|mark| mark.feature == feature && mark.column == column);
            proofs.map(link).collect::<Vec<_>>().join("<br>")
        }
    }
}

/// The name of a test is a sentence.
fn link(mark: &Mark) -> String {
    format!("[{}](../{})", mark.test.replace('_', " "), mark.path)
}
