//! Bad documents and the places that are wrong in them, in `bad/*.txt`.
//!
//! A row starts with `=== <code> <path> on <line>`, the line only where the other finds nothing. `!` before the code is an
//! error, `~` a warning. In the document below it, `⟦…⟧` is around what is wrong. Where it gives no id or no tasks, a
//! document gets them from here. What is no YAML has no path, and one mark for its place.

use schema::KestraLine;
use schema::flow::{CATALOG_RULES, Problem, RULES, Severity, check_source};

const GROUPS: [(&str, &str); 7] = [
    ("yaml", include_str!("bad/yaml.txt")),
    ("flow", include_str!("bad/flow.txt")),
    ("tasks", include_str!("bad/tasks.txt")),
    ("inputs", include_str!("bad/inputs.txt")),
    ("starts", include_str!("bad/starts.txt")),
    ("expressions", include_str!("bad/expressions.txt")),
    ("plugins", include_str!("bad/plugins.txt")),
];

/// A bad document and what is wrong with it.
struct Row {
    /// Where it is written down.
    name: String,
    /// What is found, as [`shown`].
    expected: String,
    lines: Vec<KestraLine>,
    text: String,
}

fn rows() -> Vec<Row> {
    GROUPS.iter().flat_map(|(group, rows)| rows.split("=== ").skip(1).map(|row| read(group, row))).collect()
}

fn read(group: &str, row: &str) -> Row {
    let (head, document) = row.split_once('\n').expect("a document follows");
    let (about, line) = head.split_once(" on ").map_or((head, None), |(about, line)| (about, Some(line)));
    let line = line.map(|line| line.parse().expect("a line of Kestra"));
    let (before, rest) = whole(group, document);
    let marked = before + &rest;
    let (start, rest) = marked.split_once('⟦').expect("a mark");
    let (wrong, rest) = rest.split_once('⟧').expect("the end of the mark");
    let places = [place(start), place(&format!("{start}{wrong}"))];
    Row {
        name: format!("{group}: {row}"),
        expected: format!("{about} {}-{}", places[0], places[1]),
        lines: KestraLine::given_or_all(line).to_vec(),
        text: format!("{start}{wrong}{rest}"),
    }
}

/// The document with what a flow needs, unless it gives that itself or is about the syntax.
fn whole(group: &str, document: &str) -> (String, String) {
    let has = |name: &str| document.lines().any(|line| line.trim_start_matches('⟦').starts_with(name));
    let is_whole = group == "yaml" || has("id:") || has("namespace:");
    let head = if is_whole { "" } else { "id: a\nnamespace: b.c\n" };
    let task = "tasks:\n  - {id: log, type: io.kestra.plugin.core.log.Log, message: hi}\n";
    let tail = if group == "yaml" || has("tasks:") { "" } else { task };
    (head.to_owned(), format!("{document}{tail}"))
}

/// Line and column behind a text.
fn place(text: &str) -> String {
    let line = text.split('\n').count();
    let column = text.chars().rev().take_while(|character| *character != '\n').count() + 1;
    format!("{line}:{column}")
}

fn shown(problem: &Problem) -> String {
    let mark = match (problem.code, problem.severity) {
        ("syntax" | "map", _) => "",
        (_, Severity::Error) => "!",
        (_, Severity::Warning) => "~",
    };
    let path = problem.path.to_string();
    let separator = if path.is_empty() { "" } else { " " };
    let [start, end] = [problem.span.start, problem.span.end].map(|at| format!("{}:{}", at.line, at.column));
    format!("{mark}{}{separator}{path} {start}-{end}", problem.code)
}

#[test]
fn every_problem_is_at_its_place_and_the_only_one() {
    let mut failures = String::new();
    for Row { name, expected, lines, text } in rows() {
        for line in KestraLine::ALL {
            let (_, problems) = check_source(&text, &[line]);
            let found: Vec<String> = problems.iter().map(shown).collect();
            let (_, of_windows) = check_source(&text.replace('\n', "\r\n"), &[line]);
            assert_eq!(of_windows.iter().map(shown).collect::<Vec<_>>(), found, "with CRLF: {name}");
            let is_expected = found.contains(&expected);
            if is_expected != lines.contains(&line) || (is_expected && found.len() > 1) {
                let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
                failures += &format!("{line} {name}expected: {expected}\nfound: {found:#?}\n{told:#?}\n\n");
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn every_rule_has_a_bad_document() {
    let rows = rows();
    assert!(rows.len() >= 150, "{}", rows.len());
    let found = |code: &str| {
        rows.iter().any(|row| row.expected.trim_start_matches(['!', '~']).starts_with(&format!("{code} ")))
    };
    let codes = RULES.iter().chain(CATALOG_RULES).map(|rule| rule.code).chain(["syntax", "map"]);
    let missing: Vec<&str> = codes.filter(|code| !found(code)).collect();
    assert_eq!(missing, [""; 0]);
}
