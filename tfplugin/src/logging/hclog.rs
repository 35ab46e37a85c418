//! Tracing events as the JSON lines of Go's hclog, which hosts parse and merge into their own log.
//!
//! `@level`, `@message`, `@module` and `@timestamp` are always strings: a host that finds another type there crashes.

use std::fmt;
use std::io::{self, Write as _};

use jiff::Timestamp;
use serde_json::{Map, Value};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer};
use tracing_subscriber::registry::LookupSpan;

/// The most bytes of one text; hosts split lines above 64 KiB and then no longer understand them.
const LONGEST_TEXT: usize = 4 << 10;

/// Writes every event, with the fields of the spans around it, as one line to `sink`.
pub(super) struct HclogLayer<S> {
    name: &'static str,
    sink: S,
}

impl<S: Fn(&[u8]) + 'static> HclogLayer<S> {
    /// `name` is the root of every line's module.
    pub(super) fn new(name: &'static str, sink: S) -> Self {
        Self { name, sink }
    }

    fn line(&self, metadata: &Metadata<'_>, message: String, fields: Map<String, Value>) -> Vec<u8> {
        let reserved = [
            ("@level", level(*metadata.level()).to_owned()),
            ("@message", message),
            ("@module", format!("{}.{}", self.name, metadata.target().replace("::", "."))),
            ("@timestamp", format!("{:.6}", Timestamp::now())),
        ];
        let mut line: Map<_, _> =
            reserved.into_iter().map(|(key, text)| (key.to_owned(), text.into())).collect();
        line.extend(fields.into_iter().filter(|(key, _)| !key.starts_with('@')));
        format!("{}\n", Value::Object(line)).into_bytes()
    }
}

/// Writes a line to stderr in one piece. A host that closed it is gone, and the line with it.
pub(super) fn stderr(line: &[u8]) {
    let _ = io::stderr().lock().write_all(line);
}

fn level(level: Level) -> &'static str {
    match level {
        Level::TRACE => "trace",
        Level::DEBUG => "debug",
        Level::INFO => "info",
        Level::WARN => "warn",
        Level::ERROR => "error",
    }
}

/// The fields of a span or event.
#[derive(Default)]
struct Fields {
    message: String,
    others: Map<String, Value>,
}

impl<S, C> Layer<C> for HclogLayer<S>
where
    S: Fn(&[u8]) + 'static,
    C: Subscriber + for<'a> LookupSpan<'a>,
{
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, C>) {
        // Read before the span is locked: a value's own formatting may log, or panic.
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        if let Some(span) = context.span(id) {
            span.extensions_mut().insert(fields);
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, C>) {
        let mut fields = Fields::default();
        values.record(&mut fields);
        if let Some(span) = context.span(id)
            && let Some(known) = span.extensions_mut().get_mut::<Fields>()
        {
            known.others.extend(fields.others);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, C>) {
        let mut own = Fields::default();
        event.record(&mut own);
        let mut fields = Map::new();
        for span in context.event_scope(event).into_iter().flat_map(|scope| scope.from_root()) {
            if let Some(known) = span.extensions().get::<Fields>() {
                fields.extend(known.others.clone());
            }
        }
        fields.extend(own.others);
        (self.sink)(&self.line(event.metadata(), own.message, fields));
    }
}

impl Fields {
    fn insert(&mut self, field: &Field, value: impl Into<Value>) {
        match (field.name(), value.into()) {
            ("message", Value::String(text)) => self.message = text,
            ("message", other) => self.message = other.to_string(),
            (name, value) => drop(self.others.insert(name.to_owned(), value)),
        }
    }

    fn insert_text(&mut self, field: &Field, mut text: String) {
        if text.len() > LONGEST_TEXT {
            let whole = text.len();
            let end = (0..=LONGEST_TEXT).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
            text.truncate(end);
            text.push_str(&format!("… (cut, {whole} bytes)"));
        }
        self.insert(field, text);
    }
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.insert_text(field, format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.insert_text(field, value.to_owned());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.insert(field, value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.insert(field, value);
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.insert(field, value);
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.insert(field, value);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use tracing::{debug, error, info, info_span, trace, warn};
    use tracing_subscriber::layer::SubscriberExt as _;

    use super::*;

    /// The lines that `events` writes, timestamps checked and cut off.
    fn lines(events: impl FnOnce()) -> Vec<String> {
        let written = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&written);
        let layer =
            HclogLayer::new("example", move |line: &[u8]| sink.lock().unwrap().extend_from_slice(line));
        let subscriber = tracing_subscriber::registry().with(layer);
        tracing::subscriber::with_default(subscriber, events);
        let text = String::from_utf8(std::mem::take(&mut *written.lock().unwrap())).unwrap();
        assert!(text.is_empty() || text.ends_with('\n'), "{text}");
        text.lines().map(without_timestamp).collect()
    }

    fn without_timestamp(line: &str) -> String {
        let value: Value = serde_json::from_str(line).unwrap();
        let timestamp = value["@timestamp"].as_str().unwrap();
        let digits = timestamp.replace(|digit: char| digit.is_ascii_digit(), "0");
        assert_eq!(digits, "0000-00-00T00:00:00.000000Z");
        line.replace(&format!(",\"@timestamp\":\"{timestamp}\""), "")
    }

    #[track_caller]
    fn check(events: impl FnOnce(), expected: &[&str]) {
        assert_eq!(lines(events), expected);
    }

    #[test]
    fn levels_have_gos_names() {
        check(
            || {
                trace!(target: "a::b", "one");
                debug!(target: "a", "two");
                info!(target: "a", "three");
                warn!(target: "a", "four");
                error!(target: "a", "five");
            },
            &[
                r#"{"@level":"trace","@message":"one","@module":"example.a.b"}"#,
                r#"{"@level":"debug","@message":"two","@module":"example.a"}"#,
                r#"{"@level":"info","@message":"three","@module":"example.a"}"#,
                r#"{"@level":"warn","@message":"four","@module":"example.a"}"#,
                r#"{"@level":"error","@message":"five","@module":"example.a"}"#,
            ],
        );
    }

    #[test]
    fn fields_keep_their_types() {
        check(
            || {
                let cause = io::Error::other("no \"luck\"\n");
                info!(
                    target: "a", count = 3, small = -1_i64, half = 0.5, nan = f64::NAN, on = true, name = "x",
                    list = ?[1, 2], %cause, "done {}", 1
                );
            },
            &[concat!(
                r#"{"@level":"info","@message":"done 1","@module":"example.a","count":3,"small":-1,"half":0.5,"#,
                r#""nan":null,"on":true,"name":"x","list":"[1, 2]","cause":"no \"luck\"\n"}"#
            )],
        );
    }

    #[test]
    fn spans_lend_their_fields_and_the_nearest_wins() {
        check(
            || {
                let outer =
                    info_span!("rpc", tf_rpc = "ReadResource", tf_req_id = tracing::field::Empty, depth = 1);
                outer.record("tf_req_id", "77");
                let _outer = outer.entered();
                let _inner = info_span!("http", depth = 2).entered();
                info!(target: "a", "got it");
                info!(target: "a", depth = 3, "again");
            },
            &[
                r#"{"@level":"info","@message":"got it","@module":"example.a","tf_rpc":"ReadResource","depth":2,"tf_req_id":"77"}"#,
                r#"{"@level":"info","@message":"again","@module":"example.a","tf_rpc":"ReadResource","depth":3,"tf_req_id":"77"}"#,
            ],
        );
    }

    #[test]
    fn reserved_keys_stay_strings() {
        check(
            || {
                info!(target: "a", message = 5);
                info!(target: "a", x = 1);
                info!(target: "a", { "@level" = 5 }, "m");
            },
            &[
                r#"{"@level":"info","@message":"5","@module":"example.a"}"#,
                r#"{"@level":"info","@message":"","@module":"example.a","x":1}"#,
                r#"{"@level":"info","@message":"m","@module":"example.a"}"#,
            ],
        );
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        let text = "ä".repeat(LONGEST_TEXT);
        let lines = lines(|| info!(target: "a", text, "x{text}"));
        let value: Value = serde_json::from_str(&lines[0]).unwrap();
        for (key, characters) in [("text", 2048), ("@message", 2047)] {
            let expected_end = if key == "text" { "… (cut, 8192 bytes)" } else { "… (cut, 8193 bytes)" };
            let kept = value[key].as_str().unwrap().strip_suffix(expected_end).unwrap();
            assert_eq!(kept.matches('ä').count(), characters, "{key}");
        }
    }
}
