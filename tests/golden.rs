//! Committed files that are made from the code: a test fails when one is out of date, and rewrites it when it is told to.

use std::{collections::BTreeMap, env, fs};

use crate::tidy::{none, root};

/// Rewrites the committed files instead of comparing with them.
const BLESS: &str = "FLOWSMITH_BLESS";

/// Whether the files are to be rewritten.
pub(crate) fn blesses() -> bool {
    env::var_os(BLESS).is_some_and(|value| !value.is_empty())
}

/// What has to be there: the text of each file, or `None` for one that is left over, by path from the root of the
/// repository.
pub(crate) type Files = BTreeMap<String, Option<String>>;

/// Compares the files with what they should be, or makes them so where `FLOWSMITH_BLESS` is set.
#[track_caller]
pub(crate) fn compare(files: &Files) {
    if blesses() {
        files.iter().for_each(|(path, text)| write(path, text.as_deref()));
        return;
    }
    let mut findings: Vec<String> =
        files.iter().filter_map(|(path, text)| difference(path, text.as_deref())).collect();
    if !findings.is_empty() {
        findings
            .push(format!("These files are made from the code: `just bless` rewrites them, or {BLESS}=1."));
    }
    none(findings);
}

fn write(path: &str, text: Option<&str>) {
    let file = root().join(path);
    let written = match text {
        Some(text) => fs::create_dir_all(file.parent().expect("a file is in a folder"))
            .and_then(|()| fs::write(&file, text)),
        None => fs::remove_file(&file),
    };
    written.unwrap_or_else(|error| panic!("{path}: {error}"));
}

/// The first line that is not as wanted.
fn difference(path: &str, wanted: Option<&str>) -> Option<String> {
    let found = fs::read_to_string(root().join(path)).ok();
    match (found, wanted) {
        (Some(_), None) => Some(format!("{path} is left over")),
        (None, Some(_)) => Some(format!("{path} is missing")),
        (Some(found), Some(wanted)) if found != wanted => {
            let same = found.lines().zip(wanted.lines()).take_while(|(found, wanted)| found == wanted);
            Some(format!("{path}:{} is out of date", same.count() + 1))
        }
        _ => None,
    }
}
