//! Log lines and panics on stderr, in the form a host understands and at the level its user asked for.

mod hclog;
mod level;
mod panic;

use std::ffi::OsString;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::registry;

use hclog::HclogLayer;

/// The program whose log lines these are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Program {
    /// The provider's name, as in `terraform-provider-NAME`.
    pub(crate) name: &'static str,
    /// The provider's address, as hosts know it.
    pub(crate) address: &'static str,
    /// The crates whose events are worth reading, beside this one. All others are trusted with nothing: their lowest
    /// levels write whole HTTP messages, secrets included.
    pub(crate) crates: &'static [&'static str],
}

/// Takes over stderr for the rest of the process: panics always, events if `lookup` finds a level for them.
pub(crate) fn install(program: &Program, lookup: impl Fn(&str) -> Option<OsString>) {
    panic::install();
    let level = level::read(program.name, lookup);
    if level == LevelFilter::OFF {
        return;
    }
    let layer = HclogLayer::new(program.name, hclog::stderr).with_filter(targets(program, level));
    // An earlier subscriber is the caller's own choice.
    let _ = tracing::subscriber::set_global_default(registry().with(layer));
}

/// Our crates at the level asked for. Foreign ones are heard at TRACE only, and then nothing below INFO: h2 and hyper
/// write frames with their payload at the levels below.
fn targets(program: &Program, level: LevelFilter) -> Targets {
    let ours = program.crates.iter().copied().chain([env!("CARGO_CRATE_NAME")]);
    let foreign = if level == LevelFilter::TRACE { LevelFilter::INFO } else { LevelFilter::OFF };
    Targets::new().with_targets(ours.map(|name| (name, level))).with_default(foreign)
}

#[cfg(test)]
mod tests {
    use tracing::Level;

    use super::*;

    #[test]
    fn foreign_crates_never_reach_their_payload_levels() {
        let program = Program { name: "example", address: "example/example", crates: &["example_client"] };
        for (asked, target, level, expected) in [
            (LevelFilter::TRACE, "tfplugin::wire", Level::TRACE, true),
            (LevelFilter::TRACE, "example_client::transport", Level::TRACE, true),
            (LevelFilter::TRACE, "h2::codec", Level::INFO, true),
            (LevelFilter::TRACE, "h2::codec", Level::DEBUG, false),
            (LevelFilter::TRACE, "hyper_util::client", Level::TRACE, false),
            (LevelFilter::DEBUG, "h2::codec", Level::ERROR, false),
            (LevelFilter::DEBUG, "tfplugin", Level::DEBUG, true),
            (LevelFilter::DEBUG, "tfplugin", Level::TRACE, false),
        ] {
            let enabled = targets(&program, asked).would_enable(target, &level);
            assert_eq!(enabled, expected, "{asked}: {target} at {level}");
        }
    }
}
