//! Gives a scalar its type by the rules of YAML 1.1 as Kestra applies them, explicit tags included.

use std::borrow::Cow;
use std::sync::LazyLock;

use bigdecimal::num_bigint::BigInt;
use regex::Regex;

use super::event::Scalar;
use super::{Float, SyntaxErrorKind, Value};

/// Characters that Kestra reads at most in one number.
pub const MAX_NUMBER_LENGTH: usize = 1000;

const CORE_TAG: &str = "tag:yaml.org,2002:";

/// Spellings of truth; only lower case, capitalised and upper case count.
const BOOLEANS: [(&str, bool); 6] =
    [("true", true), ("yes", true), ("on", true), ("false", false), ("no", false), ("off", false)];

/// What an integer looks like without its tag.
static INTEGER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^[-+]?(?:0b_*[01][01_]*|0x_*[0-9a-fA-F][0-9a-fA-F_]*|0_*[0-7][0-7_]*|0|[1-9][0-9_]*)$")
});

/// What a number with a fraction looks like, the spellings that Kestra then fails to read included:
/// base 60, infinity, not-a-number.
static FLOAT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:[-+]?[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)|[-+]?[0-9][0-9_]*\.[0-9_]*",
        r"|[-+]?\.[0-9_]+(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*",
        r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$",
    ))
});

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the patterns of this file compile: every test uses them")
}

/// The value of a scalar.
pub(super) fn resolve(scalar: Scalar<'_>) -> Result<Value, SyntaxErrorKind> {
    match scalar.tag.as_deref() {
        _ if scalar.text.is_empty() => Ok(Value::String(String::new())),
        None if !scalar.plain => Ok(Value::String(scalar.text.into_owned())),
        None | Some("!") => untagged(scalar.text),
        Some(tag) => tagged(tag.strip_prefix(CORE_TAG).unwrap_or(tag), scalar.text),
    }
}

/// What Kestra makes of `text` when it stands without quotes and tag.
pub(crate) fn plain(text: &str) -> Result<Value, SyntaxErrorKind> {
    resolve(Scalar { text: Cow::Borrowed(text), plain: true, tag: None })
}

fn untagged(text: Cow<'_, str>) -> Result<Value, SyntaxErrorKind> {
    if matches!(&*text, "~" | "null" | "Null" | "NULL") {
        Ok(Value::Null)
    } else if let Some(value) = boolean(&text) {
        Ok(Value::Bool(value))
    } else if INTEGER.is_match(&text) {
        integer(text)
    } else if FLOAT.is_match(&text) {
        float(text)
    } else {
        Ok(Value::String(text.into_owned()))
    }
}

fn tagged(tag: &str, text: Cow<'_, str>) -> Result<Value, SyntaxErrorKind> {
    match tag {
        "null" => Ok(Value::Null),
        "int" => integer(text),
        "float" => float(text),
        "bool" => {
            Ok(boolean_in_any_case(&text).map_or_else(|| Value::String(text.into_owned()), Value::Bool))
        }
        _ => Ok(Value::String(text.into_owned())),
    }
}

fn boolean(text: &str) -> Option<bool> {
    let lower = text.to_ascii_lowercase();
    let capitalised = text.get(1..).is_some_and(|tail| lower.ends_with(tail));
    let upper = !text.contains(|letter: char| letter.is_ascii_lowercase());
    let (_, value) = BOOLEANS.into_iter().find(|(word, _)| *word == lower)?;
    (capitalised || upper).then_some(value)
}

/// `!!bool` is laxer than a plain word: any case, and `y` and `n` too.
fn boolean_in_any_case(text: &str) -> Option<bool> {
    let lower = text.to_ascii_lowercase();
    let words = BOOLEANS.into_iter().chain([("y", true), ("n", false)]);
    words.into_iter().find(|(word, _)| *word == lower).map(|(_, value)| value)
}

fn integer(text: Cow<'_, str>) -> Result<Value, SyntaxErrorKind> {
    refuse_long(&text)?;
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    let (radix, digits) = match digits.as_bytes() {
        [b'0', b'b' | b'B', ..] => (2, &digits[2..]),
        [b'0', b'x' | b'X', ..] => (16, &digits[2..]),
        [b'0', b'0'..=b'9' | b'_', ..] => (8, &digits[1..]),
        _ if digits.starts_with(|first: char| first.is_ascii_digit() || first == '_')
            && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_') =>
        {
            (10, digits)
        }
        // Only behind an explicit `!!int`, which Kestra then takes for a string.
        _ => return Ok(Value::String(text.into_owned())),
    };
    match BigInt::parse_bytes(digits.replace('_', "").as_bytes(), radix) {
        Some(value) => Ok(Value::Int(if negative { -value } else { value })),
        None => Err(SyntaxErrorKind::MalformedNumber { text: text.into_owned() }),
    }
}

fn float(text: Cow<'_, str>) -> Result<Value, SyntaxErrorKind> {
    refuse_long(&text)?;
    let digits = text.replace('_', "");
    // Rust also reads the words `inf` and `nan`.
    let worded =
        digits.contains(|letter: char| letter.is_ascii_alphabetic() && !letter.eq_ignore_ascii_case(&'e'));
    match digits.parse() {
        Ok(value) if !worded => Ok(Value::Float(Float { text: text.into_owned(), value })),
        _ => Err(SyntaxErrorKind::MalformedNumber { text: text.into_owned() }),
    }
}

fn refuse_long(text: &str) -> Result<(), SyntaxErrorKind> {
    if text.len() > MAX_NUMBER_LENGTH {
        return Err(SyntaxErrorKind::NumberTooLong { limit: MAX_NUMBER_LENGTH });
    }
    Ok(())
}
