//! Wakes those who follow executions and logs whenever some have changed, and ends them when the sandbox stops.

use tokio::sync::watch;

/// Counts changes; `None` once there will be no more.
pub(crate) struct Changes(watch::Sender<Option<u64>>);

impl Changes {
    pub(crate) fn new() -> Changes {
        Changes(watch::Sender::new(Some(0)))
    }

    /// Says that an execution or a log has changed; whoever follows reads again.
    pub(crate) fn announce(&self) {
        self.0.send_modify(|count| *count = count.map(|count| count.wrapping_add(1)));
    }

    /// Says that there will be no more changes.
    pub(crate) fn end(&self) {
        self.0.send_replace(None);
    }

    /// Sees every change from now on.
    pub(crate) fn follow(&self) -> Follower {
        Follower(self.0.subscribe())
    }
}

/// One who waits for changes.
pub(crate) struct Follower(watch::Receiver<Option<u64>>);

impl Follower {
    /// Waits for the next change; false when there will be none.
    pub(crate) async fn changed(&mut self) -> bool {
        if self.0.borrow().is_none() {
            return false;
        }
        self.0.changed().await.is_ok() && self.0.borrow().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_follower_sees_changes_until_the_end() {
        let changes = Changes::new();
        let mut follower = changes.follow();
        changes.announce();
        assert!(follower.changed().await);
        changes.end();
        assert!(!follower.changed().await);
        assert!(!changes.follow().changed().await);
    }
}
