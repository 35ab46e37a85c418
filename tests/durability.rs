//! An acknowledged write survives the death of the sandbox's process at any moment, and no write is ever half there.
//!
//! `FLOWSMITH_CRASH_ROUNDS` says how often the process is killed (`just crash`), `FLOWSMITH_CRASH_SEED` repeats a run's moments.

mod api;
mod kind;
mod moment;
mod victim;

use std::collections::BTreeMap;

use api::Api;
use kind::Kind;
use moment::{Moment, Moments};
use tokio::{sync::mpsc, task::JoinSet};
use victim::Victim;

/// What was acknowledged in one round, by kind: the number of the last write. Each round has a namespace of its own.
type Acknowledged = BTreeMap<Kind, u32>;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acknowledged_writes_survive_sigkill() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut moments = Moments::new();
    let mut rounds: Vec<Acknowledged> = Vec::new();
    for round in 0..moments.rounds {
        let victim = Victim::start(data.path());
        victim::assert_integrity(data.path());
        if let Some(last) = rounds.last() {
            nothing_is_lost(&victim.api, round - 1, last).await;
        }
        rounds.push(write_until_killed(victim, round, moments.draw()).await);
    }
    let survivor = Victim::start(data.path());
    victim::assert_integrity(data.path());
    for (round, acknowledged) in (0..).zip(&rounds) {
        nothing_is_lost(&survivor.api, round, acknowledged).await;
    }
    let writes: u32 = rounds.iter().flat_map(BTreeMap::values).sum();
    println!(
        "killed {} times (seed {}): {writes} acknowledged writes of {} kinds, none lost",
        rounds.len(),
        moments.seed,
        Kind::ALL.len()
    );
}

/// The data file is created, and gets its layout, in these moments.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sandbox_killed_while_it_opens_new_data_opens_it_the_next_time() {
    let mut moments = Moments::new();
    for _ in 0..moments.rounds {
        let data = tempfile::tempdir().expect("a temporary folder");
        let newborn = Victim::spawn(data.path());
        moments.draw_for_opening().wait();
        newborn.kill();
        let survivor = Victim::start(data.path());
        victim::assert_integrity(data.path());
        survivor.api.write(Kind::Entry, 0, 1).await.expect("a write");
    }
}

/// Every kind finds all of its acknowledged writes, and at most the one more that was under way.
async fn nothing_is_lost(api: &Api, round: u32, acknowledged: &Acknowledged) {
    for (&kind, &last) in acknowledged {
        let found = kind.found(api, round).await;
        assert!(
            last <= found.whole && found.whole <= found.begun && found.begun <= last + 1,
            "{kind:?} of round {round}: {last} acknowledged, {found:?}"
        );
    }
}

async fn write_until_killed(victim: Victim, round: u32, moment: Moment) -> Acknowledged {
    let (acknowledge, mut acknowledgements) = mpsc::unbounded_channel();
    let mut writers = JoinSet::new();
    for kind in Kind::ALL {
        let (api, acknowledge) = (victim.api.clone(), acknowledge.clone());
        writers.spawn(async move {
            // The first write that fails is the one the kill interrupted.
            for number in 1.. {
                if api.write(kind, round, number).await.is_err() {
                    return;
                }
                let _ = acknowledge.send((kind, number));
            }
        });
    }
    drop(acknowledge);
    let mut acknowledged: Acknowledged = Kind::ALL.map(|kind| (kind, 0)).into();
    let (mut victim, mut count) = (Some(victim), 0);
    while let Some((kind, number)) = acknowledgements.recv().await {
        acknowledged.insert(kind, number);
        count += 1;
        if count == moment.acknowledgements {
            moment.wait();
            victim.take().expect("a victim").kill();
        }
    }
    assert!(victim.is_none(), "a write failed before the kill, after {count} acknowledgements");
    while let Some(ended) = writers.join_next().await {
        ended.expect("a writer ends with the process that it writes to");
    }
    acknowledged
}
