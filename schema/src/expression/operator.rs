//! The operators of Kestra's expressions and how tightly each binds. The table is what the engines of both
//! lines report; 2.0 loosened `??`, `???` and `isIn`.

use crate::line::KestraLine;

/// How tightly the operators in front of their operand bind: tighter than all others.
pub(super) const UNARY: u16 = 500;

/// Operators in front of their operand.
pub(super) const PREFIXES: [&str; 3] = ["not", "+", "-"];

/// Operators that are words; longer ones first where one starts another.
pub(super) const WORDS: [&str; 8] = ["is not", "is", "isIn", "contains", "equals", "or", "and", "not"];

/// Operators that are signs, longer ones first where one starts another.
pub(super) const SIGNS: [&str; 16] =
    ["???", "??", "==", "!=", ">=", "<=", "..", "+", "-", "*", "/", "%", "|", "~", ">", "<"];

/// The operator that is spelled so.
pub(super) fn named(spelling: &str) -> Option<&'static str> {
    WORDS.iter().chain(&SIGNS).find(|operator| **operator == spelling).copied()
}

/// How tightly a binary operator binds on `line`; all group to the left. `None` for no binary operator.
pub(super) fn precedence(operator: &str, line: KestraLine) -> Option<u16> {
    Some(match operator {
        "or" => 10,
        "and" => 15,
        "is" | "is not" | "contains" => 20,
        "==" | "equals" | "!=" | ">" | "<" | ">=" | "<=" => 30,
        "??" | "???" | "isIn" if line == KestraLine::V2_0 => 30,
        "+" | "-" => 40,
        "*" | "/" | "%" => 60,
        "|" => 100,
        "~" => 110,
        ".." | "??" | "???" | "isIn" => 120,
        _ => return None,
    })
}
