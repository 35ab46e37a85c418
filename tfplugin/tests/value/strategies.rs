//! Random types and values, for every test that needs some.

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

use tfplugin::value::{Bound, Number, Refinement, Type, Value};

/// A type of at most four levels; without anything dynamic in it when its values are to be elements of a collection,
/// which must have one type.
pub(crate) fn any_type(dynamic: bool) -> BoxedStrategy<Type> {
    let scalars = [Type::String, Type::Number, Type::Bool, Type::Dynamic];
    let leaf = proptest::sample::select(scalars[..if dynamic { 4 } else { 3 }].to_vec());
    leaf.prop_recursive(3, 12, 4, move |inner| {
        let element = if dynamic { any_type(false) } else { inner.clone() };
        prop_oneof![
            element.clone().prop_map(|ty| Type::List(Box::new(ty))),
            element.clone().prop_map(|ty| Type::Set(Box::new(ty))),
            element.prop_map(|ty| Type::Map(Box::new(ty))),
            vec(inner.clone(), 0..4).prop_map(Type::Tuple),
            btree_map("[a-z\u{e9}]{1,3}", inner, 0..4).prop_map(Type::Object),
        ]
    })
    .boxed()
}

fn any_number() -> impl Strategy<Value = Number> {
    prop_oneof![
        any::<i64>().prop_map(Number::from),
        any::<u64>().prop_map(Number::from),
        any::<f64>().prop_filter_map("NaN", |double| Number::try_from(double).ok()),
        "-?[0-9]{1,40}(\\.[0-9]{1,40})?(e-?[0-9]{1,2})?"
            .prop_filter_map("too long", |text| text.parse().ok()),
    ]
}

fn any_bound() -> impl Strategy<Value = Option<Bound>> {
    // The text of a double may be too long for a refinement, which then goes without it.
    let bound = (any::<i64>(), any::<bool>());
    option::of(bound.prop_map(|(value, inclusive)| Bound { value: value.into(), inclusive }))
}

fn any_refinement(ty: &Type) -> BoxedStrategy<Refinement> {
    let prefix = option::of("[a-z]{1,5}");
    let length = || option::of(any::<u64>());
    let parts = (any::<bool>(), prefix, any_bound(), any_bound(), length(), length());
    let ty = ty.clone();
    let refinement = parts.prop_map(move |(not_null, prefix, lower, upper, min_length, max_length)| {
        let said = Refinement { not_null, ..Refinement::default() };
        match ty {
            Type::Dynamic => Refinement::default(),
            Type::String => Refinement { prefix, ..said },
            Type::Number => Refinement { lower, upper, ..said },
            Type::List(_) | Type::Set(_) | Type::Map(_) => Refinement { min_length, max_length, ..said },
            _ => said,
        }
    });
    refinement.boxed()
}

/// Text of any letters, also such that are not in normalization form C.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z]{0,40}", "[e\u{301}\u{e9}\u{1100}\u{1161}]{0,4}", any::<String>()]
}

/// A value of the type; `known` leaves out what JSON can't express.
fn any_value(ty: &Type, known: bool) -> BoxedStrategy<Value> {
    let whole = match ty {
        Type::String => any_text().prop_map(Value::from).boxed(),
        Type::Number => any_number()
            .prop_filter("infinite", move |number| !known || number.is_finite())
            .prop_map(Value::Number)
            .boxed(),
        Type::Bool => any::<bool>().prop_map(Value::from).boxed(),
        Type::Dynamic => any_type(true).prop_flat_map(move |ty| dynamic(ty, known)).boxed(),
        Type::List(ty) => vec(any_value(ty, known), 0..4).prop_map(Value::List).boxed(),
        Type::Set(ty) => vec(any_value(ty, known), 0..4).prop_map(Value::Set).boxed(),
        Type::Map(ty) => btree_map("[a-z]{0,4}", any_value(ty, known), 0..4).prop_map(Value::Map).boxed(),
        Type::Tuple(types) => {
            let elements: Vec<_> = types.iter().map(|ty| any_value(ty, known)).collect();
            elements.prop_map(Value::List).boxed()
        }
        Type::Object(types) => {
            let attribute = |(name, ty): (&String, &Type)| (Just(name.clone()), any_value(ty, known));
            let attributes: Vec<_> = types.iter().map(attribute).collect();
            attributes.prop_map(|attributes| Value::Map(attributes.into_iter().collect())).boxed()
        }
    };
    let unknown = any_refinement(ty).prop_map(Value::Unknown);
    if known {
        prop_oneof![6 => whole, 1 => Just(Value::Null)].boxed()
    } else {
        prop_oneof![6 => whole, 1 => Just(Value::Null), 1 => unknown].boxed()
    }
}

fn dynamic(ty: Type, known: bool) -> impl Strategy<Value = Value> {
    any_value(&ty, known).prop_map(move |value| Value::Dynamic(ty.clone(), Box::new(value)))
}

/// A type and a value of it.
pub(crate) fn typed_value(known: bool) -> impl Strategy<Value = (Type, Value)> {
    any_type(true).prop_flat_map(move |ty| (Just(ty.clone()), any_value(&ty, known)))
}
