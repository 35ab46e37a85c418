//! The way from a flow's root to one of its values, spelled as Kestra spells it in violations and as a JSON
//! pointer.

use std::fmt;

/// One step of a [`Path`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// A property of an object: `.id`.
    Property(String),
    /// An item of a list, counted from 0: `[0]`.
    Index(usize),
    /// A key of a free map: `[a]`.
    Key(String),
}

/// The way to a value: `tasks[0].id`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path(Vec<Step>);

impl Path {
    /// The path one step further.
    #[must_use]
    pub fn then(&self, step: Step) -> Self {
        Self(self.0.iter().cloned().chain([step]).collect())
    }

    /// The path to a property.
    #[must_use]
    pub fn property(&self, name: &str) -> Self {
        self.then(Step::Property(name.to_owned()))
    }

    /// The steps from the root.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The path to the first `count` steps.
    #[must_use]
    pub fn prefix(&self, count: usize) -> Self {
        Self(self.0[..count.min(self.0.len())].to_vec())
    }

    /// The path as an RFC 6901 pointer: `/tasks/0/id`.
    pub fn pointer(&self) -> String {
        self.0
            .iter()
            .map(|step| match step {
                Step::Index(index) => format!("/{index}"),
                Step::Property(name) | Step::Key(name) => {
                    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
                }
            })
            .collect()
    }
}

impl fmt::Display for Path {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Property(name) if position == 0 => out.write_str(name)?,
                Step::Property(name) => write!(out, ".{name}")?,
                Step::Index(index) => write!(out, "[{index}]")?,
                Step::Key(key) => write!(out, "[{key}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings() {
        let path = Path::default().property("tasks").then(Step::Index(0)).property("cases");
        let path = path.then(Step::Key("a/b~".to_owned())).then(Step::Index(1)).property("id");
        assert_eq!(path.to_string(), "tasks[0].cases[a/b~][1].id");
        assert_eq!(path.pointer(), "/tasks/0/cases/a~1b~0/1/id");
        assert_eq!(path.prefix(2).to_string(), "tasks[0]");
        assert_eq!(Path::default().to_string(), "");
    }
}
