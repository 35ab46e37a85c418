//! The level of the log, from the variables with which a user sets it for the host and its providers.

use std::ffi::OsString;

use tracing::level_filters::LevelFilter;

/// The level asked for by the most specific variable that is set; off if none is, since the host then reads nothing.
pub(super) fn read(name: &str, lookup: impl Fn(&str) -> Option<OsString>) -> LevelFilter {
    let own = format!("TF_LOG_PROVIDER_{}", name.to_uppercase().replace('-', "_"));
    [own.as_str(), "TF_LOG_PROVIDER", "TF_LOG"]
        .into_iter()
        .filter_map(lookup)
        .find(|value| !value.is_empty())
        .map_or(LevelFilter::OFF, |value| parse(&value.to_string_lossy()))
}

/// Every other word, `JSON` among them, means trace, as it does for the host.
fn parse(value: &str) -> LevelFilter {
    match value.trim().to_uppercase().as_str() {
        "OFF" => LevelFilter::OFF,
        "ERROR" => LevelFilter::ERROR,
        "WARN" => LevelFilter::WARN,
        "INFO" => LevelFilter::INFO,
        "DEBUG" => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_specific_variable_wins() {
        const OWN: &str = "TF_LOG_PROVIDER_MY_CLOUD";
        for (variables, expected) in [
            (&[][..], LevelFilter::OFF),
            (&[("TF_LOG", "")], LevelFilter::OFF),
            (&[("TF_LOG", "off")], LevelFilter::OFF),
            (&[("TF_LOG", "debug")], LevelFilter::DEBUG),
            (&[("TF_LOG", "JSON")], LevelFilter::TRACE),
            (&[("TF_LOG", "loud")], LevelFilter::TRACE),
            (&[("TF_LOG_CORE", "TRACE")], LevelFilter::OFF),
            (&[("TF_LOG", "TRACE"), ("TF_LOG_PROVIDER", "Warn")], LevelFilter::WARN),
            (&[("TF_LOG_PROVIDER", "TRACE"), (OWN, "INFO")], LevelFilter::INFO),
            (&[("TF_LOG", "ERROR"), (OWN, "")], LevelFilter::ERROR),
        ] {
            let lookup =
                |name: &str| variables.iter().find(|(variable, _)| *variable == name).map(|(_, v)| v.into());
            assert_eq!(read("my-cloud", lookup), expected, "{variables:?}");
        }
    }
}
