//! Where in a value something is.

use std::fmt;

/// One step into a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// An attribute or a nested block of an object.
    Attribute(String),
    /// An element of a map.
    Key(String),
    /// An element of a list or tuple, from 0.
    Index(i64),
}

/// The way from the root of an object to one of its values. Elements of sets can't be addressed: a path stops at the set.
///
/// Its text is Terraform's notation, `labels["a"].x[0]`; the root has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path(Vec<Step>);

impl Path {
    /// The object itself.
    pub fn root() -> Self {
        Self::default()
    }

    /// The path of an attribute, or nested block, of what this path leads to.
    #[must_use]
    pub fn attribute(self, name: impl Into<String>) -> Self {
        self.then(Step::Attribute(name.into()))
    }

    /// The path of an element of the map that this path leads to.
    #[must_use]
    pub fn key(self, key: impl Into<String>) -> Self {
        self.then(Step::Key(key.into()))
    }

    /// The path of an element, from 0, of the list that this path leads to.
    #[must_use]
    pub fn index(self, index: i64) -> Self {
        self.then(Step::Index(index))
    }

    fn then(mut self, step: Step) -> Self {
        self.0.push(step);
        self
    }

    /// The same path seen from one level further up. Errors find their path this way, so that a walk without errors
    /// builds none.
    pub(super) fn within(mut self, step: Step) -> Self {
        self.0.insert(0, step);
        self
    }

    /// The steps from the root.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Whether this is the root.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.0.iter().enumerate() {
            match step {
                Step::Attribute(name) if i == 0 => f.write_str(name)?,
                Step::Attribute(name) => write!(f, ".{name}")?,
                Step::Key(key) => write!(f, "[{key:?}]")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_reads_like_terraform() {
        let cases = [
            (Path::root(), ""),
            (Path::root().attribute("id"), "id"),
            (Path::root().attribute("labels").key("a").attribute("x").index(0), r#"labels["a"].x[0]"#),
            (Path::root().attribute("labels").key("say \"hi\""), r#"labels["say \"hi\""]"#),
            (Path::root().index(2).attribute("a"), "[2].a"),
        ];
        for (path, expected) in cases {
            assert_eq!(path.to_string(), expected);
        }
    }

    #[test]
    fn the_outer_step_comes_first() {
        let inner = Path::root().index(3);
        assert_eq!(inner.within(Step::Attribute("tasks".into())), Path::root().attribute("tasks").index(3));
    }
}
