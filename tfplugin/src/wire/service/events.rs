//! Answers that come piece by piece, while the work that makes them goes on.

use tokio::sync::mpsc::Receiver;

use crate::any::Pending;

/// Work that sends messages on its way. Dropping it drops the work.
pub(super) struct Working<'a, T, R> {
    work: Pending<'a, R>,
    sent: Receiver<T>,
    done: Option<R>,
}

/// What comes next of some work.
pub(super) enum Step<T, R> {
    /// A message; the work may go on.
    Sent(T),
    /// Its result; no message follows.
    Done(R),
}

impl<'a, T, R> Working<'a, T, R> {
    /// `work` sends its messages to the other end of `sent`.
    pub(super) fn new(work: Pending<'a, R>, sent: Receiver<T>) -> Self {
        Self { work, sent, done: None }
    }

    /// Works on until there is a message or a result; not to be called after the result.
    pub(super) async fn next(&mut self) -> Step<T, R> {
        let done = match self.done.take() {
            Some(done) => done,
            None => tokio::select! {
                biased;
                Some(message) = self.sent.recv() => return Step::Sent(message),
                done = &mut self.work => done,
            },
        };
        match self.sent.try_recv() {
            Ok(message) => {
                self.done = Some(done);
                Step::Sent(message)
            }
            Err(_) => Step::Done(done),
        }
    }
}
