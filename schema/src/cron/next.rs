//! Finds when an expression fires, on the clock of a timezone.

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Unit, Zoned, ZonedRound};

use super::Alternative;

/// Years after which nothing is expected any more.
const FAR: i16 = 100;

/// Two times less far apart than this may both be meant when clocks are put back.
const SELDOM: SignedDuration = SignedDuration::from_hours(2);

impl Alternative {
    pub(super) fn next_after(&self, from: &Zoned) -> Option<Zoned> {
        let round = ZonedRound::new().smallest(Unit::Second).mode(jiff::RoundMode::Trunc);
        let from = from.round(round).ok()?;
        let next = self.first(&later(&from, 1)?)?;
        let is_repeated = self.fires(&from) && next.offset() < from.offset();
        if !is_repeated {
            return Some(next);
        }
        match self.first(&later(&next, 1)?) {
            Some(after) if next.duration_until(&after) >= SELDOM => self.first(&later(&from, 3601)?),
            _ => Some(next),
        }
    }

    /// The first time that fires, `from` included. Each step leaves out what can't fire, and never more than that.
    fn first(&self, from: &Zoned) -> Option<Zoned> {
        let mut time = from.clone();
        while time.year() - from.year() <= FAR {
            time = if !self.months.contains(time.month()) {
                start(time.date().last_of_month().tomorrow().ok()?, &time)?
            } else if !self.fires_on(time.date()) {
                start(time.date().tomorrow().ok()?, &time)?
            } else if !self.hours.contains(time.hour()) {
                later(&time, 3600 - 60 * i64::from(time.minute()) - i64::from(time.second()))?
            } else if !self.minutes.contains(time.minute()) {
                later(&time, 60 - i64::from(time.second()))?
            } else if !self.seconds.contains(time.second()) {
                later(&time, 1)?
            } else {
                return Some(time);
            }
        }
        None
    }

    fn fires(&self, time: &Zoned) -> bool {
        self.months.contains(time.month()) && self.fires_on(time.date()) && self.fires_at(time.time())
    }

    fn fires_at(&self, time: Time) -> bool {
        self.hours.contains(time.hour())
            && self.minutes.contains(time.minute())
            && self.seconds.contains(time.second())
    }

    /// Whether a day fires: one of the two fields is enough, unless it is `*`.
    fn fires_on(&self, date: Date) -> bool {
        let weekday = date.weekday();
        let by_weekday = self.weekdays.contains(weekday.to_sunday_zero_offset())
            || self.weekdays.contains(weekday.to_monday_one_offset());
        let by_day = self.days.contains_day(date.day(), date.days_in_month());
        match (self.days.is_any, self.weekdays.is_any) {
            (true, _) => by_weekday,
            (false, true) => by_day,
            (false, false) => by_day || by_weekday,
        }
    }
}

fn later(time: &Zoned, seconds: i64) -> Option<Zoned> {
    time.checked_add(SignedDuration::from_secs(seconds)).ok()
}

/// The first moment of a day where `beside` is.
fn start(date: Date, beside: &Zoned) -> Option<Zoned> {
    date.to_zoned(beside.time_zone().clone()).ok()
}
