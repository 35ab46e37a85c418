//! Why Kestra refuses a cron expression: for people, and in the words of cron-utils, which Kestra answers with.

/// What is wrong with a cron expression.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CronError {
    /// There is nothing.
    #[error("it is empty; write five fields such as `0 9 * * 1-5`, or a nickname such as `@daily`")]
    Empty,
    /// It is too long to be meant.
    #[error("it is longer than {longest} characters")]
    Length {
        /// The most characters that are read here; Kestra has no limit.
        longest: usize,
    },
    /// Too many or too few fields.
    #[error("it has {found} fields and needs {needed}: {}", names(*needed))]
    Fields {
        /// How many there are.
        found: usize,
        /// How many there must be.
        needed: usize,
    },
    /// A nickname that Kestra does not take.
    #[error(
        "`{0}` is no nickname that Kestra takes; use @hourly, @daily, @midnight, @weekly, @monthly, @yearly or @annually"
    )]
    Nickname(String),
    /// Fields have different numbers of alternatives.
    #[error("fields with `|` need as many alternatives as each other")]
    Alternatives,
    /// A list that ends in a comma.
    #[error("`{0}` ends in a comma")]
    TrailingComma(String),
    /// A value outside its field.
    #[error("{value} is no {field}, which is {least} to {most}")]
    Value {
        /// The field.
        field: &'static str,
        /// The value.
        value: i64,
        /// The smallest value.
        least: u32,
        /// The largest value.
        most: u32,
    },
    /// Steps that are too long or too short.
    #[error("steps of {step} do not fit the {field}, which is {least} to {most}")]
    Step {
        /// The field.
        field: &'static str,
        /// The step.
        step: i64,
        /// The smallest value of the field.
        least: u32,
        /// The largest value of the field.
        most: u32,
    },
    /// A range whose end is before its start.
    #[error("the range {from}-{to} runs backwards; write it as two, separated by a comma")]
    Range {
        /// Where it starts.
        from: u32,
        /// Where it ends.
        to: u32,
    },
    /// A range without start or end.
    #[error("`{0}` is no range; write its first and last value, such as 1-5")]
    Bounds(String),
    /// A range that starts with nothing.
    #[error("`{start}-{end}` is no range; there are no negative values")]
    Negative {
        /// What stands before the dash.
        start: String,
        /// What stands behind it.
        end: String,
    },
    /// A slash without a step.
    #[error("`{0}` needs a step behind the slash, such as */15")]
    NoStep(String),
    /// A step that is no number.
    #[error("the step `{0}` is no number")]
    StepText(String),
    /// Something that Kestra's dialect does not have.
    #[error("Kestra does not take `{0}`: `?`, `#` and several slashes are of other dialects")]
    Dialect(String),
    /// Text that is no value of its field.
    #[error("`{text}` is no {field}, which is {}", taken(names, *least, *most))]
    Text {
        /// The field.
        field: &'static str,
        /// The text.
        text: String,
        /// The names that the field takes beside numbers.
        names: &'static [&'static str],
        /// The smallest value.
        least: u32,
        /// The largest value.
        most: u32,
    },
}

fn names(needed: usize) -> &'static str {
    match needed {
        6 => "second, minute, hour, day of month, month, day of week",
        _ => "minute, hour, day of month, month, day of week",
    }
}

fn taken(names: &[&str], least: u32, most: u32) -> String {
    match names {
        [first, .., last] => format!("{least} to {most} or {first} to {last}"),
        _ => format!("{least} to {most}"),
    }
}

impl CronError {
    /// The words of cron-utils.
    pub(crate) fn kestra(&self) -> String {
        match self {
            Self::Empty => "Empty expression!".to_owned(),
            Self::Fields { found, needed } => {
                format!("Cron expression contains {found} parts but we expect one of [{needed}]")
            }
            Self::Nickname(text) => format!("Nickname {text} not supported!"),
            Self::TrailingComma(part) => {
                format!("Invalid field value! Trailing commas not permitted! '{part}'")
            }
            Self::Length { .. } | Self::Alternatives => self.to_string(),
            _ => format!("Failed to parse cron expression. {}", self.of_field()),
        }
    }

    fn of_field(&self) -> String {
        match self {
            Self::Value { value, least, most, .. } => {
                format!("Value {value} not in range [{least}, {most}]")
            }
            Self::Step { step, least, most, .. } => format!("Period {step} not in range [{least}, {most}]"),
            Self::Range { from, to } => format!("Invalid range! [{from},{to}]"),
            Self::Bounds(part) => format!("Missing values for range: {part}"),
            Self::Negative { start, end } => format!(
                "Invalid expression! Expression: {start}-{end} does not describe a range. Negative numbers are not allowed."
            ),
            Self::NoStep(part) => format!("Missing steps for expression: {part}"),
            Self::StepText(text) => format!("For input string: \"{text}\""),
            Self::Dialect(part) => format!("Invalid expression: {part}"),
            Self::Text { text, names, .. } => {
                let invalid = invalid(text, names);
                format!("Invalid chars in expression! Expression: {text} Invalid chars: {invalid}")
            }
            _ => self.to_string(),
        }
    }
}

/// What is left of a text without the characters that fields are made of.
fn invalid(text: &str, names: &[&str]) -> String {
    let left: String = text.chars().filter(|letter| !"#?/*0123456789".contains(*letter)).collect();
    if names.contains(&left.as_str()) {
        return String::new();
    }
    left.replace([',', '-'], "")
}
