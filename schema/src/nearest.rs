//! Finds the name that somebody may have meant.

/// How alike two names must be, from 0 to 1.
const ALIKE: f64 = 0.7;

/// The candidate that is most like `name`; upper and lower case are alike.
pub(crate) fn nearest<'names>(
    name: &str,
    candidates: impl IntoIterator<Item = &'names str>,
) -> Option<&'names str> {
    let wanted = name.to_lowercase();
    let likeness =
        |candidate: &str| strsim::normalized_damerau_levenshtein(&wanted, &candidate.to_lowercase());
    let scored = candidates.into_iter().map(|candidate| (likeness(candidate), candidate));
    let alike = scored.filter(|(score, _)| *score >= ALIKE);
    alike.max_by(|(one, _), (other, _)| one.total_cmp(other)).map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_that_was_meant_is_found() {
        for (name, expected) in [
            ("lenght", Some("length")),
            ("NUMBERFORMAT", Some("numberFormat")),
            ("uper", Some("upper")),
            ("x", None),
        ] {
            assert_eq!(nearest(name, ["upper", "length", "numberFormat"]), expected, "{name}");
        }
    }
}
