//! Finds the names that somebody may have meant.

/// How alike names must be, from 0 to 1.
const ALIKE: f64 = 0.7;

/// More suggestions than these help nobody.
const MOST: usize = 3;

/// Longer names are nobody's typing error, and comparing them takes long.
const LONGEST: usize = 200;

/// So many candidates are looked at. Only a made-up flow has more names.
const MOST_CANDIDATES: usize = 10_000;

/// The candidates that are most like `name`, best first. Upper and lower case are alike.
pub fn nearest<'names>(name: &str, candidates: impl IntoIterator<Item = &'names str>) -> Vec<&'names str> {
    if name.len() > LONGEST {
        return Vec::new();
    }
    let wanted = name.to_lowercase();
    let comparable =
        candidates.into_iter().take(MOST_CANDIDATES).filter(|candidate| candidate.len() <= LONGEST);
    let scored = comparable.map(|candidate| (likeness(&wanted, &candidate.to_lowercase()), candidate));
    let mut alike: Vec<(f64, &str)> = scored.filter(|(score, _)| *score >= ALIKE).collect();
    alike.sort_by(|(one, name), (other, other_name)| other.total_cmp(one).then(name.cmp(other_name)));
    alike.into_iter().take(MOST).map(|(_, candidate)| candidate).collect()
}

/// `; did you mean …?`, or nothing.
pub(crate) fn did_you_mean<'names>(name: &str, known: impl IntoIterator<Item = &'names str>) -> String {
    nearest(name, known).first().map(|known| format!("; did you mean `{known}`?")).unwrap_or_default()
}

/// The class counts twice: packages are long and much alike, and plugins move between them.
fn likeness(wanted: &str, candidate: &str) -> f64 {
    let like = strsim::normalized_damerau_levenshtein;
    match (wanted.rsplit_once('.'), candidate.rsplit_once('.')) {
        (Some((package, class)), Some((other_package, other_class))) => {
            (2.0 * like(class, other_class) + like(package, other_package)) / 3.0
        }
        _ => like(wanted, candidate),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_that_was_meant_comes_first() {
        let names = [
            "io.kestra.plugin.core.log.Log",
            "io.kestra.plugin.core.log.PurgeLogs",
            "io.kestra.plugin.core.flow.Loop",
            "io.kestra.plugin.core.debug.Return",
        ];
        for (name, expected) in [
            ("io.kestra.plugin.core.log.log", Some(names[0])),
            ("io.kestra.core.tasks.log.Log", Some(names[0])),
            ("io.kestra.plugin.core.log.PurgeLog", Some(names[1])),
            ("io.kestra.plugin.core.flow.Loops", Some(names[2])),
            ("org.example.Nothing", None),
            ("", None),
        ] {
            assert_eq!(nearest(name, names).first().copied(), expected, "{name}");
        }
    }

    #[test]
    fn properties_are_found_too() {
        assert_eq!(nearest("messag", ["message", "level", "id"]), ["message"]);
        assert_eq!(nearest("MESSAGE", ["message", "level", "id"]), ["message"]);
        assert_eq!(nearest("x", ["message", "level", "id"]), [""; 0]);
    }

    #[test]
    fn names_that_are_too_long_are_not_compared() {
        let [long, longer] = [LONGEST, LONGEST + 1].map(|length| "a".repeat(length));
        assert_eq!(nearest(&long, [&*long, &*longer]), [&*long]);
        assert_eq!(nearest(&longer, [&*long, &*longer]), [""; 0]);
    }
}
