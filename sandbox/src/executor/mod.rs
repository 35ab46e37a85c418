//! Kestra's own engine behind the sandbox. The store stays the truth: the engine is told what the store has, and what
//! it says goes into the store. When it dies, a new one is started and told everything again.

mod heard;
mod told;
mod written;

use std::{sync::Arc, time::Duration};

use engine::{Ended, Engine, Error, Event, Events, Request, Serve};
use serde_json::Value;
use tokio::{
    sync::watch,
    time::{sleep, timeout},
};

use crate::{
    app::App,
    changes::Follower,
    fault::Fault,
    store::executions::{self, Execution},
};
use heard::Heard;
use told::Told;

/// How long a caller waits for an engine that is about to start, and for what comes of an action.
const PATIENCE: Duration = Duration::from_secs(30);

/// Between the end of an engine and the start of the next; it doubles each time.
const SHORTEST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// The engine as routes see it.
pub(crate) struct Executor {
    running: watch::Receiver<Option<Running>>,
}

/// An engine that runs.
#[derive(Clone)]
struct Running {
    serve: Arc<Serve>,
    /// How much of the store it has been told, as the store counts its writes; nothing at first.
    told: watch::Receiver<Option<u64>>,
}

/// Keeps an engine running for as long as the sandbox does.
pub(crate) struct Keeper {
    engine: Engine,
    running: watch::Sender<Option<Running>>,
}

/// What routes have of an engine, and what keeps it running once there is an [`App`].
pub(crate) fn attach(engine: Engine) -> (Executor, Keeper) {
    if engine.has_stand_ins() {
        tracing::warn!(
            "flowsmith stands in for plugins that are not published; logs of executions say where"
        );
    }
    let (sender, running) = watch::channel(None);
    (Executor { running }, Keeper { engine, running: sender })
}

impl Executor {
    /// Asks for an action on an execution, and returns the execution when it has the state that is asked for, or else
    /// another state than before. Other changes may be late news of what was before.
    pub(crate) async fn act(
        &self,
        app: &App,
        before: Execution,
        request: Request,
    ) -> Result<Execution, Fault> {
        let is_done = |now: &Execution| match &request {
            Request::ChangeState { state, .. } => now.state() == state,
            _ => now.states() > before.states(),
        };
        let follower = app.changes.follow();
        self.about(app, &before, &request).await?;
        let changed = until(app, follower, before.id(), is_done);
        match timeout(PATIENCE, changed).await {
            Ok(changed) => changed,
            Err(_) => Ok(before),
        }
    }

    /// Waits for the end of an execution; less only when the sandbox stops.
    pub(crate) async fn end(&self, app: &App, id: &str) -> Result<Execution, Fault> {
        until(app, app.changes.follow(), id, Execution::is_terminated).await
    }

    /// Waits for an execution that the engine has made.
    pub(crate) async fn made(&self, app: &App, id: &str) -> Result<Execution, Fault> {
        let mut follower = app.changes.follow();
        let made = async {
            loop {
                let of = id.to_owned();
                let found = app.store.read(move |c| executions::get(c, &of)).await?;
                if found.is_some() || !follower.changed().await {
                    return found.ok_or(Fault::NotFound);
                }
            }
        };
        timeout(PATIENCE, made).await.unwrap_or(Err(Fault::NotFound))
    }

    /// Asks the engine about an execution. It is told one that it can't know: another engine may have run it. One that
    /// has ended is told anew, because nobody but the store knows labels that were set since.
    pub(crate) async fn about(
        &self,
        app: &App,
        execution: &Execution,
        request: &Request,
    ) -> Result<Value, Fault> {
        let serve = self.informed(app).await?;
        if !execution.is_terminated() {
            match serve.ask(request).await {
                Err(Error::Refused(said)) if said.starts_with("there is no execution") => {}
                answer => return answer.map_err(fault),
            }
        }
        told::remember(app, &serve, execution).await.map_err(fault)?;
        serve.ask(request).await.map_err(fault)
    }

    /// Asks the engine.
    pub(crate) async fn ask(&self, app: &App, request: &Request) -> Result<Value, Fault> {
        self.informed(app).await?.ask(request).await.map_err(fault)
    }

    /// An engine that knows what the store has by now; it may still be starting.
    async fn informed(&self, app: &App) -> Result<Arc<Serve>, Fault> {
        let now = *app.store.written().borrow();
        let mut running = self.running.clone();
        let informed = async {
            let Running { serve, mut told } = running.wait_for(Option::is_some).await.ok()?.clone()?;
            told.wait_for(|told| told.is_some_and(|told| told >= now)).await.ok()?;
            Some(serve)
        };
        let informed = timeout(PATIENCE, informed).await.ok().flatten();
        informed.ok_or_else(|| Fault::Internal("Kestra's engine is not running".into()))
    }
}

impl Keeper {
    pub(crate) async fn keep(self, app: Arc<App>) {
        let mut end = app.changes.follow();
        let mut pause = SHORTEST_PAUSE;
        loop {
            let served = tokio::select! {
                served = self.engine.serve() => served,
                () = over(&mut end) => return,
            };
            match served {
                Ok((serve, events)) => {
                    let serve = Arc::new(serve);
                    let (telling, told) = watch::channel(None);
                    self.running.send_replace(Some(Running { serve: Arc::clone(&serve), told }));
                    let ended = live(&app, &serve, events, &telling).await;
                    self.running.send_replace(None);
                    let Some(ended) = ended else { return serve.stop().await };
                    tracing::error!(status = ended.status, "Kestra's engine has ended; a new one is started");
                    pause = SHORTEST_PAUSE;
                }
                Err(error) => tracing::error!(%error, "Kestra's engine can't be started"),
            }
            tokio::select! {
                () = sleep(pause) => pause = LONGEST_PAUSE.min(pause * 2),
                () = over(&mut end) => return,
            }
        }
    }
}

/// What the engine refuses, in Kestra's words, or why it does not answer.
fn fault(error: Error) -> Fault {
    match error {
        Error::Refused(said) => Fault::Argument(said),
        error => Fault::Internal(error.to_string().lines().next().unwrap_or_default().to_owned()),
    }
}

/// Waits until an execution is as wanted, or the sandbox stops.
async fn until(
    app: &App,
    mut follower: Follower,
    id: &str,
    is_wanted: impl Fn(&Execution) -> bool,
) -> Result<Execution, Fault> {
    loop {
        let of = id.to_owned();
        let now = app.store.read(move |c| executions::get(c, &of)).await?.ok_or(Fault::NotFound)?;
        if is_wanted(&now) || !follower.changed().await {
            return Ok(now);
        }
    }
}

/// Waits until the sandbox stops.
async fn over(end: &mut Follower) {
    while end.changed().await {}
}

/// The life of one engine: how it has ended, or `None` because the sandbox stops.
async fn live(
    app: &Arc<App>,
    serve: &Serve,
    mut events: Events,
    telling: &watch::Sender<Option<u64>>,
) -> Option<Ended> {
    let (mut end, mut written) = (app.changes.follow(), app.store.written());
    let (mut told, mut heard) = (Told::default(), Heard::default());
    written.mark_changed();
    loop {
        tokio::select! {
            event = events.recv() => match event? {
                Event::Execution(change) => heard.execution(app, serve, change, &mut told).await,
                Event::Log(log) => heard::log(app, log).await,
                Event::Ended(ended) => {
                    heard.ended(app).await;
                    return Some(ended);
                }
            },
            Ok(()) = written.changed() => {
                let count = *written.borrow_and_update();
                told.tell(app, serve, &mut heard).await;
                telling.send_replace(Some(count));
            }
            () = over(&mut end) => return None,
        }
    }
}
