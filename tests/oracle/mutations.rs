//! Flows with one mistake each, made from flows that are right. The seed is fixed: every run judges the same flows.

use serde_json::{Map, Value, json};

/// A way to break a flow.
#[derive(Debug, Clone, Copy)]
pub(super) enum Mutation {
    /// A property or an item goes.
    Drop,
    /// A property gets another name, or a `type` another value.
    Rename,
    /// A value becomes one of another type.
    Retype,
    /// An item comes twice.
    Duplicate,
}

impl Mutation {
    pub(super) const ALL: [Self; 4] = [Self::Drop, Self::Rename, Self::Retype, Self::Duplicate];

    /// Breaks one place of a document, where there is one to break.
    pub(super) fn apply(self, document: &Value, random: &mut Random) -> Option<Value> {
        let mut places = Vec::new();
        collect(document, &mut String::new(), &mut places);
        places.retain(|place| self.fits(document, place));
        let place = random.pick(&places)?;
        let mut mutated = document.clone();
        let (parent, name) = place.rsplit_once('/')?;
        let name = name.replace("~1", "/").replace("~0", "~");
        match mutated.pointer_mut(parent)? {
            Value::Object(entries) => self.change_property(entries, &name, random),
            Value::Array(items) => self.change_item(items, name.parse().ok()?, random),
            _ => {}
        }
        Some(mutated)
    }

    fn fits(self, document: &Value, place: &str) -> bool {
        let parent = place.rsplit_once('/').and_then(|(parent, _)| document.pointer(parent));
        match self {
            Self::Drop | Self::Retype => true,
            Self::Rename => parent.is_some_and(Value::is_object),
            Self::Duplicate => parent.is_some_and(Value::is_array),
        }
    }

    /// The other properties stay in their order.
    fn change_property(self, entries: &mut Map<String, Value>, name: &str, random: &mut Random) {
        for (other, value) in std::mem::take(entries) {
            match (self, &value) {
                _ if other != name => entries.insert(other, value),
                (Self::Rename, Value::String(text)) if name == "type" => {
                    entries.insert(other, json!(misspelled(text, random)))
                }
                (Self::Rename, _) => entries.insert(misspelled(name, random), value),
                (Self::Retype, _) => entries.insert(other, retyped(&value, random)),
                (Self::Drop | Self::Duplicate, _) => None,
            };
        }
    }

    fn change_item(self, items: &mut Vec<Value>, index: usize, random: &mut Random) {
        match self {
            Self::Duplicate => items.insert(index, items[index].clone()),
            Self::Retype => items[index] = retyped(&items[index], random),
            Self::Drop | Self::Rename => {
                items.remove(index);
            }
        }
    }
}

/// The pointers to all values inside a document.
fn collect(value: &Value, path: &mut String, places: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(entries) => entries.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(items) => {
            items.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect()
        }
        _ => return,
    };
    for (name, child) in children {
        let length = path.len();
        path.push('/');
        path.push_str(&name.replace('~', "~0").replace('/', "~1"));
        places.push(path.clone());
        collect(child, path, places);
        path.truncate(length);
    }
}

/// A name as it comes out of a hurry: a letter too few, too many, in the wrong place or of the wrong case.
fn misspelled(name: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    if letters.len() < 2 {
        return format!("{name}x");
    }
    let at = letters.len() - 1 - random.below(letters.len().min(6) - 1);
    match random.below(4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 if letters[at] != letters[at - 1] => letters.swap(at - 1, at),
        _ => letters.insert(0, 'x'),
    }
    letters.into_iter().collect()
}

fn retyped(value: &Value, random: &mut Random) -> Value {
    let mut values = [
        json!("abc"),
        json!(""),
        json!(3),
        json!(-1.5),
        json!(true),
        json!(null),
        json!([]),
        json!(["abc"]),
        json!({}),
        json!({"abc": 3}),
        json!("{{ vars.abc }}"),
    ]
    .to_vec();
    values.retain(|other| other != value);
    random.pick(&values).cloned().unwrap_or_default()
}

/// Numbers in an order that looks random and is always the same (SplitMix64).
pub(super) struct Random(pub(super) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap_or_default()
    }

    /// One of several; `None` of none.
    pub(super) fn pick<'all, T>(&mut self, all: &'all [T]) -> Option<&'all T> {
        all.get(self.below(all.len()))
    }
}
