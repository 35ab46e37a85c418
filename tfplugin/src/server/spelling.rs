//! Two spellings of one value: where an attribute says that they mean the same, the older one stays, so that a server's
//! way of writing is no difference.

use super::walk::{Inside, for_each_pair, members};
use crate::schema::Block;
use crate::value::{Path, Value};

/// Whether [`keep_spelling`] could do anything for values of the block.
pub(super) fn has_spellings(block: &Block) -> bool {
    members(block).any(|member| {
        member.attribute.is_some_and(|attribute| attribute.same.is_some())
            || member.nested.is_some_and(|(_, block)| has_spellings(block))
    })
}

/// Puts the older spelling back wherever the newer one means the same.
pub(super) fn keep_spelling(block: &Block, older: &Value, newer: &mut Value) {
    for_each_pair(block, older, newer, &Path::root(), &mut |attribute, _, older, newer| {
        let Some(same) = attribute.same else { return Inside::Visit };
        let known = [older, newer].iter().all(|value| !value.is_null() && value.is_wholly_known());
        if known && same(older, newer) {
            newer.clone_from(older);
        }
        Inside::Skip
    });
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::model::{Attr, Model};
    use crate::value::fixture::map;

    /// A sign.
    #[derive(Clone, Debug, Default, Model)]
    struct Sign {
        /// What it says, in any case.
        #[attr(optional, same = same_word)]
        word: Attr<String>,
        /// What it says below.
        #[attr(optional)]
        below: Attr<Vec<Line>>,
        /// What it says by language.
        #[attr(optional)]
        translated: Attr<BTreeMap<String, Line>>,
        /// What it says on the back.
        #[attr(block)]
        back: Attr<Vec<Line>>,
    }

    /// A line.
    #[derive(Clone, Debug, Default, Model)]
    struct Line {
        /// What it says, in any case.
        #[attr(optional, same = same_word)]
        word: Attr<String>,
        /// Its size.
        #[attr(optional)]
        size: Attr<i64>,
    }

    /// A model without several spellings.
    #[derive(Clone, Debug, Default, Model)]
    struct Plain {
        /// A word.
        #[attr(optional)]
        word: Attr<String>,
    }

    fn same_word(older: &Value, newer: &Value) -> bool {
        older.as_str().map(str::to_lowercase) == newer.as_str().map(str::to_lowercase)
    }

    #[test]
    fn the_older_spelling_stays_where_both_mean_the_same() {
        let line = |word: &str, size| map([("word", word.into()), ("size", Value::from(size))]);
        let list = |element| Value::List(vec![element]);
        let by_key = |element| map([("en", element)]);
        let cases = [
            ("word", Value::from("Exit"), Value::from("EXIT"), Value::from("Exit")),
            ("word", Value::from("Exit"), Value::from("Entry"), Value::from("Entry")),
            ("word", Value::Null, Value::from("EXIT"), Value::from("EXIT")),
            ("word", Value::from("Exit"), Value::unknown(), Value::unknown()),
            ("below", list(line("Exit", 1)), list(line("EXIT", 2)), list(line("Exit", 2))),
            ("translated", by_key(line("Exit", 1)), by_key(line("EXIT", 2)), by_key(line("Exit", 2))),
            ("translated", map([]), by_key(line("EXIT", 2)), by_key(line("EXIT", 2))),
            ("back", list(line("Exit", 1)), list(line("EXIT", 1)), list(line("Exit", 1))),
        ];
        assert!(has_spellings(&Sign::block()) && !has_spellings(&Plain::block()));
        for (name, older, newer, expected) in cases {
            let mut kept = map([(name, newer.clone())]);
            keep_spelling(&Sign::block(), &map([(name, older)]), &mut kept);
            assert_eq!(kept, map([(name, expected)]), "{name}: {newer:?}");
        }
    }
}
