//! The way from a flow's root to one of its values, spelled as Kestra spells it in violations and as a JSON
//! pointer.

use std::fmt;
use std::sync::Arc;

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

/// The way to a value: `tasks[0].id`. Paths share what they have in common, so that one of a thousand steps is as cheap to
/// make and to copy as a short one.
#[derive(Clone, Default)]
pub struct Path(Option<Arc<Link>>);

/// The last step of a path, and the path before it.
struct Link {
    before: Path,
    step: Step,
    length: usize,
}

impl Path {
    /// The path one step further.
    #[must_use]
    pub fn then(&self, step: Step) -> Self {
        Self(Some(Arc::new(Link { before: self.clone(), step, length: self.length() + 1 })))
    }

    /// The path to a property.
    #[must_use]
    pub fn property(&self, name: &str) -> Self {
        self.then(Step::Property(name.to_owned()))
    }

    /// How many steps it has.
    pub fn length(&self) -> usize {
        self.0.as_ref().map_or(0, |link| link.length)
    }

    /// The steps from the root.
    pub fn steps(&self) -> Vec<&Step> {
        let mut steps: Vec<&Step> = self.outwards().map(|link| &link.step).collect();
        steps.reverse();
        steps
    }

    /// The last step; none at the root.
    pub fn last(&self) -> Option<&Step> {
        self.0.as_ref().map(|link| &link.step)
    }

    /// The path without its last step.
    #[must_use]
    pub fn parent(&self) -> Self {
        self.0.as_ref().map(|link| link.before.clone()).unwrap_or_default()
    }

    /// The path to the first `count` steps.
    #[must_use]
    pub fn prefix(&self, count: usize) -> Self {
        let excess = self.length().saturating_sub(count);
        (0..excess).fold(self.clone(), |path, _| path.parent())
    }

    /// The path as an RFC 6901 pointer: `/tasks/0/id`.
    pub fn pointer(&self) -> String {
        self.steps()
            .into_iter()
            .map(|step| match step {
                Step::Index(index) => format!("/{index}"),
                Step::Property(name) | Step::Key(name) => {
                    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
                }
            })
            .collect()
    }

    /// The steps from the last to the first, each with the path before it.
    fn outwards(&self) -> impl Iterator<Item = &Link> {
        std::iter::successors(self.0.as_deref(), |link| link.before.0.as_deref())
    }
}

impl PartialEq for Path {
    fn eq(&self, other: &Self) -> bool {
        self.length() == other.length() && self.steps() == other.steps()
    }
}

impl Eq for Path {}

impl PartialOrd for Path {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Path {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.steps().cmp(&other.steps())
    }
}

impl fmt::Display for Path {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.steps().into_iter().enumerate() {
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

impl fmt::Debug for Path {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Path({self})")
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

    #[test]
    fn paths_are_compared_by_their_steps() {
        let [a, b] = ["a", "b"].map(|name| Path::default().property(name));
        assert!(a == Path::default().property("a") && a != b && a < b && a < a.property("a"));
        assert_eq!(a.property("x").parent(), a);
        assert_eq!(a.last(), Some(&Step::Property("a".to_owned())));
        assert_eq!(Path::default().parent().last(), None);
    }
}
