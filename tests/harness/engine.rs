//! Kestra's own engine, which is right by definition. Tests that want it are skipped on a machine without Java and Maven.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use engine::Conversation;
use schema::KestraLine;
use serde_json::Value;

use crate::missing::skip;

/// A running command of the engine; it ends when the value is dropped.
#[derive(Debug)]
pub struct Engine {
    name: String,
    conversation: Conversation,
}

impl Engine {
    /// Starts the engine of a line with a command: `validate`, `run` or `catalog`. It is built first, once per machine
    /// and version of its sources.
    ///
    /// `None` where Java or Maven is missing, with a line on stderr. Where `CI` is set, that is an error instead.
    ///
    /// # Panics
    /// Java or Maven is required and missing; the engine can't be built or started.
    #[must_use]
    pub fn start(line: KestraLine, command: &str) -> Option<Self> {
        Some(Self::run(prepared(line)?, command))
    }

    /// As [`Engine::start`], with the tasks that stand in for plugins that are not published.
    ///
    /// # Panics
    /// As [`Engine::start`].
    #[must_use]
    pub fn start_with_stand_ins(line: KestraLine, command: &str) -> Option<Self> {
        Some(Self::run(&prepared(line)?.clone().with_stand_ins(), command))
    }

    fn run(engine: &engine::Engine, command: &str) -> Self {
        let conversation = engine.start(command).unwrap_or_else(|error| panic!("{error}"));
        Self { name: format!("`engine {command}` of Kestra {}", engine.line()), conversation }
    }

    /// Asks one question and waits for the answer.
    ///
    /// # Panics
    /// There is none in time.
    #[must_use]
    pub fn ask(&mut self, question: &Value) -> Value {
        self.conversation.ask(question).unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }

    /// Everything a command answers that asks for nothing.
    ///
    /// # Panics
    /// It takes too long, or fails.
    #[must_use]
    pub fn answers(self) -> Vec<String> {
        self.conversation.answers().unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}

/// The engine of a line, ready to start.
///
/// `None` where [`Engine::start`] is.
///
/// # Panics
/// As [`Engine::start`].
#[must_use]
pub fn prepared(line: KestraLine) -> Option<&'static engine::Engine> {
    static PREPARED: [OnceLock<Option<engine::Engine>>; 2] = [const { OnceLock::new() }; 2];
    let position =
        KestraLine::ALL.iter().position(|other| *other == line).expect("every line is in the list");
    let prepared = PREPARED[position].get_or_init(|| match engine::Engine::prepare(line, &mut |_| {}) {
        Ok(engine) => Some(engine),
        Err(error) if error.is_missing_tool() => {
            skip(error);
            None
        }
        Err(error) => panic!("{error}"),
    });
    prepared.as_ref()
}

/// The flows that Kestra tests itself with: file name and source, in the folder `valids` or `invalids`.
///
/// `None` where [`Engine::start`] is.
///
/// # Panics
/// As [`Engine::start`].
#[must_use]
pub fn corpus(line: KestraLine, folder: &str) -> Option<Vec<(String, String)>> {
    let folder = prepared(line)?.corpus().join(folder);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml"));
    paths.sort();
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let read =
        |path: &Path| fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Some(paths.iter().map(|path| (name(path), read(path))).collect())
}
