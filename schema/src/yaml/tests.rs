//! The reading rules as tables; each row was answered by Kestra's own reader.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::*;

fn value(text: &str) -> Result<Json, SyntaxError> {
    parse(&format!("a: {text}")).map(|node| node.get("a").expect("a has a value").to_json())
}

#[test]
fn scalars() {
    let rows: &[(&str, Json)] = &[("1", json!(1))];
    for (text, expected) in rows {
        assert_eq!(value(text).as_ref(), Ok(expected), "{text}");
    }
}

proptest! {
    #[test]
    fn arbitrary_text_never_panics(text in "\\PC{0,80}") {
        let _ = parse(&text);
    }
}
