//! The log of an execution: every line with its moment, its level and the task that wrote it.

use jiff::Timestamp;
use maud::{Markup, html};

use super::parts;
use crate::store::logs::{Level, LogEntry};

/// More lines are not shown; the whole log is a download.
const MOST: usize = 1000;

pub(super) fn show(lines: &[(i64, LogEntry)]) -> Markup {
    let shown = &lines[lines.len().saturating_sub(MOST)..];
    html! {
        @if lines.is_empty() { (parts::nothing("Nothing is logged.")) }
        @if shown.len() < lines.len() { (parts::nothing("Older lines are not shown.")) }
        @if let Some((_, LogEntry { execution_id: Some(id), .. })) = lines.first() {
            ol.log tabindex="0" { @for (_, entry) in shown { (line(entry)) } }
            p { a href={ "/api/v1/main/logs/" (super::address::encoded(id)) "/download" } { "Download" } }
        }
    }
}

fn line(entry: &LogEntry) -> Markup {
    let (class, level) = look(entry.level);
    html! {
        li.(class) {
            time datetime=(entry.timestamp) { (clock(&entry.timestamp)) } " "
            span.level { (level) } " "
            @if let Some(task) = &entry.task_id { span.task { (task) } " " }
            span.message { (entry.message) }
        }
    }
}

/// The time of the day to the millisecond; the day is that of the execution.
fn clock(moment: &str) -> String {
    let parsed = moment.parse::<Timestamp>();
    parsed.map_or_else(|_| moment.to_owned(), |moment| moment.strftime("%H:%M:%S%.3f").to_string())
}

fn look(level: Level) -> (&'static str, &'static str) {
    match level {
        Level::Trace => ("trace", "TRACE"),
        Level::Debug => ("debug", "DEBUG"),
        Level::Info => ("info", "INFO"),
        Level::Warn => ("warning", "WARN"),
        Level::Error => ("error", "ERROR"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn lines(number: i64) -> Vec<(i64, LogEntry)> {
        let entry = json!({
            "namespace": "a", "flowId": "f", "executionId": "e", "taskId": "<b>task</b>", "level": "ERROR",
            "timestamp": "2030-01-01T01:02:03.456789Z", "message": "</li><script>alert(1)</script>",
        });
        (0..number).map(|number| (number, serde_json::from_value(entry.clone()).unwrap())).collect()
    }

    #[test]
    fn a_line_shows_its_time_and_level_and_escapes_what_a_task_says() {
        let shown = show(&lines(1)).into_string();
        for words in ["01:02:03.456<", ">ERROR<", "&lt;b&gt;task", "&lt;/li&gt;&lt;script&gt;"] {
            assert!(shown.contains(words), "{words} is not in {shown}");
        }
    }

    #[test]
    fn a_long_log_shows_its_end() {
        assert!(show(&[]).into_string().contains("Nothing is logged."));
        let shown = show(&lines(1001)).into_string();
        assert_eq!(shown.matches("<li").count(), MOST);
        assert!(shown.contains("Older lines are not shown.") && shown.contains("/logs/e/download"));
    }
}
