//! Cron expressions as Kestra's Schedule reads them, and when they fire. No crate of cron expressions has this dialect:
//! Kestra configures cron-utils with strict ranges, names, nicknames and alternatives, and `L` on 2.0 only. What is refused
//! here must be what Kestra refuses, and what fires here must be when Kestra fires.

mod error;
mod field;
mod next;
mod parse;

use jiff::Zoned;

pub use error::CronError;

use crate::line::KestraLine;
use field::Values;

/// How an expression is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// The line of Kestra.
    pub line: KestraLine,
    /// Whether a field of seconds stands before the others: the Schedule's `withSeconds`.
    pub seconds: bool,
}

/// An expression that Kestra accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cron {
    /// The expression fires when one of these does.
    alternatives: Vec<Alternative>,
}

/// One expression without `|`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Alternative {
    seconds: Values,
    minutes: Values,
    hours: Values,
    days: Values,
    months: Values,
    weekdays: Values,
}

impl Cron {
    /// Reads an expression: five fields (six with seconds), or a nickname such as `@daily`. `||` separates whole
    /// expressions, `|` alternatives within fields.
    ///
    /// # Errors
    /// What Kestra refuses, with the first thing that is wrong.
    pub fn parse(text: &str, dialect: Dialect) -> Result<Self, CronError> {
        parse::alternatives(text, dialect).map(|alternatives| Self { alternatives })
    }

    /// The first time after `from`, in the timezone of `from`, to the second. Where clocks are put forward, times that do not
    /// exist are left out; where they are put back, what fires at most every other hour does not fire twice.
    ///
    /// `None` when it does not fire within a hundred years.
    #[must_use]
    pub fn next_after(&self, from: &Zoned) -> Option<Zoned> {
        self.alternatives.iter().filter_map(|alternative| alternative.next_after(from)).min()
    }
}

#[cfg(test)]
mod tests;
