//! What must hold for every type and value: both forms give back what they were given, and no bytes make a reader panic.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

mod fuzz;
mod strategies;

use proptest::prelude::*;

use tfplugin::value::{Number, Type, json, msgpack};

use strategies::{any_type, typed_value};

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
    fn no_text_makes_the_number_reader_panic(text in "[0-9eE.+_-]{0,12}") {
        if let Ok(number) = text.parse::<Number>() {
            prop_assert_eq!(number.to_string().parse::<Number>().unwrap(), number);
        }
    }
}
