//! What a type name of a task or trigger stands for. Kestra refuses a type nobody registered; the sandbox knows the
//! types of the core from the catalog of its line, and must trust the names of other plugins, which it does not carry.

use schema::{
    KestraLine,
    catalog::{Catalog, Entry, Origin},
};

/// The packages of Kestra itself: what the catalog does not know there, no server has.
const OWN: [&str; 2] = ["io.kestra.plugin.core.", "io.kestra.core."];

/// What a type name stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Known {
    /// A type of the core.
    Core(&'static Entry),
    /// Another name of a type of the core.
    Alias(&'static Entry),
    /// A type of another plugin, taken on trust.
    Plugin,
    /// A name nobody registered.
    Nothing,
}

impl Known {
    pub(crate) fn entry(self) -> Option<&'static Entry> {
        match self {
            Known::Core(found) | Known::Alias(found) => Some(found),
            Known::Plugin | Known::Nothing => None,
        }
    }
}

/// Looks a type name up.
pub(crate) fn lookup(name: &str, line: KestraLine) -> Known {
    match Catalog::of(line).plugin(name).filter(|entry| entry.origin == Origin::Kestra) {
        Some(entry) if entry.name == name => Known::Core(entry),
        Some(entry) => Known::Alias(entry),
        None if OWN.iter().any(|own| name.starts_with(own)) || !is_class_name(name) => Known::Nothing,
        None => Known::Plugin,
    }
}

/// A Java class in a package: words joined by dots, the last one starting with a capital.
pub(super) fn is_class_name(name: &str) -> bool {
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

    fn check(name: &str, expected: [&str; 2]) {
        for (line, expected) in KestraLine::ALL.into_iter().zip(expected) {
            let found = match lookup(name, line) {
                Known::Core(entry) => format!("core {}", entry.name),
                Known::Alias(entry) => format!("alias of {}", entry.name),
                Known::Plugin => "plugin".into(),
                Known::Nothing => "nothing".into(),
            };
            assert_eq!(found.replace("io.kestra.plugin.core.", ""), expected, "{name} on {line}");
        }
    }

    #[test]
    fn each_line_knows_its_own_types() {
        for (name, old, new) in [
            ("io.kestra.plugin.core.log.Log", "core log.Log", "core log.Log"),
            ("io.kestra.core.tasks.log.Log", "alias of log.Log", "nothing"),
            ("io.kestra.plugin.core.flow.WaitFor", "alias of flow.LoopUntil", "alias of flow.LoopUntil"),
            ("io.kestra.plugin.fs.http.Request", "alias of http.Request", "alias of http.Request"),
            ("io.kestra.plugin.core.flow.ForEach", "core flow.ForEach", "nothing"),
            ("io.kestra.plugin.core.flow.Loop", "nothing", "core flow.Loop"),
            ("io.kestra.plugin.scripts.python.Script", "plugin", "plugin"),
            ("com.acme.Task", "plugin", "plugin"),
            ("io.kestra.plugin.core.log.Nope", "nothing", "nothing"),
            ("NOPE", "nothing", "nothing"),
            ("a b.C", "nothing", "nothing"),
            ("com.acme.task", "nothing", "nothing"),
            ("", "nothing", "nothing"),
        ] {
            check(name, [old, new]);
        }
    }
}
