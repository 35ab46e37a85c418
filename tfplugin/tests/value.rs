//! What must hold for every type and value: both forms give back what they were given, and no bytes make a reader panic.

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

use tfplugin::value::{Bound, Number, Refinement, Type, Value, json, msgpack};

/// A type of at most four levels; without anything dynamic in it when its values are to be elements of a collection,
/// which must have one type.
fn any_type(dynamic: bool) -> BoxedStrategy<Type> {
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

fn typed_value(known: bool) -> impl Strategy<Value = (Type, Value)> {
    any_type(true).prop_flat_map(move |ty| (Just(ty.clone()), any_value(&ty, known)))
}

proptest! {
    #[test]
    fn a_type_survives_its_json_form(ty in any_type(true)) {
        prop_assert_eq!(Type::parse_json(ty.to_json().as_bytes()), Ok(ty));
    }

    #[test]
    fn a_value_survives_msgpack((ty, value) in typed_value(false)) {
        let data = msgpack::encode(&value, &ty).unwrap();
        let read = msgpack::decode(&data, &ty).unwrap();
        prop_assert_eq!(&read, &value);
        prop_assert_eq!(read.conforms(&ty), Ok(()));
        let mut rest = data.as_slice();
        rmpv::decode::read_value(&mut rest).unwrap();
        prop_assert!(rest.is_empty(), "another reader finds one item");
    }

    #[test]
    fn a_known_value_survives_json((ty, value) in typed_value(true)) {
        let text = json::encode(&value, &ty).unwrap();
        prop_assert_eq!(json::decode(&text, &ty).unwrap(), value);
        prop_assert!(serde_json::from_slice::<&serde_json::value::RawValue>(&text).is_ok());
    }

    #[test]
    fn an_unknown_anywhere_keeps_a_value_out_of_json((ty, value) in typed_value(false)) {
        let infinite = format!("{value:?}").contains("Inf");
        prop_assert_eq!(json::encode(&value, &ty).is_err(), value.has_unknown() || infinite);
        let mut value = value;
        value.null_unknowns();
        prop_assert!(value.is_wholly_known() && value.conforms(&ty).is_ok());
    }

    #[test]
    fn equality_is_an_order((_, a) in typed_value(false), (_, b) in typed_value(false)) {
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        prop_assert_eq!(a == b, a.cmp(&b).is_eq());
        prop_assert_eq!(&a, &a.clone());
    }

    #[test]
    fn no_bytes_make_the_msgpack_reader_panic(ty in any_type(true), data in vec(any::<u8>(), 0..64)) {
        if let Ok(value) = msgpack::decode(&data, &ty) {
            prop_assert!(msgpack::encode(&value, &ty).is_ok() || ty.has_dynamic());
        }
    }

    #[test]
    fn no_damage_makes_the_msgpack_reader_panic(
        (ty, value) in typed_value(false),
        damage in vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut data = msgpack::encode(&value, &ty).unwrap();
        for (place, byte) in damage {
            let place = place.index(data.len());
            data[place] = byte;
        }
        let _ = msgpack::decode(&data, &ty);
    }

    #[test]
    fn no_text_makes_the_json_reader_panic(ty in any_type(true), text in r#"[\[\]{}",:0-9truefalsn\\u.eE+-]{0,40}"#) {
        if let Ok(value) = json::decode(text.as_bytes(), &ty) {
            prop_assert!(json::encode(&value, &ty).is_ok() || ty.has_dynamic());
        }
    }

    #[test]
    fn no_damage_makes_the_json_reader_panic(
        (ty, value) in typed_value(true),
        damage in vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut data = json::encode(&value, &ty).unwrap();
        for (place, byte) in damage {
            let place = place.index(data.len());
            data[place] = byte;
        }
        let _ = json::decode_stored(&data, &ty);
        let _ = Type::parse_json(&data);
    }

    #[test]
    fn no_text_makes_the_number_reader_panic(text in "[0-9eE.+_-]{0,12}") {
        if let Ok(number) = text.parse::<Number>() {
            prop_assert_eq!(number.to_string().parse::<Number>().unwrap(), number);
        }
    }
}
