//! The positions of expressions in the YAML source, however a scalar is written.

use super::*;
use crate::flow::Flow;
use crate::yaml::Position;

/// Each scalar is the value of `text`, and has `x.y` once.
#[test]
fn references_stand_where_they_are_written() {
    for scalar in [
        "{a: \"{{ x.y }}\"}",
        "a {{ x.y }}",
        "ä {{ x.y }}",
        "'it''s {{ x.y }}'",
        r#""\"é\u00e9\" {{ x.y }}""#,
        r#""a\nb\t {{ x.y }}""#,
        "\"a\n   \\ b \\\n   c {{ x.y }}\"",
        "'a\n\n   b {{ x.y }}'",
        "a\n    b\n    {{ x.y }}",
        "|\n    a\n      {{ x.y }}\n",
        "|-\n    'a' {{ x.y }}",
        "| # comment\n    {{ x.y }}\n",
        ">\n    a\n    b\n\n    {{ x.y }}\n",
        ">-\n    'a'\n      {{\n      x.y }}\n",
        "|2\n    {{ x.y }}\n",
        "!!str 'a {{ x.y }}'",
        "&anchor \"a {{ x.y }}\"",
    ] {
        for newline in ["\n", "\r\n"] {
            let source = format!("outputs:\n  text: {scalar}").replace('\n', newline);
            let flow = Flow::parse(&source).unwrap_or_else(|problems| panic!("{problems}: {source}"));
            let found = expressions(&flow, V1_3);
            let template = found[0].template.as_ref().expect(&source);
            let Position { offset, line, column } =
                found[0].span(&template.references()[0].path.root.range).start;
            let before = &source[..source.find("x.y").expect("every scalar has it")];
            let column_before = before.rsplit('\n').next().unwrap_or_default().chars().count();
            let expected = (before.len(), before.matches('\n').count() + 1, column_before + 1);
            assert_eq!((offset, line, column), expected, "{source:?}");
        }
    }
}

#[test]
fn a_text_that_is_spelled_differently_is_found_at_its_start() {
    let source = r#"outputs: {text: "\x20a {{ x }}"}"#;
    let flow = Flow::parse(source).expect("this is a flow");
    let found = expressions(&flow, V1_3);
    assert_eq!(found[0].text(), " a {{ x }}");
    let span = found[0].span(&(6..7));
    assert_eq!((span.start.column, span.end.column), (17, 17));
}

#[test]
fn places_in_a_long_line_are_found_quickly() {
    let source = format!("outputs: {{text: \"{}\"}}", "é{{ x }}".repeat(100_000));
    let flow = Flow::parse(&source).expect("this is a flow");
    let found = expressions(&flow, V1_3);
    let template = found[0].template.as_ref().expect("this is a template");
    for (count, reference) in template.references().iter().enumerate() {
        let span = found[0].span(&reference.path.root.range);
        assert_eq!(span.start.column, 22 + 8 * count);
    }
}
