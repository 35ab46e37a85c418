//! Values of KV entries between their two forms: the text in a configuration and what Kestra stores. Kestra decides the
//! type of a value by reading the text it is sent, so what is sent must say what is meant.

use std::borrow::Cow;

use schema::kv::{KvType, infer, same};
use serde_json::Value as Json;

/// A value as Kestra holds it.
pub(crate) struct KvValue {
    pub(crate) kind: KvType,
    /// Plain text; JSON for the type JSON.
    pub(crate) text: String,
}

impl KvValue {
    /// What Kestra makes of a text that it is sent.
    pub(crate) fn inferred(body: &str) -> Self {
        let (kind, value) = infer(body);
        Self { kind, text: text(&value) }
    }

    /// What a server answered. A type that is not known yet is compared as text.
    pub(crate) fn of_server(found: &client::Value) -> Self {
        Self { kind: found.r#type.parse().unwrap_or(KvType::String), text: text(&found.value) }
    }

    /// Whether both are the same value, whatever their spelling.
    pub(crate) fn means(&self, other: &Self) -> bool {
        self.kind == other.kind && same(self.kind, &self.text, &other.text)
    }
}

/// The text of a value that a server answered.
pub(crate) fn text(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// What to send for a text. Of a text without quotes Kestra keeps the first word only, so what is to be a string is quoted.
pub(crate) fn body(declared: Option<KvType>, text: &str) -> Cow<'_, str> {
    let is_string = declared.unwrap_or_else(|| infer(text).0) == KvType::String;
    if is_string { Json::from(text).to_string().into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_kestra_stores_of_a_text() {
        let cases = [
            (None, "hello world", KvType::String, "hello world"),
            (None, "1.2.3", KvType::String, "1.2.3"),
            (None, "null", KvType::String, "null"),
            (None, "a: b", KvType::String, "a: b"),
            (None, "P1D", KvType::Duration, "PT24H"),
            (None, "42", KvType::Number, "42"),
            (None, "true", KvType::Boolean, "true"),
            (None, "2021-09-01T01:02:03Z", KvType::DateTime, "2021-09-01T01:02:03Z"),
            (Some(KvType::String), "42", KvType::String, "42"),
            (Some(KvType::String), "say \"hi\" \\ \n", KvType::String, "say \"hi\" \\ \n"),
            (Some(KvType::Json), "[1, 2]", KvType::Json, "[1,2]"),
        ];
        for (declared, given, kind, stored) in cases {
            let value = KvValue::inferred(&body(declared, given));
            assert_eq!((value.kind, value.text.as_str()), (kind, stored), "{given:?} as {declared:?}");
        }
    }
}
