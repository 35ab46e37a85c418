//! When a failed attempt may be repeated, and after how long. Own code because the answer depends on what each call
//! promises: a creation must never arrive twice, and a deletion that finds nothing the second time did its work.

use std::future::Future;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{Duration, SystemTime};

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use tokio::time::Instant;

use crate::call::{Answer, Call};
use crate::config::Retry;
use crate::error::Error;

/// What sending a call twice would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// The same as sending it once: reads, and writes of a given content.
    Harmless,
    /// The second one finds nothing, which is what the first was for.
    Deletion,
    /// Something else: only a call that never left may be sent again.
    Harmful,
}

/// What became of an attempt that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// No connection was made.
    NeverSent,
    /// The server put it off (429, 503).
    PutOff,
    /// It was sent, and what became of it is unknown: no full answer, or one from a gateway (502, 504).
    Lost,
    /// The answer stands.
    Final,
}

impl Fate {
    pub(crate) fn of(status: StatusCode) -> Self {
        match status.as_u16() {
            429 | 503 => Self::PutOff,
            502 | 504 => Self::Lost,
            _ => Self::Final,
        }
    }
}

/// A failed attempt.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) error: Error,
    pub(crate) fate: Fate,
    pub(crate) retry_after: Option<Duration>,
}

/// Runs `attempt` until it succeeds or must not be repeated. It gets its number, from 1, and the time that is left.
pub(crate) async fn run<F>(
    policy: &Retry,
    call: &Call,
    mut attempt: impl FnMut(u32, Duration) -> F,
) -> Result<Answer, Error>
where
    F: Future<Output = Result<Answer, Failure>>,
{
    let deadline = Instant::now() + policy.deadline;
    let mut lost = false;
    let mut number = 1;
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        let failure = match attempt(number, left).await {
            Ok(answer) => return Ok(answer),
            Err(failure) => failure,
        };
        if call.repeat == Repeat::Deletion && lost && failure.error.is_gone() {
            return Ok(Answer::empty(call.route.request()));
        }
        lost |= failure.fate == Fate::Lost;
        let left = deadline.saturating_duration_since(Instant::now());
        let Some(wait) = wait(policy, call.repeat, number, &failure, left) else {
            return Err(failure.error);
        };
        tracing::debug!(
            attempt = number,
            wait_ms = wait.as_millis() as u64,
            "attempt failed, will be repeated"
        );
        tokio::time::sleep(wait).await;
        number += 1;
    }
}

/// How long to wait before the next attempt; None when there must be none.
fn wait(policy: &Retry, repeat: Repeat, number: u32, failure: &Failure, left: Duration) -> Option<Duration> {
    let allowed = match failure.fate {
        Fate::NeverSent => true,
        Fate::PutOff | Fate::Lost => repeat != Repeat::Harmful,
        Fate::Final => false,
    };
    let bound = backoff(policy, number);
    let wait = failure.retry_after.unwrap_or_else(|| bound.mul_f64(random()));
    (allowed && number < policy.max_attempts && wait < left).then_some(wait)
}

/// Upper bound of the wait after attempt `number`: doubles each time up to the policy's limit.
fn backoff(policy: &Retry, number: u32) -> Duration {
    let factor = 1_u32.checked_shl(number.saturating_sub(1)).unwrap_or(u32::MAX);
    policy.base_delay.saturating_mul(factor).min(policy.max_delay)
}

/// A number from 0 to 1, new each time: every hasher the standard library makes is seeded differently, which spreads
/// clients apart well enough.
fn random() -> f64 {
    RandomState::new().build_hasher().finish() as f64 / u64::MAX as f64
}

/// The wait a server asks for, as seconds or as an HTTP date. A date in the past means now.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    Some(SystemTime::from(date).duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Request;

    fn failure(fate: Fate, retry_after: Option<u64>) -> Failure {
        let request = Request { method: "GET".into(), path: "/".into() };
        Failure {
            error: Error::Cancelled { request },
            fate,
            retry_after: retry_after.map(Duration::from_secs),
        }
    }

    #[test]
    fn who_may_be_repeated() {
        use Fate::{Final, Lost, NeverSent, PutOff};
        use Repeat::{Deletion, Harmful, Harmless};
        let cases = [
            (Harmless, [NeverSent, PutOff, Lost].as_slice()),
            (Deletion, &[NeverSent, PutOff, Lost]),
            (Harmful, &[NeverSent]),
        ];
        for (repeat, repeated) in cases {
            for fate in [NeverSent, PutOff, Lost, Final] {
                let wait = wait(&Retry::default(), repeat, 1, &failure(fate, None), Duration::from_secs(60));
                assert_eq!(wait.is_some(), repeated.contains(&fate), "{repeat:?} {fate:?}");
            }
        }
    }

    #[test]
    fn waits_are_bounded() {
        let policy = Retry { max_attempts: 40, ..Retry::default() };
        let bounds = [(1, 200), (2, 400), (3, 800), (5, 3200), (6, 5000), (32, 5000), (33, 5000), (39, 5000)];
        for (number, millis) in bounds {
            assert_eq!(backoff(&policy, number), Duration::from_millis(millis), "{number}");
            let lost = failure(Fate::Lost, None);
            let wait = wait(&policy, Repeat::Harmless, number, &lost, Duration::from_secs(60)).unwrap();
            assert!(wait <= Duration::from_millis(millis), "{number}: {wait:?}");
        }
        let draws: Vec<f64> = (0..64).map(|_| random()).collect();
        assert!(draws.iter().all(|draw| (0.0..=1.0).contains(draw)));
        assert!(draws.iter().any(|draw| *draw < 0.5) && draws.iter().any(|draw| *draw > 0.5), "{draws:?}");
    }

    #[test]
    fn the_server_and_the_deadline_decide() {
        let seconds = Duration::from_secs;
        let cases = [
            (1, Some(7), 60, Some(seconds(7))),
            (1, Some(60), 60, None),
            (4, Some(1), 60, None),
            (1, Some(0), 0, None),
        ];
        for (number, retry_after, left, expected) in cases {
            let put_off = failure(Fate::PutOff, retry_after);
            let found = wait(&Retry::default(), Repeat::Harmless, number, &put_off, seconds(left));
            assert_eq!(found, expected, "attempt {number}, {retry_after:?}, {left} s left");
        }
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_445_412_470);
        let cases = [
            ("3", Some(3)),
            (" 120 ", Some(120)),
            ("Wed, 21 Oct 2015 07:28:00 GMT", Some(10)),
            ("Wed, 21 Oct 2015 07:00:00 GMT", Some(0)),
            ("soon", None),
            ("-1", None),
        ];
        for (text, expected) in cases {
            let headers = HeaderMap::from_iter([(RETRY_AFTER, text.parse().unwrap())]);
            assert_eq!(retry_after(&headers, now), expected.map(Duration::from_secs), "{text}");
        }
        assert_eq!(retry_after(&HeaderMap::new(), now), None);
    }
}
