//! Kestra's own engine as a child process. What it says is right by definition: the tests compare with it, and the
//! sandbox lets it run executions.
//!
//! The engine is the Maven project beside this crate. Its sources travel in the binary; [`Engine::prepare`] builds
//! them once per machine and version with the JDK and the Maven that it finds, from jars that Kestra publishes.
//! [`Engine::start`] asks one of its commands line by line; [`Engine::serve`] lets it execute flows.

mod build;
mod conversation;
mod error;
mod log;
mod machine;
mod progress;
mod serve;
mod sources;

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use schema::KestraLine;

pub use conversation::Conversation;
pub use error::Error;
pub use progress::Progress;
pub use serve::{Change, Ended, Event, Events, Label, Outputs, Request, Serve, Start};

use machine::Machine;

/// What a program that runs for seconds wants: little compilation, one collector.
const JAVA_OPTIONS: [&str; 5] = [
    "-Xmx1g",
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
];

/// The engine of a line, built and ready to start.
#[derive(Clone, Debug)]
pub struct Engine {
    line: KestraLine,
    java: PathBuf,
    folder: PathBuf,
    stand_ins: bool,
}

impl Engine {
    /// Finds a JDK and Maven, and builds the engine if this machine does not have it yet. That takes a minute or two
    /// the first time, and a few milliseconds later; `progress` hears what is being done. It blocks.
    ///
    /// # Errors
    /// No JDK of Java 25 or newer, no Maven, Maven fails, or the cache can't be written.
    pub fn prepare(line: KestraLine, progress: &mut dyn FnMut(Progress)) -> Result<Self, Error> {
        let machine = Machine::find()?;
        let folder = build::built(&machine, line, progress)?;
        Ok(Self { line, java: machine.java(), folder, stand_ins: false })
    }

    /// The same engine with tasks that stand in for plugins that are not published: Airbyte's, dbt's, Hightouch's,
    /// PostgreSQL's and Slack's. They talk to the servers, and start the programs, that the plugins would.
    #[must_use]
    pub fn with_stand_ins(self) -> Self {
        Self { stand_ins: true, ..self }
    }

    /// Whether it has tasks that stand in for plugins.
    #[must_use]
    pub fn has_stand_ins(&self) -> bool {
        self.stand_ins
    }

    /// The line of Kestra.
    #[must_use]
    pub fn line(&self) -> KestraLine {
        self.line
    }

    /// The folder of the flows that Kestra tests itself with: `valids` and `invalids`.
    #[must_use]
    pub fn corpus(&self) -> PathBuf {
        self.folder.join("corpus/flows")
    }

    /// Starts a command that answers a line per line, or asks for nothing: `validate`, `run`, `cron`, `catalog`,
    /// `schema`, `stand-ins`.
    ///
    /// # Errors
    /// Java can't be started.
    pub fn start(&self, command: &str) -> Result<Conversation, Error> {
        Conversation::start(self, command)
    }

    /// Starts Kestra with everything that executes flows, and returns when it takes requests: after some seconds.
    ///
    /// # Errors
    /// Java can't be started, or Kestra does not start in time; the error has what it logged.
    pub async fn serve(&self) -> Result<(Serve, Events), Error> {
        Serve::start(self).await
    }

    /// The process of a command; its temporary files go to `scratch`.
    fn command(&self, command: &str, scratch: &Path) -> Result<Command, Error> {
        let classpath = build::classpath(&self.folder)?;
        let mut process = Command::new(&self.java);
        process
            .args(JAVA_OPTIONS)
            .arg(format!("-Djava.io.tmpdir={}", scratch.display()))
            .arg(format!("-Dflowsmith.scratch={}", scratch.display()))
            .arg("-cp")
            .arg(classpath)
            .args(["flowsmith.engine.Main", command])
            .args(self.stand_ins.then_some("stand-ins"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        Ok(process)
    }
}
