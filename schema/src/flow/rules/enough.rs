//! How many problems of a kind are told: nobody reads more of them, and a text of three megabytes could have a million.

use super::super::problem::{Problem, Severity};
use super::{Subject, cascade};

/// The most errors, and the most warnings, that one rule tells.
pub(super) const ENOUGH: usize = 100;

impl Subject<'_> {
    /// The first errors and the first warnings among `problems`, as Kestra takes them. Enough errors end the search;
    /// warnings do not, because an error may come behind them, and decides.
    pub(super) fn enough(&self, problems: impl IntoIterator<Item = Problem>) -> Vec<Problem> {
        let (mut errors, mut warnings) = (0, 0);
        let followed = problems.into_iter().map(|problem| cascade::followed(problem, self.line));
        let mut kept = Vec::new();
        for problem in followed {
            let count = if problem.severity == Severity::Error { &mut errors } else { &mut warnings };
            *count += 1;
            if *count <= ENOUGH {
                kept.push(problem);
            }
            if errors == ENOUGH {
                break;
            }
        }
        kept
    }
}
