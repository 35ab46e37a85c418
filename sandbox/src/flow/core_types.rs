//! The task and trigger types that come with Kestra 1.3 itself: what they require and what they leave out.
//!
//! Kestra refuses a type nobody registered. The sandbox knows the types of the core and must trust the names of
//! all other plugins, which it does not carry.

mod table;

use table::{CONDITIONS, PACKAGES, RENAMED, TYPES};

/// The package of everything that comes with Kestra.
const CORE: &str = "io.kestra.plugin.core.";

/// A type of the core.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CoreType {
    /// The name below `io.kestra.plugin.core.`.
    name: &'static str,
    /// Its properties in the notation of the table.
    properties: &'static str,
}

/// What is worth knowing about a property of a core type.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Property {
    pub(crate) name: &'static str,
    pub(crate) required: Required,
    /// Printed as text, because it takes an expression in place of a number or boolean.
    pub(crate) text: bool,
    /// The value that Kestra leaves out of its answers.
    pub(crate) default: Option<&'static str>,
}

/// Whether a property must be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Required {
    No,
    Value,
    /// A list or text with something in it.
    Content,
}

impl Property {
    /// Reads one property of the table, such as `overwrite~=true`.
    fn parse(notation: &'static str) -> Property {
        let (marked, default) = match notation.split_once('=') {
            Some((marked, default)) => (marked, Some(default)),
            None => (notation, None),
        };
        let name = marked.trim_end_matches(['*', '+', '~']);
        let required = match &marked[name.len()..] {
            marks if marks.contains('*') => Required::Value,
            marks if marks.contains('+') => Required::Content,
            _ => Required::No,
        };
        Property { name, required, text: marked.ends_with('~'), default }
    }
}

impl CoreType {
    pub(crate) fn full_name(&self) -> String {
        format!("{CORE}{}", self.name)
    }

    pub(crate) fn properties(&self) -> impl Iterator<Item = Property> + use<> {
        self.properties.split("; ").filter(|notation| !notation.is_empty()).map(Property::parse)
    }

    pub(crate) fn property(&self, name: &str) -> Option<Property> {
        self.properties().find(|property| property.name == name)
    }
}

/// What a type name of a task or trigger stands for.
#[derive(Debug)]
pub(crate) enum Known {
    Core(CoreType),
    /// The former name of a core type.
    Alias(CoreType),
    /// A type of another plugin, taken on trust.
    Plugin,
    /// A name nobody registered.
    Nothing,
}

impl Known {
    pub(crate) fn core(&self) -> Option<CoreType> {
        match self {
            Known::Core(found) | Known::Alias(found) => Some(*found),
            Known::Plugin | Known::Nothing => None,
        }
    }
}

/// Looks a type name up.
pub(crate) fn lookup(name: &str) -> Known {
    if let Some(short) = name.strip_prefix(CORE) {
        return match (find(short), renamed(short)) {
            (Some(found), _) => Known::Core(found),
            (None, Some(found)) => Known::Alias(found),
            (None, None) if short.strip_prefix("condition.").is_some_and(is_condition) => Known::Plugin,
            (None, None) => Known::Nothing,
        };
    }
    for (old, new) in PACKAGES {
        if let Some(class) = name.strip_prefix(old) {
            let moved = format!("{new}{class}");
            return find(&moved).or_else(|| renamed(&moved)).map_or(Known::Nothing, Known::Alias);
        }
    }
    if is_class_name(name) { Known::Plugin } else { Known::Nothing }
}

fn find(short: &str) -> Option<CoreType> {
    let at = TYPES.binary_search_by_key(&short, |(name, _)| name).ok()?;
    let (name, properties) = TYPES[at];
    Some(CoreType { name, properties })
}

fn renamed(short: &str) -> Option<CoreType> {
    RENAMED.iter().find(|(old, _)| *old == short).and_then(|(_, new)| find(new))
}

fn is_condition(class: &str) -> bool {
    CONDITIONS.contains(&class)
        || class.strip_suffix("Condition").is_some_and(|class| CONDITIONS.contains(&class))
}

/// A Java class in a package: words joined by dots, the last one starting with a capital.
fn is_class_name(name: &str) -> bool {
    let word = |word: &str| {
        word.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && word.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '$')
    };
    let Some((package, class)) = name.rsplit_once('.') else {
        return false;
    };
    package.split('.').all(word) && word(class) && class.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(TYPES.is_sorted_by_key(|(name, _)| *name));
    }

    #[test]
    fn every_rename_leads_to_a_type() {
        assert!(RENAMED.iter().all(|(_, new)| find(new).is_some()));
    }

    #[test]
    fn the_notation_is_read() {
        for (notation, expected) in [
            ("message*", ("message", Required::Value, false, None)),
            ("tasks+", ("tasks", Required::Content, false, None)),
            ("duration*~", ("duration", Required::Value, true, None)),
            ("overwrite~=true", ("overwrite", Required::No, true, Some("true"))),
            ("destination=", ("destination", Required::No, false, Some(""))),
        ] {
            let Property { name, required, text, default } = Property::parse(notation);
            assert_eq!((name, required, text, default), expected, "{notation}");
        }
        let names = TYPES.iter().filter_map(|(name, _)| find(name)).flat_map(|known| known.properties());
        assert!(names.map(|property| property.name).all(|name| name.chars().all(char::is_alphanumeric)));
    }

    #[test]
    fn lookups() {
        for (name, expected) in [
            ("io.kestra.plugin.core.log.Log", "core log.Log"),
            ("io.kestra.core.tasks.log.Log", "alias of log.Log"),
            ("io.kestra.core.tasks.flows.Flow", "alias of flow.Subflow"),
            ("io.kestra.plugin.core.flow.WaitFor", "alias of flow.LoopUntil"),
            ("io.kestra.plugin.fs.http.Request", "alias of http.Request"),
            ("io.kestra.plugin.core.condition.WeekendCondition", "plugin"),
            ("io.kestra.plugin.scripts.python.Script", "plugin"),
            ("com.acme.Task", "plugin"),
            ("io.kestra.plugin.core.log.Nope", "nothing"),
            ("io.kestra.plugin.core.flow.Loop", "nothing"),
            ("io.kestra.core.tasks.log.Nope", "nothing"),
            ("NOPE", "nothing"),
            ("a b.C", "nothing"),
            ("com.acme.task", "nothing"),
            ("", "nothing"),
        ] {
            let found = match lookup(name) {
                Known::Core(found) => format!("core {}", found.name),
                Known::Alias(found) => format!("alias of {}", found.name),
                Known::Plugin => "plugin".into(),
                Known::Nothing => "nothing".into(),
            };
            assert_eq!(found, expected, "{name}");
        }
    }
}
