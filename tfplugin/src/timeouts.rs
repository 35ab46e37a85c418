//! Time limits that users set: the `timeouts` attribute that many providers have.

use std::time::Duration;

use jiff::SignedDuration;

use crate::model::{Attr, Model};
use crate::validate::{Validator, text};

/// How long the operations on an object may take.
///
/// A duration is a number with a unit, or several of them: `30s`, `5m`, `1h30m`.
#[derive(Clone, Debug, Default, Model)]
pub struct Timeouts {
    /// How long creating may take.
    #[attr(optional, validate = duration())]
    pub create: Attr<String>,
    /// How long reading may take.
    #[attr(optional, validate = duration())]
    pub read: Attr<String>,
    /// How long updating may take.
    #[attr(optional, validate = duration())]
    pub update: Attr<String>,
    /// How long deleting may take.
    #[attr(optional, validate = duration())]
    pub delete: Attr<String>,
}

/// The limit that an attribute of [`Timeouts`] sets, or the provider's own.
pub fn limit(attribute: &Attr<String>, default: Duration) -> Duration {
    attribute.as_str().and_then(parse).unwrap_or(default)
}

/// Accepts what [`Timeouts`] does.
pub fn duration() -> Validator {
    text("a duration such as `30s`, `5m` or `1h30m`", |text| parse(text).is_some())
}

fn parse(text: &str) -> Option<Duration> {
    text.parse::<SignedDuration>().ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_units() {
        let cases = [
            ("30s", Some(30_000)),
            ("1h30m", Some(5_400_000)),
            ("1.5m", Some(90_000)),
            ("250ms", Some(250)),
            ("", None),
            ("30", None),
            ("s", None),
            ("-5m", None),
            ("5d", None),
            ("1e3s", None),
            ("99999999999999999999h", None),
        ];
        for (written, expected) in cases {
            assert_eq!(parse(written), expected.map(Duration::from_millis), "{written:?}");
            assert_eq!(duration().accepts(&written.into()), expected.is_some(), "{written:?}");
        }
    }

    #[test]
    fn an_unset_limit_is_the_providers() {
        let default = Duration::from_secs(7);
        assert_eq!(limit(&Attr::Null, default), default);
        assert_eq!(limit(&Attr::from("2s"), default), Duration::from_secs(2));
    }
}
