//! Keeps the line breaks of folded texts (`>`): their author chose them for reading, and the value does not have
//! them any more.

use super::scalar::Block;
use crate::yaml;

/// The block of the folded `text` that is written `written`, when it can be written the same again.
pub(super) fn folded(text: &str, written: &str) -> Option<Block> {
    let (header, rest) = written.split_once('\n')?;
    let header = header.split(['#', ' ', '\r']).next()?;
    let mut lines: Vec<String> = dedented(rest);
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let body: String = lines.iter().map(|line| format!("  {line}\n")).collect();
    let again = yaml::parse(&format!("text: {header}\n{body}")).ok()?;
    let same = matches!(header, ">" | ">-") && !lines.is_empty() && again.get("text")?.as_str() == Some(text);
    same.then(|| Block { header: header.to_owned(), lines, open: false })
}

/// The lines without the indentation that the first of them has.
fn dedented(text: &str) -> Vec<String> {
    let depth = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let first = text.lines().find(|line| !line.trim().is_empty()).map_or(0, depth);
    let line =
        |line: &str| line.get(first..).filter(|line| !line.trim().is_empty()).unwrap_or_default().to_owned();
    text.lines().map(line).collect()
}
