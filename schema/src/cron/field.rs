//! One field of a cron expression: `*`, values, ranges, steps, and lists of them.

use super::CronError;
use crate::line::KestraLine;

/// What a field takes.
#[derive(Debug)]
pub(super) struct Field {
    name: &'static str,
    least: u32,
    most: u32,
    /// Names for the values from 1.
    names: &'static [&'static str],
}

const fn field(name: &'static str, least: u32, most: u32, names: &'static [&'static str]) -> Field {
    Field { name, least, most, names }
}

pub(super) static SECOND: Field = field("second", 0, 59, &[]);
pub(super) static MINUTE: Field = field("minute", 0, 59, &[]);
pub(super) static HOUR: Field = field("hour", 0, 23, &[]);
pub(super) static DAY: Field = field("day of month", 1, 31, &[]);
pub(super) static MONTH: Field = field(
    "month",
    1,
    12,
    &["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
);
pub(super) static WEEKDAY: Field =
    field("day of week", 0, 7, &["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]);

/// The values of a field that fire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Values {
    /// A bit for each.
    bits: u64,
    /// Whether it is `*`, and so says nothing about days.
    pub(super) is_any: bool,
    /// For `L`: the days from the last day of the month backwards.
    from_last: Option<u32>,
}

impl Values {
    pub(super) fn one(value: u32) -> Self {
        Self { bits: 1 << value, ..Self::default() }
    }

    fn steps(from: u32, to: u32, step: usize) -> Self {
        Self { bits: (from..=to).step_by(step).fold(0, |bits, value| bits | 1 << value), ..Self::default() }
    }

    pub(super) fn contains(self, value: i8) -> bool {
        u32::try_from(value).is_ok_and(|value| self.bits & (1 << value) != 0)
    }

    /// Whether a day of a month with `length` days fires.
    pub(super) fn contains_day(self, day: i8, length: i8) -> bool {
        let from_last = self.from_last.is_some_and(|before| u32::try_from(length - day) == Ok(before));
        from_last || self.contains(day)
    }
}

impl Field {
    /// Reads the field in upper case.
    pub(super) fn read(&self, text: &str, line: KestraLine) -> Result<Values, CronError> {
        match text.split(',').collect::<Vec<_>>().as_slice() {
            [item] => self.item(item, line),
            items => {
                let read = items.iter().map(|item| self.item(item, line)).collect::<Result<Vec<_>, _>>()?;
                // In a list, cron-utils takes `L` and never fires on it.
                Ok(Values { bits: read.iter().fold(0, |bits, item| bits | item.bits), ..Values::default() })
            }
        }
    }

    fn item(&self, item: &str, line: KestraLine) -> Result<Values, CronError> {
        let has_last = line == KestraLine::V2_0 && std::ptr::eq(self, &DAY);
        if item.contains('-') {
            return self.range(item, has_last);
        }
        if item.contains('/') {
            return self.stepped(item);
        }
        match item {
            "*" => Ok(self.any()),
            _ if item.contains(['?', '#']) => Err(CronError::Dialect(item.to_owned())),
            _ => match item.strip_suffix('L').filter(|_| has_last) {
                Some("") => Ok(Values { from_last: Some(0), ..Values::default() }),
                // The number before an `L` is checked, and then it counts for nothing.
                Some(number) => {
                    self.value(number).map(|_| Values { from_last: Some(0), ..Values::default() })
                }
                None => self.value(item).map(|value| Values::one(self.folded(value))),
            },
        }
    }

    fn any(&self) -> Values {
        Values { is_any: true, ..Values::steps(self.least, self.most, 1) }
    }

    /// `1-5`, `1-5/2`, `L-3`. Java drops what is empty at the end of a split text.
    fn range(&self, item: &str, has_last: bool) -> Result<Values, CronError> {
        let parts: Vec<&str> = item.trim_end_matches('-').split('-').collect();
        let [start, end] = parts[..] else { return Err(CronError::Bounds(item.to_owned())) };
        if start == "L" && has_last {
            let before = self.value(end)?;
            return Ok(Values { from_last: Some(before), ..Values::default() });
        }
        if start.is_empty() || end.is_empty() {
            return Err(CronError::Negative { start: start.to_owned(), end: end.to_owned() });
        }
        let (end, step) = match end.split_once('/') {
            Some((end, steps)) => (end, Some(steps.split('/').next().unwrap_or_default())),
            None => (end, None),
        };
        if end == "L" && has_last {
            // Kestra takes it, and its scheduler then fails on it.
            return self.value(start).map(|_| Values::default());
        }
        let (from, to) = (self.number(start)?, self.number(end)?);
        let step = step.map(|step| self.number(step)).transpose()?;
        let (from, to) = (self.within(from)?, self.within(to)?);
        if from > to {
            return Err(CronError::Range { from, to });
        }
        Ok(Values::steps(from, to, self.step(step.unwrap_or(1))?))
    }

    /// `*/5`, `/5`, `10/5`.
    fn stepped(&self, item: &str) -> Result<Values, CronError> {
        let parts: Vec<&str> = item.trim_end_matches('/').split('/').collect();
        let (start, step) = match parts[..] {
            [start, step] => (start, step),
            [start] if !start.is_empty() => return Err(CronError::NoStep(item.to_owned())),
            _ => return Err(CronError::Dialect(item.to_owned())),
        };
        if (start, step) == ("*", "1") {
            return Ok(self.any());
        }
        let from = match start {
            "*" | "" => self.least,
            _ => self.folded(self.value(start)?),
        };
        let step = parsed(step).ok_or_else(|| CronError::StepText(step.to_owned()))?;
        Ok(Values::steps(from, self.most, self.step(step)?))
    }

    fn step(&self, step: i64) -> Result<usize, CronError> {
        let error = CronError::Step { field: self.name, step, least: self.least, most: self.most };
        match usize::try_from(step) {
            Ok(length) if (1..=i64::from(self.most)).contains(&step) => Ok(length),
            _ => Err(error),
        }
    }

    /// A value that the field takes.
    fn value(&self, text: &str) -> Result<u32, CronError> {
        self.number(text).and_then(|number| self.within(number))
    }

    fn within(&self, value: i64) -> Result<u32, CronError> {
        let error = CronError::Value { field: self.name, value, least: self.least, most: self.most };
        u32::try_from(value).ok().filter(|value| (self.least..=self.most).contains(value)).ok_or(error)
    }

    /// A number, or the number of a name.
    fn number(&self, text: &str) -> Result<i64, CronError> {
        let named = (1..).zip(self.names).find(|(_, name)| **name == text).map(|(number, _)| number);
        named.or_else(|| parsed(text)).ok_or_else(|| CronError::Text {
            field: self.name,
            text: text.to_owned(),
            names: self.names,
            least: self.least,
            most: self.most,
        })
    }

    /// Sunday is 0 and 7; by itself it is 0, so that `7/2` starts on Sunday.
    fn folded(&self, value: u32) -> u32 {
        if std::ptr::eq(self, &WEEKDAY) && value == 7 { 0 } else { value }
    }
}

/// A number as Java reads it: with an optional sign, at most 32 bits.
fn parsed(text: &str) -> Option<i64> {
    text.parse::<i32>().ok().map(i64::from)
}
