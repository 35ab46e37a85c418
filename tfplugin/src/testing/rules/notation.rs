//! Values as core writes them in its messages, which is the notation of the Go library it is built on.

use crate::value::{Number, Refinement, Type, Value};

/// A value of a type, such as `cty.StringVal("a")`.
pub(super) fn notation(value: &Value, ty: &Type) -> String {
    match (value, ty) {
        (Value::Dynamic(ty, value), _) => notation(value, ty),
        (Value::Unknown(_), Type::Dynamic) => "cty.DynamicVal".to_owned(),
        (Value::Unknown(refinement), ty) => {
            format!("cty.UnknownVal({}){}", type_notation(ty), refined(refinement))
        }
        (Value::Null, ty) => format!("cty.NullVal({})", type_notation(ty)),
        (Value::Bool(true), _) => "cty.True".to_owned(),
        (Value::Bool(false), _) => "cty.False".to_owned(),
        (Value::Number(number), _) => number_notation(number),
        (Value::String(text), _) => format!("cty.StringVal({text:?})"),
        (Value::List(elements), Type::List(ty)) => sequence("List", elements, ty),
        (Value::Set(elements), Type::Set(ty)) => {
            let mut sorted = elements.clone();
            sorted.sort_unstable();
            sequence("Set", &sorted, ty)
        }
        (Value::List(elements), Type::Tuple(types)) => {
            let elements: Vec<_> = elements.iter().zip(types).map(|(e, ty)| notation(e, ty)).collect();
            format!("cty.TupleVal([]cty.Value{{{}}})", elements.join(", "))
        }
        (Value::Map(elements), Type::Map(ty)) if elements.is_empty() => {
            format!("cty.MapValEmpty({})", type_notation(ty))
        }
        (Value::Map(elements), Type::Map(ty)) => {
            members("Map", elements.iter().map(|(key, value)| (key, notation(value, ty))))
        }
        (Value::Map(attributes), Type::Object(types)) if !types.is_empty() => members(
            "Object",
            types.iter().map(|(name, ty)| (name, notation(attributes.get(name).unwrap_or(&Value::Null), ty))),
        ),
        (_, _) => "cty.EmptyObjectVal".to_owned(),
    }
}

/// A type, such as `cty.List(cty.String)`.
fn type_notation(ty: &Type) -> String {
    match ty {
        Type::String => "cty.String".to_owned(),
        Type::Number => "cty.Number".to_owned(),
        Type::Bool => "cty.Bool".to_owned(),
        Type::Dynamic => "cty.DynamicPseudoType".to_owned(),
        Type::List(ty) => format!("cty.List({})", type_notation(ty)),
        Type::Set(ty) => format!("cty.Set({})", type_notation(ty)),
        Type::Map(ty) => format!("cty.Map({})", type_notation(ty)),
        Type::Tuple(types) => {
            format!(
                "cty.Tuple([]cty.Type{{{}}})",
                types.iter().map(type_notation).collect::<Vec<_>>().join(", ")
            )
        }
        Type::Object(types) if types.is_empty() => "cty.EmptyObject".to_owned(),
        Type::Object(types) => {
            let types: Vec<_> =
                types.iter().map(|(name, ty)| format!("{name:?}:{}", type_notation(ty))).collect();
            format!("cty.Object(map[string]cty.Type{{{}}})", types.join(", "))
        }
    }
}

fn number_notation(number: &Number) -> String {
    match number.as_i64() {
        Some(whole) => format!("cty.NumberIntVal({whole})"),
        None => format!("cty.MustParseNumberVal(\"{number}\")"),
    }
}

fn sequence(kind: &str, elements: &[Value], ty: &Type) -> String {
    if elements.is_empty() {
        return format!("cty.{kind}ValEmpty({})", type_notation(ty));
    }
    let elements: Vec<_> = elements.iter().map(|element| notation(element, ty)).collect();
    format!("cty.{kind}Val([]cty.Value{{{}}})", elements.join(", "))
}

fn members<'v>(kind: &str, members: impl Iterator<Item = (&'v String, String)>) -> String {
    let members: Vec<_> = members.map(|(name, value)| format!("{name:?}:{value}")).collect();
    format!("cty.{kind}Val(map[string]cty.Value{{{}}})", members.join(", "))
}

fn refined(refinement: &Refinement) -> String {
    let Refinement { not_null, prefix, lower, upper, min_length, max_length } = refinement;
    let bound = |name: &str, bound: &crate::value::Bound| {
        format!(".Number{name}Bound({}, {})", number_notation(&bound.value), bound.inclusive)
    };
    let calls = [
        not_null.then(|| ".NotNull()".to_owned()),
        prefix.as_ref().map(|prefix| format!(".StringPrefixFull({prefix:?})")),
        lower.as_ref().map(|limit| bound("RangeLower", limit)),
        upper.as_ref().map(|limit| bound("RangeUpper", limit)),
        min_length.map(|length| format!(".CollectionLengthLowerBound({length})")),
        max_length.map(|length| format!(".CollectionLengthUpperBound({length})")),
    ];
    let calls: String = calls.into_iter().flatten().collect();
    match calls.as_str() {
        "" => calls,
        ".NotNull()" => ".RefineNotNull()".to_owned(),
        _ => format!(".Refine(){calls}.NewValue()"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_core_writes_them() {
        let ty = |json: &str| Type::parse_json(json.as_bytes()).unwrap();
        let text = || Value::from("a");
        let map = || Value::Map([("k".to_owned(), text())].into());
        let not_null = Refinement { not_null: true, ..Refinement::default() };
        let prefix = Refinement { prefix: Some("x-".to_owned()), ..not_null.clone() };
        let cases = [
            (text(), r#""string""#, r#"cty.StringVal("a")"#),
            (Value::from(true), r#""bool""#, "cty.True"),
            (Value::from(3), r#""number""#, "cty.NumberIntVal(3)"),
            (Value::Number("0.5".parse().unwrap()), r#""number""#, r#"cty.MustParseNumberVal("0.5")"#),
            (Value::Null, r#"["set","bool"]"#, "cty.NullVal(cty.Set(cty.Bool))"),
            (Value::unknown(), r#""string""#, "cty.UnknownVal(cty.String)"),
            (Value::unknown(), r#""dynamic""#, "cty.DynamicVal"),
            (Value::Unknown(not_null), r#""string""#, "cty.UnknownVal(cty.String).RefineNotNull()"),
            (
                Value::Unknown(prefix),
                r#""string""#,
                r#"cty.UnknownVal(cty.String).Refine().NotNull().StringPrefixFull("x-").NewValue()"#,
            ),
            (
                Value::List(vec![text()]),
                r#"["list","string"]"#,
                r#"cty.ListVal([]cty.Value{cty.StringVal("a")})"#,
            ),
            (Value::Set(vec![]), r#"["set","string"]"#, "cty.SetValEmpty(cty.String)"),
            (Value::List(vec![]), r#"["tuple",[]]"#, "cty.TupleVal([]cty.Value{})"),
            (map(), r#"["map","string"]"#, r#"cty.MapVal(map[string]cty.Value{"k":cty.StringVal("a")})"#),
            (
                map(),
                r#"["object",{"k":"string","n":["object",{"x":"bool"}]}]"#,
                r#"cty.ObjectVal(map[string]cty.Value{"k":cty.StringVal("a"), "n":cty.NullVal(cty.Object(map[string]cty.Type{"x":cty.Bool}))})"#,
            ),
            (Value::Map([].into()), r#"["object",{}]"#, "cty.EmptyObjectVal"),
            (Value::Dynamic(Type::Bool, Box::new(Value::Null)), r#""dynamic""#, "cty.NullVal(cty.Bool)"),
        ];
        for (value, json, expected) in cases {
            assert_eq!(notation(&value, &ty(json)), expected);
        }
    }
}
