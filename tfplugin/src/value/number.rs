//! Numbers without loss: what a user writes as 0.1 or 2^64 reaches the provider as exactly that, which an `f64` can't hold.

use std::fmt;
use std::str::FromStr;

use bigdecimal::{BigDecimal, ToPrimitive};
use thiserror::Error;

/// Digits a number may have on either side of the decimal point. An `f64` needs at most 1074, and without a limit the
/// eleven characters of `1e999999999` would become a gigabyte of zeros.
const MAX_DIGITS: i64 = 4096;

/// The longest text worth reading: enough for every number within [`MAX_DIGITS`], and some superfluous zeros.
const MAX_TEXT: usize = 10_000;

/// A number of any size and precision, compared by its decimal value: `1`, `1.0` and `1e0` are one number.
///
/// Finite numbers have at most 4096 digits on either side of the decimal point. [`Display`](fmt::Display) writes plain
/// decimal digits without exponent or superfluous zeros (`0.1`, `-5`, `100`), and `+Inf` or `-Inf`; [`FromStr`] reads
/// decimal numbers with an optional sign, fraction and exponent.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(Repr);

/// In ascending order, which the derived order follows.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Repr {
    NegativeInfinity,
    Finite(BigDecimal),
    Infinity,
}

/// Why something is not a [`Number`], or a number can't be written as asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NumberError {
    /// The text does not follow the grammar of numbers.
    #[error("a number is written in decimal digits, such as 10, -0.5 or 1.5e3")]
    NotDecimal,
    /// More digits than any sensible number has.
    #[error("a number may have at most 4096 digits on either side of the decimal point")]
    OutOfRange,
    /// The floating-point "not a number".
    #[error("NaN is not a number in Terraform")]
    NaN,
    /// JSON has no infinities, and its readers hold large whole numbers only up to 64 bits.
    #[error("the number is infinite or too large to be written as a JSON number without loss")]
    NotJson,
}

impl Number {
    fn finite(value: &BigDecimal) -> Result<Self, NumberError> {
        let value = value.normalized();
        let fraction_digits = value.fractional_digit_count();
        let whole_digits = value.digits().to_i64().unwrap_or(i64::MAX).saturating_sub(fraction_digits);
        if fraction_digits.max(whole_digits) > MAX_DIGITS {
            return Err(NumberError::OutOfRange);
        }
        Ok(Self(Repr::Finite(value)))
    }

    /// The number if it is whole and fits 64 bits; never rounded.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_integer().and_then(ToPrimitive::to_i64)
    }

    /// The same for unsigned integers.
    pub fn as_u64(&self) -> Option<u64> {
        self.as_integer().and_then(ToPrimitive::to_u64)
    }

    fn as_integer(&self) -> Option<&BigDecimal> {
        match &self.0 {
            Repr::Finite(value) if value.is_integer() => Some(value),
            _ => None,
        }
    }

    /// The nearest double; an infinity when the number is beyond their range.
    pub fn to_f64(&self) -> f64 {
        match &self.0 {
            Repr::NegativeInfinity => f64::NEG_INFINITY,
            Repr::Infinity => f64::INFINITY,
            // The standard library rounds correctly, and its grammar takes every text written here.
            Repr::Finite(value) => value.to_plain_string().parse().unwrap_or(f64::NAN),
        }
    }

    /// Whether the number is finite and has no fraction.
    pub fn is_integer(&self) -> bool {
        self.as_integer().is_some()
    }

    /// Whether the number is neither infinity.
    pub fn is_finite(&self) -> bool {
        matches!(self.0, Repr::Finite(_))
    }
}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        Self(Repr::Finite(number.into()))
    }
}

impl From<u64> for Number {
    fn from(number: u64) -> Self {
        Self(Repr::Finite(number.into()))
    }
}

/// Takes the exact value of the double, which for `0.1_f64` has 55 digits. NaN is refused.
impl TryFrom<f64> for Number {
    type Error = NumberError;

    fn try_from(number: f64) -> Result<Self, NumberError> {
        match number {
            f64::INFINITY => Ok(Self(Repr::Infinity)),
            f64::NEG_INFINITY => Ok(Self(Repr::NegativeInfinity)),
            number => Self::finite(&BigDecimal::try_from(number).map_err(|_| NumberError::NaN)?),
        }
    }
}

impl FromStr for Number {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        if text.len() > MAX_TEXT {
            return Err(NumberError::OutOfRange);
        }
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        if !is_mantissa(unsigned(mantissa)) || !is_digits(unsigned(exponent)) {
            return Err(NumberError::NotDecimal);
        }
        if !exponent.parse::<i64>().is_ok_and(|exponent| exponent.unsigned_abs() <= MAX_TEXT as u64) {
            return Err(NumberError::OutOfRange);
        }
        Self::finite(&text.parse().map_err(|_| NumberError::NotDecimal)?)
    }
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['+', '-']).unwrap_or(text)
}

/// Digits with at most one point among, before or after them.
fn is_mantissa(text: &str) -> bool {
    match text.split_once('.') {
        None => is_digits(text),
        Some((whole, "")) => is_digits(whole),
        Some(("", fraction)) => is_digits(fraction),
        Some((whole, fraction)) => is_digits(whole) && is_digits(fraction),
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Takes the number's text, so 0.1 is 0.1 and not the double nearest to it.
impl TryFrom<&serde_json::Number> for Number {
    type Error = NumberError;

    fn try_from(number: &serde_json::Number) -> Result<Self, NumberError> {
        number.to_string().parse()
    }
}

/// Whole numbers stay exact or are refused; fractions become the nearest double, as every JSON reader has them.
impl TryFrom<&Number> for serde_json::Number {
    type Error = NumberError;

    fn try_from(number: &Number) -> Result<Self, NumberError> {
        if let Some(number) = number.as_i64() {
            return Ok(number.into());
        }
        if let Some(number) = number.as_u64() {
            return Ok(number.into());
        }
        let double = Self::from_f64(number.to_f64()).ok_or(NumberError::NotJson)?;
        match number.as_integer() {
            Some(_) if Number::try_from(&double)? != *number => Err(NumberError::NotJson),
            _ => Ok(double),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::NegativeInfinity => f.write_str("-Inf"),
            Repr::Infinity => f.write_str("+Inf"),
            Repr::Finite(value) => value.write_plain_string(f),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Number({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        text.parse().unwrap()
    }

    #[test]
    fn text_becomes_canonical() {
        let cases = [
            ("1", "1"),
            ("1.0", "1"),
            ("1e0", "1"),
            ("+10", "10"),
            ("007", "7"),
            ("-0", "0"),
            ("0e5", "0"),
            ("0.10", "0.1"),
            (".5", "0.5"),
            ("-.5", "-0.5"),
            ("5.", "5"),
            ("1.5E+3", "1500"),
            ("25e-4", "0.0025"),
            ("18446744073709551616", "18446744073709551616"),
            ("0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827"),
        ];
        for (text, expected) in cases {
            assert_eq!(number(text).to_string(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        let refused = |text: &str| text.parse::<Number>().unwrap_err();
        for text in [
            "", " 1", "1 ", "+", "-", ".", "e5", "1e", "1e+", "1_000", "0x10", "1.2.3", "--1", "1e1.5",
            "Inf", "NaN", "١",
        ] {
            assert_eq!(refused(text), NumberError::NotDecimal, "{text:?}");
        }
        for text in ["1e999999999", "1e-999999999", "1e4096", "1e-4097", "1e99999999999999999999", "0e10001"]
        {
            assert_eq!(refused(text), NumberError::OutOfRange, "{text}");
        }
        assert_eq!(refused(&"9".repeat(4097)), NumberError::OutOfRange);
        assert_eq!(refused(&"9".repeat(1_000_000)), NumberError::OutOfRange);
    }

    #[test]
    fn the_largest_and_smallest_text_reads_back() {
        for text in ["1e4095", "1e-4096", "-123456789e-4096"] {
            let parsed = number(text);
            assert_eq!(number(&parsed.to_string()), parsed, "{text}");
        }
    }

    #[test]
    fn order_and_hash_follow_the_value() {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let hash = |number: &Number| {
            let mut hasher = DefaultHasher::new();
            number.hash(&mut hasher);
            hasher.finish()
        };
        for (a, b) in [("100", "1e2"), ("0", "-0.0"), ("1.50", "15e-1")] {
            assert_eq!(number(a), number(b));
            assert_eq!(hash(&number(a)), hash(&number(b)), "{a} {b}");
        }
        assert_eq!(Number::from(100_i64), number("1e2"));
        assert_eq!(hash(&Number::from(100_i64)), hash(&number("1e2")));
        let infinite = |number: f64| Number::try_from(number).unwrap();
        let ascending = [
            infinite(f64::NEG_INFINITY),
            number("-2"),
            number("-1.5"),
            number("0"),
            number("1e30"),
            infinite(f64::INFINITY),
        ];
        assert!(ascending.is_sorted());
    }

    #[test]
    fn doubles_are_taken_exactly() {
        let cases = [
            (0.5, "0.5"),
            (-0.0, "0"),
            (1e3, "1000"),
            (0.1, "0.1000000000000000055511151231257827021181583404541015625"),
            (f64::INFINITY, "+Inf"),
            (f64::NEG_INFINITY, "-Inf"),
        ];
        for (double, expected) in cases {
            assert_eq!(Number::try_from(double).unwrap().to_string(), expected);
        }
        for double in [f64::MAX, f64::MIN, f64::MIN_POSITIVE, 5e-324, 0.1, f64::INFINITY] {
            assert_eq!(Number::try_from(double).unwrap().to_f64(), double);
        }
        assert_eq!(Number::try_from(f64::NAN), Err(NumberError::NaN));
        assert_eq!(number("1e400").to_f64(), f64::INFINITY);
        assert_eq!(number("0.1").to_f64(), 0.1);
    }

    #[test]
    fn only_whole_numbers_of_64_bits_are_i64() {
        let cases = [
            ("9223372036854775807", Some(i64::MAX)),
            ("-9223372036854775808", Some(i64::MIN)),
            ("9223372036854775808", None),
            ("1.5", None),
            ("1e3", Some(1000)),
            ("1e400", None),
        ];
        for (text, expected) in cases {
            assert_eq!(number(text).as_i64(), expected, "{text}");
        }
        assert_eq!(Number::try_from(f64::INFINITY).unwrap().as_i64(), None);
    }

    #[test]
    fn json_numbers_keep_their_text() {
        let refused = Err(NumberError::NotJson);
        let cases = [
            ("1", Ok("1")),
            ("-9223372036854775808", Ok("-9223372036854775808")),
            ("18446744073709551615", Ok("18446744073709551615")),
            ("0.1", Ok("0.1")),
            ("1e20", Ok("1e20")),
            ("18446744073709551616", refused),
            ("1e400", refused),
        ];
        for (text, expected) in cases {
            let json = serde_json::Number::try_from(&number(text));
            let expected = expected.map(|text| serde_json::from_str(text).unwrap());
            assert_eq!(json, expected, "{text}");
            if let Ok(json) = json {
                assert_eq!(Number::try_from(&json).unwrap(), number(text));
            }
        }
        let infinite = Number::try_from(f64::INFINITY).unwrap();
        assert_eq!(serde_json::Number::try_from(&infinite), Err(NumberError::NotJson));
    }
}
