//! Expressions as the engines of Kestra 1.3.31 and 2.0.0 read them: `accepted.txt` and `refused.txt` hold
//! their answers, one text a line, `⏎` for a line break.

mod found;
mod positions;

use super::*;
use crate::line::KestraLine::{V1_3, V2_0};

fn recorded(lines: &'static str) -> impl Iterator<Item = String> {
    lines.lines().map(|line| line.replace('⏎', "\n"))
}

#[test]
fn what_the_engines_accept_is_read() {
    for text in recorded(include_str!("accepted.txt")) {
        for line in KestraLine::ALL {
            assert_eq!(parse(&text, line).err(), None, "{line}: {text}");
        }
    }
}

#[test]
fn what_the_engines_refuse_is_malformed() {
    for text in recorded(include_str!("refused.txt")) {
        for line in KestraLine::ALL {
            let malformed = parse(&text, line).expect_err(&text);
            assert!(text.get(malformed.range.clone()).is_some(), "{line}: {text}: {malformed:?}");
        }
    }
}

/// Each row is a text, the part a mistake is about, and what people read.
#[test]
fn mistakes_say_where_and_what_to_do() {
    for (text, part, message) in [
        ("{{ }}", "}}", "there is no expression between `{{` and `}}`"),
        ("{{ a && b }}", "&", "unexpected `&` in an expression; write `and`"),
        (
            "{{ a || b }}",
            "|",
            "unexpected `|` where the name of a filter is expected; write `or` for an alternative",
        ),
        ("{{ !a }}", "!", "unexpected `!` in an expression; write `not`"),
        ("{{ a = 1 }}", "=", "unexpected `=` where an operator or the end is expected; compare with `==`"),
        ("{{ a in b }}", "in", "unexpected `in` where an operator or the end is expected; write `isIn`"),
        (
            "{{ a.0 }}",
            "0",
            "unexpected `0` where a name (write `[0]` for a number and `['a b']` for any other key) is expected",
        ),
        (
            "docker ps --format '{{.ID}}'",
            ".",
            "unexpected `.` where a value is expected; put text that Kestra shall leave alone between `{% raw %}` and `{% endraw %}`",
        ),
        (
            "${#files[@]}",
            "{#",
            "`{#` is never closed by `#}`; it starts a comment; put text that Kestra shall leave alone between `{% raw %}` and `{% endraw %}`",
        ),
        ("{{ f(a }}", "(", "`(` is never closed by `)`"),
        ("x {{ a", "{{", "`{{` is never closed by `}}`"),
        ("{{ 'a }}", "'", "`'` is never closed by `'`"),
        ("{% if a %}b", "{%", "`{% if %}` is never closed by `{% endif %}`"),
        ("{% if a %}{% elif b %}{% endif %}", "elif", "there is no tag `elif` here; write `elseif`"),
        (
            "{% raw %}\n{{ a }}\n{% endraw %}",
            "{% raw %}",
            "`{% raw %}` works only when `{% endraw %}` is on the same line; use `{% verbatim %}` and `{% endverbatim %}`",
        ),
        ("{{ a(1)(2) }}", "(", "only a function or a method can be called"),
        ("{{ f(a=1, 2) }}", "2", "arguments without a name come before those with one"),
        ("{{ a.b(c=1) }}", "c", "a method takes no arguments with names"),
    ] {
        let malformed = parse(text, V1_3).expect_err(text);
        assert_eq!(
            (&text[malformed.range.clone()], malformed.to_string().as_str()),
            (part, message),
            "{text}"
        );
    }
}

/// The expressions of a template with a parenthesis around every operator.
fn shape(template: &Template) -> String {
    let mut shapes = Vec::new();
    let mut end = template.nodes().len();
    while let Some(root) = end.checked_sub(1) {
        shapes.push(node_shape(template, root));
        end = template.nodes()[root].first;
    }
    shapes.reverse();
    shapes.join("; ")
}

fn node_shape(template: &Template, node: NodeId) -> String {
    let of = |node: &NodeId| node_shape(template, *node);
    let all = |nodes: &[NodeId]| nodes.iter().map(of).collect::<Vec<_>>().join(", ");
    let arguments = |arguments: &Arguments| {
        let named = arguments.named.iter().map(|(name, node)| format!("{}={}", name.text, of(node)));
        let positional = arguments.positional.iter().map(of);
        positional.chain(named).collect::<Vec<_>>().join(", ")
    };
    match &template.nodes()[node].kind {
        Kind::Text(text) => format!("'{text}'"),
        Kind::Number(number) => number.clone(),
        Kind::Boolean(value) => value.to_string(),
        Kind::Null => "null".to_owned(),
        Kind::Path(path) => {
            let segments = path.segments.iter().map(|segment| segment.key.as_deref().unwrap_or("?"));
            [path.root.text.as_str()].into_iter().chain(segments).collect::<Vec<_>>().join("/")
        }
        Kind::Part(whole) => format!("{}/*", of(whole)),
        Kind::Call(name, given) => format!("{}({})", name.text, arguments(given)),
        Kind::Filter(input, name, given) => format!("({} | {}[{}])", of(input), name.text, arguments(given)),
        Kind::Test(input, name, given) => format!("({} is {}[{}])", of(input), name.text, arguments(given)),
        Kind::Prefix(operator, operand) => format!("({operator} {})", of(operand)),
        Kind::Infix(operator, left, right) => format!("({} {operator} {})", of(left), of(right)),
        Kind::Conditional(condition, then, otherwise) => {
            format!("({} ? {} : {})", of(condition), of(then), of(otherwise))
        }
        Kind::List(items) => format!("[{}]", all(items)),
        Kind::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| format!("{}: {}", of(key), of(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        Kind::Joined(parts) => format!("\"{}\"", all(parts)),
    }
}

#[test]
fn operators_bind_as_in_pebble() {
    for (text, expected) in [
        ("{{ a or b and c == d }}", "(a or (b and (c == d)))"),
        ("{{ a + b * c - d }}", "((a + (b * c)) - d)"),
        ("{{ not a == b }}", "((not a) == b)"),
        ("{{ -a + b }}", "((- a) + b)"),
        ("{{ a + b | f }}", "(a + (b | f[]))"),
        ("{{ a ~ b | f }}", "((a ~ b) | f[])"),
        ("{{ a..b ~ c }}", "((a .. b) ~ c)"),
        ("{{ a | f(1, x='y') | g }}", "((a | f[1, x='y']) | g[])"),
        ("{{ a is not null and b is defined }}", "((not (a is null[])) and (b is defined[]))"),
        ("{{ a ? b : c ? d : e }}", "(a ? b : (c ? d : e))"),
        ("{{ (a or b) and c }}", "((a or b) and c)"),
        ("{{ outputs.a['b-c'][0].d }}", "outputs/a/b-c/?/d"),
        ("{{ outputs[taskrun.value].x }}", "outputs/?/x"),
        ("{{ f(a.b).c[1] }}", "f(a/b)/*/*"),
        ("{{ a.b.trim().c }}", "a/b/*/*"),
        ("{{ [1, 'x', {'k': null}] }}", "[1, 'x', {'k': null}]"),
        (r#"{{ "a#{b}c#{d | f}" }}"#, "\"'a', b, 'c', (d | f[]), ''\""),
        (r"{{ 'it\'s \\ #{a}' }}", r"'it's \\ #{a}'"),
        ("{% for x in l %}{{ x }}{% endfor %} {% if a %}{{ b }}{% endif %}", "l; x; a; b"),
        ("{% filter upper | f(a) %}b{% endfilter %}", "(('' | upper[]) | f[a])"),
        ("{# {{ a }} #}{% raw %}{{ b }}{% endraw %}{% verbatim %}{{ c }}{% endverbatim %}{{ d }}", "d"),
    ] {
        let template = parse(text, V1_3).expect(text);
        assert_eq!(shape(&template), expected, "{text}");
    }
}

#[test]
fn the_coalescing_operators_bind_looser_in_2_0() {
    for (text, old, new) in [
        ("{{ a ~ b ?? c }}", "(a ~ (b ?? c))", "((a ~ b) ?? c)"),
        ("{{ a == b ??? c }}", "(a == (b ??? c))", "((a == b) ??? c)"),
        ("{{ a + b isIn c }}", "(a + (b isIn c))", "((a + b) isIn c)"),
    ] {
        for (line, expected) in [(V1_3, old), (V2_0, new)] {
            assert_eq!(shape(&parse(text, line).expect(text)), expected, "{line}: {text}");
        }
    }
}

/// Each row names the references, those that cope with absence in parentheses.
#[test]
fn references_know_what_guards_them() {
    for (text, expected) in [
        ("{{ inputs.a }} {{ vars['b'].c }}", "inputs.a vars.b.c"),
        ("{{ inputs.a ?? vars.b }}", "(inputs.a) vars.b"),
        ("{{ inputs.a | upper | default(vars.b) }}", "(inputs.a) vars.b"),
        ("{{ inputs.a is defined ? inputs.a : inputs.b }}", "(inputs.a) (inputs.a) inputs.b"),
        ("{% if inputs.a is null %}{{ inputs.a.b }}{% endif %}", "(inputs.a) (inputs.a.b)"),
        ("{{ 'x' isIn outputs ? outputs.x : inputs.x }}", "(outputs) (outputs.x) inputs.x"),
        ("{% for i in inputs.l %}{{ i.x }}{{ loop.index }}{% endfor %}", "inputs.l"),
        ("{% set v = inputs.a %}{{ v.b }}", "inputs.a"),
        ("{% macro m(p) %}{{ p.x }}{% endmacro %}{{ m(inputs.a) }}", "inputs.a"),
        ("{{ outputs[taskrun.value].x }}", "taskrun.value outputs"),
    ] {
        let template = parse(text, V1_3).expect(text);
        let shown = template
            .references()
            .iter()
            .map(|reference| {
                let keys = reference.path.keys();
                let path =
                    [reference.path.root.text.as_str()].into_iter().chain(keys).collect::<Vec<_>>().join(".");
                if reference.guarded { format!("({path})") } else { path }
            })
            .collect::<Vec<_>>();
        assert_eq!(shown.join(" "), expected, "{text}");
    }
}

#[test]
fn expressions_are_nested_only_so_deep() {
    let nested = |depth: usize| format!("{{{{ {}a{} }}}}", "(".repeat(depth), ")".repeat(depth));
    assert!(parse(&nested(MAX_DEPTH), V1_3).is_ok());
    let malformed = parse(&nested(MAX_DEPTH + 1), V1_3).expect_err("one level too many");
    assert_eq!(malformed.mistake, Mistake::TooDeep { limit: MAX_DEPTH });
}

/// A quadratic reader would take hours for these.
#[test]
fn long_texts_are_read_quickly() {
    assert!(parse(&"{{".repeat(1 << 19), V1_3).is_err());
    let size = 1 << 16;
    for unit in [
        "{%",
        "{{ a }}",
        "{{ (",
        "{{ \"#{",
        "{{ '",
        "{% if a %}",
        "{% raw %}",
        "{% raw %}{% endraw %}",
        "{% verbatim %}",
        "{{ f(",
        "{{ not ",
        "{{ a ? ",
    ] {
        let _ = parse(&unit.repeat(size / unit.len()), V1_3);
    }
    for (start, unit, end) in [
        ("{{ a", " ?? a", " }}"),
        ("{{ a", " | f", " }}"),
        ("{{ a", ".b", " }}"),
        ("{{ [a", ", a", "] }}"),
        ("{{ \"", "#{a}", "\" }}"),
    ] {
        let text = format!("{start}{}{end}", unit.repeat(size / unit.len()));
        let template = parse(&text, V1_3).expect(start);
        assert!(!template.references().is_empty(), "{start}");
    }
}

proptest::proptest! {
    #[test]
    fn arbitrary_texts_never_panic(
        text in r#"(\{\{|\}\}|\{%|%\}|\{#|#\}|-| |\n|a|b\.|é|if|for|in|else|end|raw|set|is|not|or|null|1|\.|\.\.|\[|\]|\(|\)|\{|\}|,|:|\?|\||=|~|'|"|#\{|\\){0,30}"#
    ) {
        for line in KestraLine::ALL {
            match parse(&text, line) {
                Ok(template) => {
                    for node in template.nodes() {
                        proptest::prop_assert!(text.get(node.range.clone()).is_some(), "{node:?}");
                    }
                    template.references();
                }
                Err(malformed) => proptest::prop_assert!(text.get(malformed.range.clone()).is_some()),
            }
        }
    }
}
