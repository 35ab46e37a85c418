//! `cron_next`: when a schedule fires, for outputs, tests and conditions of one's own.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use schema::KestraLine;
use schema::cron::{Cron, CronError, Dialect};
use schema::timezone;
use tfplugin::{Arguments, Function, FunctionError, validate};

/// More times than these make a plan that nobody reads.
const MOST: i64 = 100;

/// Lists the next times at which a Kestra schedule fires.
///
/// The expression is read as Kestra's `Schedule` reads it: five fields, six with seconds, or a nickname such as `@daily`.
/// Clocks that are put forward and back are minded. The list is shorter when the schedule stops firing.
#[derive(Arguments)]
pub(crate) struct CronNextArguments {
    /// The cron expression.
    cron: String,
    /// The time to look forward from, which is not in the list: RFC 3339, such as `2030-01-01T00:00:00Z`.
    from: String,
    /// The timezone of the schedule, such as `Europe/Berlin`; UTC when null.
    #[argument(nullable)]
    timezone: Option<String>,
    /// How many times.
    #[argument(validate = validate::range(1..=MOST))]
    count: i64,
}

/// The function.
pub(crate) struct CronNext;

impl Function for CronNext {
    type Arguments = CronNextArguments;
    type Output = Vec<String>;

    const NAME: &'static str = "cron_next";

    fn call(&self, arguments: CronNextArguments) -> Result<Vec<String>, FunctionError> {
        let cron = cron(&arguments.cron).map_err(|error| FunctionError::about("cron", error.to_string()))?;
        let from: Timestamp = arguments.from.parse().map_err(|_| {
            FunctionError::about("from", "must be a time of RFC 3339, such as 2030-01-01T00:00:00Z")
        })?;
        let from = from.to_zoned(arguments.timezone.as_deref().map_or(Ok(TimeZone::UTC), zone)?);
        let times = std::iter::successors(cron.next_after(&from), |time| cron.next_after(time));
        let count = usize::try_from(arguments.count).unwrap_or_default();
        Ok(times.take(count).map(|time| written(&time)).collect())
    }
}

/// What any line of Kestra reads; the newest one says what is wrong. A sixth field means that there are seconds.
fn cron(text: &str) -> Result<Cron, CronError> {
    let seconds = text.split('|').next().unwrap_or_default().split_whitespace().count() == 6;
    let [older, newer] = KestraLine::ALL.map(|line| Cron::parse(text, Dialect { line, seconds }));
    newer.or_else(|error| older.map_err(|_| error))
}

fn zone(name: &str) -> Result<TimeZone, FunctionError> {
    timezone::timezone(name).ok_or_else(|| {
        let cure = timezone::nearest(name).map(|similar| format!("; did you mean {similar:?}?"));
        FunctionError::about("timezone", format!("{name:?} is no timezone{}", cure.unwrap_or_default()))
    })
}

/// RFC 3339, with the offset of the timezone at that time.
fn written(time: &Zoned) -> String {
    if time.offset().is_zero() {
        time.timestamp().to_string()
    } else {
        time.timestamp().display_with_offset(time.offset()).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(
        cron: &str,
        from: &str,
        timezone: Option<&str>,
        count: i64,
    ) -> Result<Vec<String>, FunctionError> {
        let (cron, from, timezone) = (cron.to_owned(), from.to_owned(), timezone.map(String::from));
        CronNext.call(CronNextArguments { cron, from, timezone, count })
    }

    #[test]
    fn times_follow_the_schedule_and_the_clock() {
        for (cron, from, timezone, expected) in [
            (
                "*/30 * * * *",
                "2030-01-01T00:10:00Z",
                None,
                vec!["2030-01-01T00:30:00Z", "2030-01-01T01:00:00Z"],
            ),
            // The moment itself is not in the list, in whatever timezone it is given.
            (
                "@daily",
                "2030-01-01T01:00:00+01:00",
                None,
                vec!["2030-01-02T00:00:00Z", "2030-01-03T00:00:00Z"],
            ),
            (
                "30 0 9 * * 1",
                "2030-01-01T00:00:00Z",
                Some("+02:00"),
                vec!["2030-01-07T09:00:30+02:00", "2030-01-14T09:00:30+02:00"],
            ),
            // Half past two does not exist on the day when clocks are put forward.
            (
                "30 2 * * *",
                "2030-03-30T00:00:00Z",
                Some("Europe/Berlin"),
                vec!["2030-03-30T02:30:00+01:00", "2030-04-01T02:30:00+02:00"],
            ),
            // Only 2.0 reads `L`.
            ("0 0 L * *", "2030-02-01T00:00:00Z", None, vec!["2030-02-28T00:00:00Z", "2030-03-31T00:00:00Z"]),
            // It never fires.
            ("0 0 30 2 *", "2030-01-01T00:00:00Z", None, vec![]),
        ] {
            assert_eq!(next(cron, from, timezone, 2).expect(cron), expected, "{cron}");
        }
    }

    #[test]
    fn mistakes_are_about_their_argument() {
        for (cron, from, timezone, expected) in [
            ("61 * * * *", "2030-01-01T00:00:00Z", None, "cron"),
            ("@daily", "2030-01-01", None, "from"),
            ("@daily", "2030-01-01T00:00:00Z", Some("Nowhere"), "timezone"),
        ] {
            let error = next(cron, from, timezone, 1).expect_err(expected);
            assert_eq!(error.argument.expect("an argument").name, expected);
        }
    }
}
