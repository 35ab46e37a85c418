//! The two lines of Kestra that are supported; the flow language differs between them.

use std::fmt;
use std::str::FromStr;

/// A release line of Kestra.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum KestraLine {
    /// 1.3, the long-term support line.
    V1_3,
    /// 2.0.
    V2_0,
}

/// A version that belongs to no supported line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Kestra `{version}` is not supported; use 1.3 or 2.0")]
pub struct UnknownLine {
    /// The version.
    pub version: String,
}

impl KestraLine {
    /// Every line, oldest first.
    pub const ALL: [Self; 2] = [Self::V1_3, Self::V2_0];

    /// The given line alone; every line where none is given, because it is not known which one it will be.
    pub fn given_or_all(given: Option<Self>) -> &'static [Self] {
        match given {
            Some(Self::V1_3) => &[Self::V1_3],
            Some(Self::V2_0) => &[Self::V2_0],
            None => &Self::ALL,
        }
    }
}

impl fmt::Display for KestraLine {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::V1_3 => "1.3",
            Self::V2_0 => "2.0",
        })
    }
}

/// Reads a line (`1.3`) or a version of it (`1.3.34`, `2.0.0-rc1`).
impl FromStr for KestraLine {
    type Err = UnknownLine;

    fn from_str(version: &str) -> Result<Self, UnknownLine> {
        Self::ALL
            .into_iter()
            .find(|line| {
                version
                    .strip_prefix(&line.to_string())
                    .is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_digit()))
            })
            .ok_or_else(|| UnknownLine { version: version.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_line_stands_alone() {
        for line in KestraLine::ALL {
            assert_eq!(KestraLine::given_or_all(Some(line)), [line]);
        }
        assert_eq!(KestraLine::given_or_all(None), KestraLine::ALL);
    }

    #[test]
    fn versions_belong_to_lines() {
        for (version, expected) in [
            ("1.3", Some(KestraLine::V1_3)),
            ("1.3.34", Some(KestraLine::V1_3)),
            ("2.0.0-rc1", Some(KestraLine::V2_0)),
            ("1.30.1", None),
            ("1.2", None),
            ("", None),
        ] {
            assert_eq!(version.parse().ok(), expected, "{version}");
        }
    }
}
