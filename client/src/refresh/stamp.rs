//! What identifies a state of an object without its content.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A state of an object: both numbers change with it. Two of them, because a server that was reset counts from 1 again.
///
/// Providers keep it in the private state, as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Revision of a flow or a key; size in bytes of a file.
    pub number: u64,
    /// When it was written, in milliseconds since 1970. Lists and single reads differ in precision below that.
    pub updated: i64,
    /// Whether the next refresh should start with the list.
    #[serde(default)]
    pub listed: bool,
}

impl Stamp {
    /// A stamp, if the time is one (RFC 3339).
    pub(crate) fn at(number: u64, updated: Option<&str>) -> Option<Self> {
        let updated: Timestamp = updated?.parse().ok()?;
        Some(Self { number, updated: updated.as_millisecond(), listed: true })
    }

    /// Whether both are of the same state.
    pub(crate) fn is_state_of(&self, other: &Self) -> bool {
        (self.number, self.updated) == (other.number, other.updated)
    }
}

#[cfg(test)]
mod tests {
    use super::Stamp;

    #[test]
    fn times_are_compared_in_milliseconds() {
        let at = |text| Stamp::at(1, Some(text)).unwrap();
        assert!(at("2026-11-21T08:33:23.704187Z").is_state_of(&at("2026-11-21T08:33:23.704187211Z")));
        assert!(at("2026-11-21T09:33:23.704+01:00").is_state_of(&at("2026-11-21T08:33:23.704Z")));
        assert!(!at("2026-11-21T08:33:23.704Z").is_state_of(&at("2026-11-21T08:33:23.705Z")));
        assert_eq!(Stamp::at(1, Some("yesterday")), None);
        assert_eq!(Stamp::at(1, None), None);
    }

    #[test]
    fn private_state_of_an_earlier_version_is_read() {
        let stamp: Stamp = serde_json::from_str(r#"{"number":3,"updated":5}"#).unwrap();
        assert_eq!(stamp, Stamp { number: 3, updated: 5, listed: false });
    }
}
