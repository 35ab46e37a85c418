//! How deep a document may nest: stored JSON is read back by a parser that stops at 128 levels.

use crate::fault::Fault;

/// Levels of lists and maps the sandbox takes; Kestra takes a thousand, people write a dozen.
pub(crate) const MAX_DEPTH: usize = 100;

/// Whether a tree has at most `MAX_DEPTH` levels; walks level by level, so that depth costs no stack.
pub(crate) fn fits<'a, T, I>(root: &'a T, children: impl Fn(&'a T) -> I) -> bool
where
    I: IntoIterator<Item = &'a T>,
{
    let mut level = vec![root];
    for _ in 0..=MAX_DEPTH {
        level = level.into_iter().flat_map(&children).collect();
        if level.is_empty() {
            return true;
        }
    }
    false
}

/// The same for JSON.
fn json_fits(root: &serde_json::Value) -> bool {
    use serde_json::Value;
    fits(root, |value| -> Box<dyn Iterator<Item = &Value>> {
        match value {
            Value::Array(items) => Box::new(items.iter()),
            Value::Object(object) => Box::new(object.values()),
            _ => Box::new(std::iter::empty()),
        }
    })
}

/// Refuses a document that could not be read back.
pub(crate) fn check(root: &serde_json::Value) -> Result<(), Fault> {
    let words = || format!("the sandbox takes at most {MAX_DEPTH} levels of lists and maps");
    if json_fits(root) { Ok(()) } else { Err(Fault::Argument(words())) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn nested(levels: usize) -> Value {
        (0..levels).fold(json!(1), |inner, _| json!([inner]))
    }

    #[test]
    fn the_limit_is_exact() {
        assert!(json_fits(&nested(MAX_DEPTH)));
        assert!(!json_fits(&nested(MAX_DEPTH + 1)));
        assert!(json_fits(&json!({"a": {}, "b": []})));
    }
}
