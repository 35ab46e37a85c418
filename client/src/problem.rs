//! Reads the body of a refusal, whoever wrote it: Kestra 1.3's HAL document, Kestra 2.0's RFC 9457 problem, a proxy's
//! HTML page or nothing at all.

use std::time::Duration;

use reqwest::StatusCode;
use serde::Deserialize;

use crate::error::{Error, Request, Violation};
use crate::secret::Secret;

/// How much of a text that is not Kestra's may appear in an error, in characters.
const EXCERPT: usize = 300;

/// Secrets shorter than this are not looked for: they would match everywhere.
const SHORTEST_SECRET: usize = 4;

/// The type slug of Kestra 2.0 for an object that exists. Its texts change between releases, the slug is documented.
const ALREADY_EXISTS: &str = "entity-already-exists";

/// What a refusal says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// Last segment of a 2.0 problem's `type`.
    pub(crate) slug: Option<String>,
    pub(crate) message: String,
    pub(crate) violations: Vec<Violation>,
}

/// The members of both formats that matter. All are optional because intermediaries send JSON of their own.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Body {
    r#type: Option<String>,
    title: Option<String>,
    detail: Option<String>,
    errors: Vec<Detail>,
    #[serde(rename = "traceId")]
    trace_id: Option<String>,
    message: Option<String>,
    #[serde(rename = "_embedded")]
    embedded: Embedded,
    invalids: Vec<Detail>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Embedded {
    errors: Vec<Detail>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Detail {
    message: Option<String>,
    detail: Option<String>,
    path: Option<String>,
    pointer: Option<String>,
}

impl Detail {
    fn violation(self) -> Violation {
        Violation {
            path: self.path.or(self.pointer).filter(|path| !path.is_empty()),
            message: self.message.or(self.detail).unwrap_or_default(),
        }
    }
}

impl Problem {
    pub(crate) fn read(status: StatusCode, body: &[u8]) -> Self {
        let parsed = serde_json::from_slice::<Body>(body).unwrap_or_default();
        let slug = parsed.r#type.as_deref().and_then(|uri| uri.rsplit('/').next()).map(str::to_owned);
        let text = parsed.detail.or(parsed.message).or(parsed.title);
        let mut message = text.map_or_else(|| excerpt(body), |text| text.trim().to_owned());
        if message.is_empty() {
            message = status.canonical_reason().unwrap_or("nothing").to_owned();
        }
        if let Some(trace) = parsed.trace_id {
            message.push_str(&format!(" (traceId {trace})"));
        }
        let details = parsed.errors.into_iter().chain(parsed.embedded.errors).chain(parsed.invalids);
        Self { slug, message, violations: details.map(Detail::violation).collect() }
    }

    /// Blots out secrets that the server, or a proxy, repeats in its answer.
    pub(crate) fn redact(mut self, secrets: &[Secret]) -> Self {
        for secret in secrets.iter().map(Secret::expose).filter(|text| text.len() >= SHORTEST_SECRET) {
            let texts = self.violations.iter_mut().map(|violation| &mut violation.message);
            for text in texts.chain([&mut self.message]) {
                *text = text.replace(secret, "***");
            }
        }
        self
    }

    /// The error of this refusal. The status decides; the one exception is the type slug of an object that exists.
    pub(crate) fn into_error(
        self,
        request: Request,
        status: StatusCode,
        retry_after: Option<Duration>,
    ) -> Error {
        let Self { slug, message, violations } = self;
        let code = status.as_u16();
        match code {
            409 if slug.as_deref() == Some(ALREADY_EXISTS) => Error::AlreadyExists { request, message },
            400 | 413 | 415 | 422 => Error::Invalid { request, status: code, message, violations },
            401 => Error::Unauthorized { request, message },
            403 => Error::Forbidden { request, message },
            404 => Error::NotFound { request, message },
            405 | 501 => Error::Unsupported { request, status: code, message },
            409 | 423 => Error::Conflict { request, message },
            410 => Error::Expired { request, message },
            429 => Error::RateLimited { request, message, retry_after },
            _ => Error::Unexpected { request, status: code, message },
        }
    }
}

/// The beginning of a foreign body on one line. Of an HTML page, only the title.
fn excerpt(body: &[u8]) -> String {
    let start = &body[..body.len().min(16 * 1024)];
    let text = String::from_utf8_lossy(start);
    let text =
        title(&text).map_or_else(|| text.to_string(), |title| format!("an HTML page titled `{title}`"));
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let line = words.collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

fn title(html: &str) -> Option<&str> {
    let (_, rest) = html.split_once("<title>").or_else(|| html.split_once("<TITLE>"))?;
    rest.split('<').next().map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HAL: &str = r#"{"message":"Invalid entity: a: must not be null\n","logref":null,"path":null,
        "_links":{"self":{"href":"/x","templated":false}},
        "_embedded":{"errors":[{"message":"must not be null","logref":null,"path":"tasks[0].message","_links":{},"_embedded":{}},
                               {"message":"Invalid Flow: twice","path":""}]}}"#;
    const HAL_BARE: &str = r#"{"message":"Not Found","logref":null,"path":null,"_links":{},"_embedded":{}}"#;
    const PROBLEM: &str = r#"{"type":"https://kestra.io/docs/api-reference/problems/validation-failed","title":"Validation failed",
        "status":422,"detail":"bad","instance":"/x",
        "errors":[{"detail":"must not be null","pointer":"/tasks/0/type","path":"tasks[my-task].type"},{"detail":"no","pointer":"/id"}]}"#;
    const TRACED: &str = r#"{"type":"https://kestra.io/x/internal-error","title":"t","status":500,"detail":"Oops.","traceId":"abc"}"#;
    const BULK: &str = r#"{"message":"invalid bulk kill","invalids":[{"message":"execution not found","invalidValue":"zzz"}]}"#;

    #[test]
    fn both_formats_and_none() {
        type Expected<'a> = (Option<&'a str>, &'a str, &'a [(Option<&'a str>, &'a str)]);
        let cases: [(u16, &str, Expected<'_>); 10] = [
            (
                422,
                HAL,
                (
                    None,
                    "Invalid entity: a: must not be null",
                    &[(Some("tasks[0].message"), "must not be null"), (None, "Invalid Flow: twice")],
                ),
            ),
            (404, HAL_BARE, (None, "Not Found", &[])),
            (
                422,
                PROBLEM,
                (
                    Some("validation-failed"),
                    "bad",
                    &[(Some("tasks[my-task].type"), "must not be null"), (Some("/id"), "no")],
                ),
            ),
            (500, TRACED, (Some("internal-error"), "Oops. (traceId abc)", &[])),
            (400, BULK, (None, "invalid bulk kill", &[(None, "execution not found")])),
            (401, "", (None, "Unauthorized", &[])),
            (
                502,
                "<html>\n<head><title>502 Bad\nGateway</title>",
                (None, "an HTML page titled `502 Bad Gateway`", &[]),
            ),
            (500, r#"{"message":"cut"#, (None, r#"{"message":"cut"#, &[])),
            (500, "[1]", (None, "[1]", &[])),
            (500, "plain\u{0}text", (None, "plain text", &[])),
        ];
        for (status, body, (slug, message, violations)) in cases {
            let problem = Problem::read(StatusCode::from_u16(status).unwrap(), body.as_bytes());
            let found: Vec<_> =
                problem.violations.iter().map(|v| (v.path.as_deref(), v.message.as_str())).collect();
            assert_eq!(
                (problem.slug.as_deref(), problem.message.as_str(), &found[..]),
                (slug, message, violations)
            );
        }
    }

    #[test]
    fn a_foreign_body_is_cut() {
        let problem = Problem::read(StatusCode::BAD_GATEWAY, "é".repeat(100_000).as_bytes());
        assert_eq!(problem.message.chars().count(), EXCERPT + 1);
    }

    proptest::proptest! {
        #[test]
        fn any_body_is_read(bytes: Vec<u8>, text: String, number: i64) {
            let shapes = [
                bytes.clone(),
                serde_json::to_vec(&serde_json::json!({"message": text, "_embedded": {"errors": [{"path": text}]}})).unwrap(),
                serde_json::to_vec(&serde_json::json!({"type": text, "errors": [{"detail": number}]})).unwrap(),
                format!("<html><title>{text}").into_bytes(),
            ];
            for body in shapes {
                let problem = Problem::read(StatusCode::BAD_GATEWAY, &body).redact(&[text.as_str().into()]);
                proptest::prop_assert!(!problem.message.is_empty());
            }
        }
    }

    #[test]
    fn secrets_are_blotted_out() {
        let body =
            r#"{"message":"bad token tok-123","_embedded":{"errors":[{"message":"tok-123","path":"a"}]}}"#;
        let problem =
            Problem::read(StatusCode::BAD_REQUEST, body.as_bytes()).redact(&["tok-123".into(), "a".into()]);
        assert_eq!(problem.message, "bad token ***");
        assert_eq!(problem.violations[0].message, "***");
    }
}
