//! What can be said of a KV entry before Kestra is asked: its configuration alone, parts of which may still be unknown.

use schema::duration::Duration;
use schema::kv::KvType;
use tfplugin::diagnostics::{Diagnostic, Diagnostics};
use tfplugin::value::Path;

use super::kv::KvModel;
use super::kv_value::{KvValue, body};

/// The problems of a configuration.
pub(super) fn problems(config: &KvModel) -> Diagnostics {
    let checks = [source, version, key, declared_type, ttl, description];
    checks.iter().filter_map(|check| check(config)).collect()
}

fn source(config: &KvModel) -> Option<Diagnostic> {
    let both = !config.value.is_null() && !config.value_wo.is_null();
    let neither = config.value.is_null() && config.value_wo.is_null();
    (both || neither).then(|| {
        let detail =
            "Give the value either in `value` or, to keep it out of plans and states, in `value_wo`.";
        Diagnostic::error("KV entry needs one value", detail).at(attribute("value"))
    })
}

fn version(config: &KvModel) -> Option<Diagnostic> {
    let lonely = config.value_wo.is_null() != config.value_wo_version.is_null();
    lonely.then(|| {
        let detail = "`value_wo` is never stored, so a change of it goes unseen: it is sent when `value_wo_version` \
                      changes. Set both, or none.";
        Diagnostic::error("Write-only value without version", detail).at(attribute("value_wo_version"))
    })
}

fn key(config: &KvModel) -> Option<Diagnostic> {
    let key = config.key.as_str()?;
    let rest = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    if key.starts_with(|c: char| c.is_ascii_alphanumeric()) && key.chars().all(rest) {
        return None;
    }
    let detail = format!(
        "Kestra does not take the key {key:?}: a key has letters, digits, `.`, `_` and `-`, and begins with a letter or digit."
    );
    Some(Diagnostic::error("Malformed key", detail).at(attribute("key")))
}

/// The value itself stays out of the message: it may be a secret.
fn declared_type(config: &KvModel) -> Option<Diagnostic> {
    let declared = match config.r#type.as_str()?.parse::<KvType>() {
        Ok(declared) => declared,
        Err(error) => {
            return Some(Diagnostic::error("Unknown KV type", error.to_string()).at(attribute("type")));
        }
    };
    let stored = KvValue::inferred(&body(Some(declared), config.text()?)).kind;
    if stored == declared {
        return None;
    }
    let detail = format!(
        "Kestra decides the type by the value, and stores this one as {stored}, not as {declared}. Correct the value, or \
         leave out `type`."
    );
    // Kestra has no way to hold text that looks like a duration, so this is no mistake of the user's.
    let unavoidable = declared == KvType::String;
    let new = if unavoidable { Diagnostic::warning } else { Diagnostic::error };
    Some(new("Value is not of the declared type", detail).at(attribute("type")))
}

fn ttl(config: &KvModel) -> Option<Diagnostic> {
    let error = config.ttl.as_str()?.parse::<Duration>().err()?;
    Some(Diagnostic::error("Malformed time to live", error.to_string()).at(attribute("ttl")))
}

/// It is sent as a header, which Kestra reads as Latin-1.
fn description(config: &KvModel) -> Option<Diagnostic> {
    let fits = |c: char| u32::from(c) < 0x100 && !c.is_control();
    let bad = config.description.as_str()?.chars().find(|c| !fits(*c))?;
    let detail = format!(
        "Kestra takes one line of Latin-1 characters, and {bad:?} is none. Leave it out, or write it otherwise."
    );
    Some(Diagnostic::error("Description can't be stored", detail).at(attribute("description")))
}

fn attribute(name: &str) -> Path {
    Path::root().attribute(name)
}
