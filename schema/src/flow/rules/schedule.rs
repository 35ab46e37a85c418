//! The rules of schedules: when they fire, on the clock of which timezone.

use super::super::place::Place;
use super::super::problem::Problem;
use super::Subject;
use crate::cron::{Cron, Dialect};
use crate::line::KestraLine;
use crate::timezone;

const SCHEDULE: &str = "io.kestra.plugin.core.trigger.Schedule";
const ON_DATES: &str = "io.kestra.plugin.core.trigger.ScheduleOnDates";

pub(super) fn crons(subject: &Subject<'_>) -> Vec<Problem> {
    let schedules = subject.uses.of_class(SCHEDULE);
    subject.enough(schedules.filter_map(|schedule| bad_cron(schedule, subject.line)))
}

fn bad_cron(schedule: &Place<'_>, line: KestraLine) -> Option<Problem> {
    let place = schedule.get("cron")?;
    let text = place.node.text()?;
    let seconds = schedule.text("withSeconds").is_some_and(|text| text.trim().eq_ignore_ascii_case("true"));
    let error = Cron::parse(&text, Dialect { line, seconds }).err()?;
    let words = format!("invalid cron expression '{text}': {}", error.kestra());
    let problem = Problem::at("cron", &place, format!("`{text}` is no cron expression: {error}"));
    Some(Problem { path: schedule.path.clone(), ..problem }.constraint(words))
}

pub(super) fn timezones(subject: &Subject<'_>) -> Vec<Problem> {
    let schedules = [SCHEDULE, ON_DATES].into_iter().flat_map(|name| subject.uses.of_class(name));
    subject.enough(schedules.filter_map(|schedule| bad_timezone(&schedule.get("timezone")?)))
}

fn bad_timezone(place: &Place<'_>) -> Option<Problem> {
    let name = place.node.text()?;
    if timezone::timezone(&name).is_some() {
        return None;
    }
    let human = match timezone::nearest(&name) {
        Some(similar) => format!("`{name}` is no timezone; did you mean `{similar}`?"),
        None => format!(
            "`{name}` is no timezone; write a region such as Europe/Berlin, or an offset such as +02:00"
        ),
    };
    let words = format!("timezone '({name})' is not a valid time-zone ID");
    Some(Problem::at("timezone", place, human).constraint(words))
}
