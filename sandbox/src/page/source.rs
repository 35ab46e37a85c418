//! The text of a flow in colours: keys, values and expressions where the reader of the flow language saw them, and the
//! lines that a problem is about.

use std::{collections::BTreeMap, ops::Range};

use maud::{Markup, html};
use schema::{
    flow::{Flow, Problem, Severity},
    yaml::{Node, Value},
};

/// A part of the text, and the class that gives it its colour.
type Token = (Range<usize>, &'static str);

/// The numbered lines of a text.
pub(super) fn show(source: &str, flow: &Flow, problems: &[Problem]) -> Markup {
    let mut marks: BTreeMap<usize, Severity> = BTreeMap::new();
    for problem in problems {
        let mark = marks.entry(problem.span.start.line).or_insert(problem.severity);
        *mark = problem.severity.max(*mark);
    }
    html! {
        pre.source tabindex="0" {
            @for (number, parts) in (1..).zip(lines(source, &tokens(source, flow.root()))) {
                @let mark = marks.get(&number).map_or("", |severity| severity.as_str());
                span.line.(mark) #{ "L" (number) } {
                    @for (class, text) in parts { @if class.is_empty() { (text) } @else { span.(class) { (text) } } }
                }
                "\n"
            }
        }
    }
}

/// Everything that has a colour, in the order of the text; nothing overlaps.
fn tokens(source: &str, root: &Node) -> Vec<Token> {
    let mut found = Vec::new();
    collect(source, root, &mut found);
    found.sort_by_key(|(range, _)| range.start);
    let mut end = 0;
    found.retain(|(range, _)| {
        let is_behind = range.start >= end && range.start < range.end;
        end = if is_behind { range.end } else { end };
        is_behind && source.get(range.clone()).is_some()
    });
    let comments = comments(source, &found);
    found.extend(comments);
    found.sort_by_key(|(range, _)| range.start);
    found
}

fn collect(source: &str, node: &Node, found: &mut Vec<Token>) {
    match &node.value {
        Value::Sequence(items) => items.iter().for_each(|item| collect(source, item, found)),
        Value::Mapping(entries) => {
            for entry in entries.values() {
                found.push((entry.key_span.range(), "key"));
                collect(source, &entry.value, found);
            }
        }
        Value::String(_) => found.extend(string(source, node.span.range())),
        Value::Int(_) | Value::Float(_) => found.push((node.span.range(), "number")),
        Value::Bool(_) | Value::Null => found.push((node.span.range(), "word")),
    }
}

/// A text, with the expressions in it apart.
fn string(source: &str, range: Range<usize>) -> Vec<Token> {
    const BRACES: [(&str, &str); 2] = [("{{", "}}"), ("{%", "%}")];
    let Some(text) = source.get(range.clone()) else { return Vec::new() };
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some((start, close)) =
        BRACES.iter().filter_map(|(open, close)| Some((at + text[at..].find(open)?, close))).min()
    {
        let end = text[start..].find(close).map_or(text.len(), |length| start + length + close.len());
        found.push((range.start + at..range.start + start, "text"));
        found.push((range.start + start..range.start + end, "expression"));
        at = end;
    }
    found.push((range.start + at..range.end, "text"));
    found.retain(|(range, _)| !range.is_empty());
    found
}

/// What follows a `#` between the values.
fn comments(source: &str, found: &[Token]) -> Vec<Token> {
    let starts = [0].into_iter().chain(found.iter().map(|(range, _)| range.end));
    let ends = found.iter().map(|(range, _)| range.start).chain([source.len()]);
    let mut comments = Vec::new();
    for (start, end) in starts.zip(ends) {
        let mut at = start;
        while let Some(hash) = source.get(at..end).and_then(|gap| gap.find('#')) {
            let hash = at + hash;
            let stop = source[hash..end].find('\n').map_or(end, |length| hash + length);
            comments.push((hash..stop, "comment"));
            at = stop;
        }
    }
    comments
}

/// The lines of a text, each in parts of one class.
fn lines<'a>(source: &'a str, tokens: &[Token]) -> Vec<Vec<(&'static str, &'a str)>> {
    let mut lines = vec![Vec::new()];
    let mut at = 0;
    let end = source.len()..source.len();
    for (range, class) in tokens.iter().cloned().chain([(end, "")]) {
        for (class, text) in [("", &source[at..range.start]), (class, &source[range.clone()])] {
            for (position, line) in text.split('\n').enumerate() {
                if position > 0 {
                    lines.push(Vec::new());
                }
                let current = lines.last_mut().filter(|_| !line.is_empty());
                current.into_iter().for_each(|parts: &mut Vec<_>| parts.push((class, line)));
            }
        }
        at = range.end;
    }
    lines.pop_if(|last| last.is_empty());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colours(source: &str) -> String {
        let root = schema::yaml::parse(source).unwrap();
        let part = |(class, text): &(&str, &str)| match *class {
            "" => (*text).to_owned(),
            class => format!("{class}<{text}>"),
        };
        let lines = lines(source, &tokens(source, &root));
        let lines = lines.iter().map(|parts| parts.iter().map(part).collect::<String>());
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn everything_has_the_colour_of_what_it_is() {
        for (source, expected) in [
            ("id: a # why\n", "key<id>: text<a> comment<# why>"),
            ("# only\nn: 1\nb: yes\n", "comment<# only>\nkey<n>: number<1>\nkey<b>: word<yes>"),
            ("m: \"a {{ b }} c\"\n", "key<m>: text<\"a >expression<{{ b }}>text< c\">"),
            ("m: a#b\n", "key<m>: text<a#b>"),
            ("l: [1, x]\n", "key<l>: [number<1>, text<x>]"),
            ("t:\n  # c\n  - k: v\n", "key<t>:\n  comment<# c>\n  - key<k>: text<v>"),
        ] {
            assert_eq!(colours(source), expected, "{source}");
        }
    }

    #[test]
    fn no_byte_is_lost_and_none_is_doubled() {
        for source in [
            "s: |\n  one # no comment\n  {{ two\n  }} three\n# end",
            "s: >-\n\n  ü {% if x %}\n\nn: ~\n",
            "\u{feff}id: ä\r\nb: 'x''y'\r\n",
            "a: {b: [c, {d: 'e'}], \"f\": 0x1F}\n",
        ] {
            let root = schema::yaml::parse(source).unwrap();
            let lines = lines(source, &tokens(source, &root));
            let text = |parts: &Vec<(&str, &str)>| parts.iter().map(|(_, text)| *text).collect::<String>();
            let all: Vec<String> = lines.iter().map(text).collect();
            assert_eq!(all.join("\n"), source.trim_end_matches('\n'), "{source}");
        }
    }
}
