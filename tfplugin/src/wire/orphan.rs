//! Notices that the host is gone without having said so: a killed host cannot call `Shutdown`, and its providers would
//! otherwise stay for ever.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::timeout;

/// How long a host may be without a connection, once it has had one, before it counts as gone.
const GRACE: Duration = Duration::from_secs(5);
/// How often to look whether the parent process is still the same.
#[cfg(unix)]
const PARENT_CHECK: Duration = Duration::from_secs(1);

/// Waits until the host has connected, its last connection has closed, and none has come back for a grace.
pub(super) async fn disconnected(mut connections: watch::Receiver<Option<usize>>) {
    // An error means that nobody counts any more, so no connection can come back either.
    let _ = last_one_lost(&mut connections).await;
}

async fn last_one_lost(
    connections: &mut watch::Receiver<Option<usize>>,
) -> Result<(), watch::error::RecvError> {
    loop {
        connections.wait_for(|open| *open == Some(0)).await?;
        // Any change is a sign of life, even one that has led back to none by the time it is seen.
        match timeout(GRACE, connections.changed()).await {
            Ok(changed) => changed?,
            Err(_) => return Ok(()),
        }
    }
}

/// The process that started this one. To be noted before the host is told anything: once it knows where to connect, it
/// may be gone at any moment.
#[cfg(unix)]
pub(super) struct Parent(u32);

#[cfg(unix)]
impl Parent {
    pub(super) fn note() -> Self {
        Self(std::os::unix::process::parent_id())
    }

    /// Waits until another process has become this one's parent, as happens when the parent dies.
    pub(super) async fn died(&self) {
        while std::os::unix::process::parent_id() == self.0 {
            tokio::time::sleep(PARENT_CHECK).await;
        }
    }
}

/// Windows gives orphans no new parent; there the host's connection has to tell.
#[cfg(not(unix))]
pub(super) struct Parent;

#[cfg(not(unix))]
impl Parent {
    pub(super) fn note() -> Self {
        Self
    }

    /// Waits for ever.
    pub(super) async fn died(&self) {
        std::future::pending().await
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    /// Whether `disconnected` gives up when the number of connections takes the given values, a second apart.
    async fn gives_up(counts: &[usize]) -> bool {
        let (sender, receiver) = watch::channel(None);
        let waiting = tokio::spawn(disconnected(receiver));
        for count in counts {
            sender.send_replace(Some(*count));
            tokio::task::yield_now().await;
            advance(Duration::from_secs(1)).await;
        }
        timeout(GRACE, waiting).await.is_ok()
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_counts_as_gone_when_it_does_not_come_back() {
        for (counts, expected) in [
            (&[1, 0][..], true),
            (&[], false),
            (&[1], false),
            (&[1, 2, 1], false),
            (&[1, 0, 1], false),
            (&[1, 0, 1, 0], true),
        ] {
            assert_eq!(gives_up(counts).await, expected, "{counts:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_that_came_and_went_unseen_counts() {
        let (sender, receiver) = watch::channel(None);
        sender.send_replace(Some(1));
        sender.send_replace(Some(0));
        disconnected(receiver).await;
    }

    #[tokio::test]
    async fn nobody_comes_back_to_a_closed_listener() {
        for open in [None, Some(0), Some(1)] {
            let (_, receiver) = watch::channel(open);
            disconnected(receiver).await;
        }
    }
}
