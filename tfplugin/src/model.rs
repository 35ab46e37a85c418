//! Models: a documented struct stands for a schema, the codec of its values and the text of its documentation.

use std::collections::BTreeMap;

use crate::schema::{Attribute, Block, IdentitySchema};
use crate::value::{Path, Value, ValueError};

pub use crate::attr::Attr;
pub use crate::block_field::BlockField;
pub use crate::field::{Dynamic, Field};
pub use tfplugin_derive::Model;

/// The content of a block, as a struct with one field per attribute. Derive it:
///
/// ```
/// use tfplugin::model::{Attr, Model};
///
/// /// A key with its value.
/// #[derive(Clone, Debug, Default, Model)]
/// pub struct Entry {
///     /// Name of the entry; another name is another entry.
///     #[attr(required, identity)]
///     pub key: Attr<String>,
///     /// What the entry holds.
///     #[attr(optional, sensitive)]
///     pub value: Attr<String>,
///     /// How often the entry was written.
///     #[attr(computed)]
///     pub revision: Attr<i64>,
/// }
///
/// assert_eq!(Entry::block().attributes.len(), 3);
/// assert_eq!(Entry::IDENTITY, ["key"]);
/// ```
///
/// A field is described by its doc comment and by `#[attr(…)]`:
///
/// | word | meaning |
/// |---|---|
/// | `required`, `optional`, `computed` | who gives the value; `optional, computed` together: the user may |
/// | `identity` | part of the object's identity and of its import id, in the order of the fields; a change replaces the object |
/// | `id` | the import id itself: the identity joined by `/` |
/// | `identity_optional` | part of the identity that an import may leave out, and not part of the import id; `read` fills it in |
/// | `replace` | a change replaces the object |
/// | `replace_if = expr` | a change replaces the object if the [`Comparison`](crate::schema::Comparison) of both values says so |
/// | `stable` | a computed value that survives changes of other attributes |
/// | `sensitive`, `write_only` | hidden by the host; never stored |
/// | `default = expr` | what an unset attribute means |
/// | `validate = expr` | a [`Validator`](crate::validate::Validator); may be repeated |
/// | `same = expr` | a [`Comparison`](crate::schema::Comparison) that knows when two spellings mean the same: the older then stays |
/// | `deprecated = "…"` | why not to use it any more |
/// | `flatten` | the fields of another model, as if they were written here; identity and id come from it |
/// | `block`, `min = n`, `max = n` | a nested block, written `name { … }`, instead of a nested attribute |
///
/// And the struct by `#[model(…)]`, whose words say how many of some attributes a configuration sets:
/// `exactly_one_of(a, b)`, `at_most_one_of(a, b)`, `at_least_one_of(a, b)`, `all_or_none(a, b)`.
pub trait Model: Sized + Send + Sync + 'static {
    /// The attributes that name the object for good, in the order of its import id. Empty for models without identity.
    const IDENTITY: &'static [&'static str];

    /// Further attributes of the identity, which an import may leave out.
    const IDENTITY_OPTIONAL: &'static [&'static str];

    /// The attribute that holds the import id, if there is one.
    const ID: Option<&'static str>;

    /// The schema of this model.
    fn block() -> Block;

    /// Takes the model's fields out of an object.
    fn read(object: &mut Object<'_>) -> Result<Self, ValueError>;

    /// Puts the model's fields into an object.
    fn write(&self, object: &mut BTreeMap<String, Value>);

    /// Reads the model from an object value, whose place is `path`.
    fn from_value(value: Value, path: &Path) -> Result<Self, ValueError> {
        Self::read(&mut Object::open::<Self>(value, path)?)
    }

    /// The model as an object value.
    fn to_value(&self) -> Value {
        let mut object = BTreeMap::new();
        self.write(&mut object);
        Value::Map(object)
    }

    /// The schema of the identity, where the model has one.
    fn identity() -> Option<IdentitySchema> {
        let block = Self::block();
        let named = |names: &[&str]| -> Vec<Attribute> {
            names.iter().filter_map(|name| block.attribute(name).cloned()).collect()
        };
        let (attributes, optional) = (named(Self::IDENTITY), named(Self::IDENTITY_OPTIONAL));
        (!attributes.is_empty()).then_some(IdentitySchema { version: 0, attributes, optional })
    }
}

/// An object value being taken apart, field by field.
pub struct Object<'a> {
    attributes: BTreeMap<String, Value>,
    path: &'a Path,
}

impl<'a> Object<'a> {
    /// Starts reading the object of model `M` at `path`.
    pub fn open<M: Model>(value: Value, path: &'a Path) -> Result<Self, ValueError> {
        match value {
            Value::Map(attributes) => Ok(Self { attributes, path }),
            other => Err(ValueError::mismatch(path.clone(), &M::block().object_type(), &other)),
        }
    }

    /// Takes out the attribute `name`; one that is not there reads as null.
    pub fn take<T: Field>(&mut self, name: &str) -> Result<T, ValueError> {
        let value = self.attributes.remove(name).unwrap_or_default();
        T::from_value(value, &self.path.clone().attribute(name))
    }
}
