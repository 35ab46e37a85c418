//! The text of a flow that came as JSON: block YAML in the style of Kestra's own writer.

use schema::yaml;
use serde_json::{Map, Value};

/// Words Kestra's writer quotes although its reader takes them for text.
const QUOTED: [&str; 4] = ["y", "Y", "n", "N"];

/// A document that reads back as the same value.
pub(super) fn print(value: &Value) -> String {
    let mut text = String::new();
    block(value, 0, &mut text);
    text
}

/// Writes a value whose first line has its indentation already.
fn block(value: &Value, indent: usize, text: &mut String) {
    match value {
        Value::Object(object) if !object.is_empty() => map(object, indent, text),
        Value::Array(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                pad(if index == 0 { 0 } else { indent }, text);
                text.push_str("- ");
                block(item, indent + 2, text);
            }
        }
        scalar => {
            text.push_str(&inline(scalar));
            text.push('\n');
        }
    }
}

fn map(object: &Map<String, Value>, indent: usize, text: &mut String) {
    for (index, (key, value)) in object.iter().enumerate() {
        pad(if index == 0 { 0 } else { indent }, text);
        text.push_str(&word(key));
        text.push(':');
        // A list stands no deeper than its key, a map does.
        let deeper = match value {
            Value::Object(object) if !object.is_empty() => Some(indent + 2),
            Value::Array(items) if !items.is_empty() => Some(indent),
            _ => None,
        };
        text.push(if deeper.is_some() { '\n' } else { ' ' });
        pad(deeper.unwrap_or_default(), text);
        block(value, deeper.unwrap_or(indent), text);
    }
}

fn pad(indent: usize, text: &mut String) {
    text.extend(std::iter::repeat_n(' ', indent));
}

fn inline(value: &Value) -> String {
    match value {
        Value::String(text) => word(text),
        // Numbers, truth values, null, `[]` and `{}` are written alike in both languages.
        other => other.to_string(),
    }
}

/// A text without quotes where the reader gives it back unchanged, and with JSON's otherwise.
fn word(text: &str) -> String {
    let read = yaml::parse(text).ok();
    let unchanged = read.is_some_and(|node| node.as_str() == Some(text));
    let risky = text.contains(['\n', '\r', '\t'])
        || text.ends_with(':')
        || text.contains(": ")
        || text.contains(" #");
    if unchanged && !risky && !QUOTED.contains(&text) { text.to_owned() } else { quoted(text) }
}

/// JSON's quotes and escapes are YAML's too, but YAML also breaks lines at characters JSON leaves alone.
fn quoted(text: &str) -> String {
    let escaped = |c: char| match c {
        c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
            format!("\\u{:04x}", u32::from(c))
        }
        c => c.to_string(),
    };
    Value::from(text).to_string().chars().map(escaped).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_style_is_that_of_kestra() {
        let flow =
            json!({"id": "dj", "tasks": [{"id": "a", "message": "y", "env": {"A": 1}, "list": [[1], []]}]});
        let expected =
            "id: dj\ntasks:\n- id: a\n  message: \"y\"\n  env:\n    A: 1\n  list:\n  - - 1\n  - []\n";
        assert_eq!(print(&flow), expected);
    }

    #[test]
    fn every_value_reads_back() {
        let texts = [
            "",
            " ",
            "a b",
            "a: b",
            "a #b",
            "# a",
            "- a",
            "*a",
            "&a",
            "yes",
            "1",
            "1e3",
            "0x1F",
            "~",
            "null",
            "{{ x }}",
            "{a",
            "[a",
            "'a'",
            "\"a\"",
            "a\nb\n",
            "tab\there",
            "ü🚀",
            "a:",
            "---",
            "...",
            "@a",
            "`a`",
            "%a",
            "!a",
            "|",
            ">",
            "key",
            "<<",
            "=",
            "\u{1}",
            "a\\b",
            "?",
            "? a",
            ":",
            "a,b",
            "\u{85}",
            "\u{2028}x",
            "\u{feff}",
            "\u{7f}",
        ];
        for text in texts {
            for value in [
                json!({"k": text}),
                json!([text]),
                json!({text: 1}),
                json!({"k": [{text: [text, 1.5, null]}]}),
            ] {
                let printed = print(&value);
                let read = yaml::parse(&printed).map(|node| node.to_json());
                assert_eq!(read.ok(), Some(value), "{text:?} in {printed}");
            }
        }
    }
}
