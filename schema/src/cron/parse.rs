//! Takes a cron expression apart: nicknames, alternatives, fields.

use super::field::{DAY, Field, HOUR, MINUTE, MONTH, SECOND, Values, WEEKDAY};
use super::{Alternative, CronError, Dialect};
use crate::line::KestraLine;

/// Nobody means anything longer; it keeps the work bounded.
const LONGEST: usize = 4096;

const NICKNAMES: [(&str, &str); 7] = [
    ("@hourly", "0 * * * *"),
    ("@daily", "0 0 * * *"),
    ("@midnight", "0 0 * * *"),
    ("@weekly", "0 0 * * 0"),
    ("@monthly", "0 0 1 * *"),
    ("@yearly", "0 0 1 1 *"),
    ("@annually", "0 0 1 1 *"),
];

pub(super) fn alternatives(text: &str, dialect: Dialect) -> Result<Vec<Alternative>, CronError> {
    if text.len() > LONGEST {
        return Err(CronError::Length { longest: LONGEST });
    }
    if text.trim().is_empty() {
        return Err(CronError::Empty);
    }
    if text.contains("||") {
        // Java drops what is empty at the end of a split text.
        let parts = text.trim_end_matches("||").split("||").map(|part| alternatives(part, dialect));
        return parts.collect::<Result<Vec<_>, _>>().map(|parts| parts.concat());
    }
    if text.contains('|') {
        return columns(text)?.iter().map(|column| alternative(column, dialect)).collect();
    }
    alternative(text, dialect).map(|alternative| vec![alternative])
}

/// The expressions that `0|30 9|10 * * *` stands for: the first of each field, the second of each, and so on.
fn columns(text: &str) -> Result<Vec<String>, CronError> {
    let fields: Vec<Vec<&str>> =
        text.split_whitespace().map(|field| field.trim_end_matches('|').split('|').collect()).collect();
    let count = fields.iter().map(Vec::len).max().unwrap_or_default();
    if fields.iter().any(|field| field.len() != 1 && field.len() != count) {
        return Err(CronError::Alternatives);
    }
    let column = |position: usize| {
        let chosen: Vec<&str> =
            fields.iter().map(|field| *field.get(position).unwrap_or(&field[0])).collect();
        chosen.join(" ")
    };
    Ok((0..count).map(column).collect())
}

fn alternative(text: &str, dialect: Dialect) -> Result<Alternative, CronError> {
    if text == "@reboot" {
        return Err(CronError::Nickname(text.to_owned()));
    }
    let nickname = NICKNAMES.iter().find(|(name, _)| *name == text).map(|(_, fields)| *fields);
    let upper = nickname.unwrap_or(text).to_uppercase();
    let mut fields: Vec<&str> = upper.split_whitespace().collect();
    if let Some(field) = fields.iter().find(|field| field.ends_with(',')) {
        return Err(CronError::TrailingComma((*field).to_owned()));
    }
    if !dialect.seconds || nickname.is_some() {
        fields.insert(0, "0");
    }
    let [second, minute, hour, day, month, weekday] = fields[..] else {
        return Err(match dialect.seconds {
            true => CronError::Fields { found: fields.len(), needed: 6 },
            false => CronError::Fields { found: fields.len() - 1, needed: 5 },
        });
    };
    let read = |field: &Field, text: &str| -> Result<Values, CronError> { field.read(text, dialect.line) };
    Ok(Alternative {
        seconds: read(&SECOND, second)?,
        minutes: read(&MINUTE, minute)?,
        hours: read(&HOUR, hour)?,
        days: read(&DAY, day)?,
        months: read(&MONTH, month)?,
        weekdays: read(&WEEKDAY, weekday)?,
    })
}

impl Default for Dialect {
    /// The newest line, without seconds.
    fn default() -> Self {
        Self { line: KestraLine::V2_0, seconds: false }
    }
}
