//! Our cron expressions against Kestra's own: which are refused, and when the others fire.

use std::io::{self, Write};

use harness::Engine;
use jiff::{Timestamp, Zoned, tz::TimeZone};
use schema::{
    KestraLine,
    cron::{Cron, Dialect},
};
use serde_json::json;

use super::mutations::Random;

/// How many expressions are made for each line.
const EXPRESSIONS: usize = 3000;

/// How many times of each are compared.
const TIMES: usize = 4;

/// Zones whose clocks change: by an hour, by half an hour, at midnight, never.
const ZONES: [&str; 4] = ["America/New_York", "Australia/Lord_Howe", "America/Havana", "UTC"];

/// Days on which the clocks of those zones change, and others.
const DAYS: [&str; 6] = [
    "2026-03-07T12:00:00Z",
    "2026-10-31T12:00:00Z",
    "2026-04-04T12:34:56Z",
    "2026-10-03T09:00:00Z",
    "2026-02-27T23:59:59Z",
    "2026-12-31T00:00:00Z",
];

/// What fields are made of, right and wrong.
const PARTS: [&str; 40] = [
    "*", "*", "*", "0", "1", "5", "7", "12", "23", "31", "59", "60", "00", "+3", "-1", "*/5", "*/15", "*/7",
    "*/60", "/2", "1/3", "7/2", "1-5", "0-7", "5-1", "1-5/2", "1-", "1,2", "1,15,L", "1,", "MON", "mon-fri",
    "JAN", "feb/2", "SUN/2", "L", "L-3", "?", "1#2", "1|2",
];

fn expression(random: &mut Random) -> String {
    let whole = ["@daily", "@hourly", "@Weekly", "0 0 * * * || 30 12 * * 1", "* * * *"];
    if random.below(40) == 0 {
        return whole[random.below(whole.len())].to_owned();
    }
    // Mostly what stands in its own field, so that most expressions are right.
    let fields: [&[&str]; 5] = [
        &["0", "30", "*/20", "*", "15,45", "0-10/5"],
        &["0", "1", "2", "*", "*/6", "1-3", "0,12"],
        &["*", "*", "1", "31", "*/10", "1-7", "15,28"],
        &["*", "*", "2", "*/3", "MAR", "10-11"],
        &["*", "*", "MON", "1-5", "0", "7", "SAT-SUN", "*/2", "6,7"],
    ];
    let field = |own: &&[&str], random: &mut Random| match random.below(12) {
        0 => PARTS[random.below(PARTS.len())].to_owned(),
        _ => own[random.below(own.len())].to_owned(),
    };
    fields.iter().map(|own| field(own, random)).collect::<Vec<_>>().join(" ")
}

/// A time as Java spells it.
fn spelled(time: &Zoned) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// Java leaves out seconds that are none, the name of the zone is in brackets, and no offset is `Z`.
fn read(java: &str) -> String {
    let time = java.split('[').next().unwrap_or_default().replace('Z', "+00:00");
    if time.matches(':').count() == 2 { format!("{}:00{}", &time[..16], &time[16..]) } else { time }
}

fn ours(text: &str, dialect: Dialect, from: &Zoned) -> Result<Vec<String>, String> {
    let cron = Cron::parse(text, dialect).map_err(|error| error.to_string())?;
    let times = std::iter::successors(cron.next_after(from), |time| cron.next_after(time));
    Ok(times.take(TIMES).map(|time| spelled(&time)).collect())
}

#[test]
fn crons_fire_when_kestras_do() {
    for line in KestraLine::ALL {
        let Some(mut engine) = Engine::start(line, "cron") else { return };
        let (mut random, mut refused, mut failures) = (Random(11), 0, Vec::new());
        for _ in 0..EXPRESSIONS {
            let text = expression(&mut random);
            let zone = ZONES[random.below(ZONES.len())];
            let day: Timestamp = DAYS[random.below(DAYS.len())].parse().expect("a timestamp");
            let from = day.to_zoned(TimeZone::get(zone).expect("a timezone"));
            let request = json!({"id": text, "cron": text, "from": from.to_string(), "count": TIMES});
            let answer = engine.ask(&request);
            let times = answer["times"].as_array();
            let theirs: Option<Vec<String>> =
                times.map(|times| times.iter().filter_map(|time| Some(read(time.as_str()?))).collect());
            let ours = ours(&text, Dialect { line, seconds: false }, &from);
            refused += usize::from(theirs.is_none());
            let told = || format!("{text} from {from}: Kestra {answer}, we {ours:?}");
            assert_eq!(ours.is_ok(), theirs.is_some(), "{}", told());
            if ours.as_ref().ok() != theirs.as_ref() {
                failures.push(told());
            }
        }
        let summary = format!("{EXPRESSIONS} crons on {line}: {refused} refused, {} differ", failures.len());
        let _ = writeln!(io::stderr(), "\n{summary}");
        // On its way to the hour at which clocks change, Kestra's own clock sometimes loses it; we do not.
        assert!(failures.len() * 200 <= EXPRESSIONS, "{summary}\n{failures:#?}");
    }
}
