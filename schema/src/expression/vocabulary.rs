//! The functions, filters and tests that expressions can use, by line of Kestra. The tables are what the
//! engines of 1.3.31 and 2.0.0 report that Kestra sets up: Pebble's own without those that Kestra takes out,
//! and Kestra's. Plugins of Enterprise editions may bring more.

use crate::line::KestraLine::{self, V1_3, V2_0};

/// A function, a filter or a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Its name.
    pub name: &'static str,
    /// The names of its arguments in their order; `None` when it takes whatever it gets.
    pub arguments: Option<&'static [&'static str]>,
    lines: &'static [KestraLine],
}

const BOTH: &[KestraLine] = &[V1_3, V2_0];
const OLD: &[KestraLine] = &[V1_3];
const NEW: &[KestraLine] = &[V2_0];
const ANY: &[&str] = &[];

const fn word(name: &'static str, arguments: &'static [&'static str], lines: &'static [KestraLine]) -> Word {
    Word { name, arguments: if arguments.is_empty() { None } else { Some(arguments) }, lines }
}

/// The words of one kind that `line` knows.
pub fn known(words: &'static [Word], line: KestraLine) -> impl Iterator<Item = &'static Word> {
    words.iter().filter(move |word| word.lines.contains(&line))
}

/// The word `name` of one kind that `line` knows.
pub fn find(words: &'static [Word], name: &str, line: KestraLine) -> Option<&'static Word> {
    known(words, line).find(|word| word.name == name)
}

/// What took the place of words that a line dropped.
pub const SUCCESSORS: &[(&str, &str)] =
    &[("json", "fromJson(…) or | toJson"), ("currentEachOutput", "loopOutputs")];

/// Functions: `name(…)`.
pub const FUNCTIONS: &[Word] = &[
    word("block", ANY, BOTH),
    word("currentEachOutput", &["outputs"], OLD),
    word("dayOfMonth", &["date"], NEW),
    word("dayOfWeek", &["date"], NEW),
    word("decrypt", &["key", "encrypted"], BOTH),
    word("encrypt", &["key", "plaintext"], BOTH),
    word("env", &["name", "default"], NEW),
    word("errorLogs", ANY, BOTH),
    word("fetchContext", ANY, BOTH),
    word("fileExists", &["path", "namespace"], BOTH),
    word("fileSize", &["path", "namespace"], BOTH),
    word("fileURI", &["path", "namespace", "version"], OLD),
    word("fileURI", &["path", "namespace", "revision"], NEW),
    word("fromIon", &["ion", "allRows"], BOTH),
    word("fromJson", &["json"], BOTH),
    word("hourOfDay", &["date"], NEW),
    word("http", &["uri", "method", "query", "body", "contentType", "headers", "options", "accept"], BOTH),
    word("i18n", &["bundle", "key", "params"], BOTH),
    word("id", ANY, BOTH),
    word("isDayWeekInMonth", &["date", "dayOfWeek", "position"], NEW),
    word("isFileEmpty", &["path", "namespace"], BOTH),
    word("isLastWorkingDay", &["date", "workingDays"], NEW),
    word("isPublicHoliday", &["date", "countryCode", "subDivision"], NEW),
    word("isWeekend", &["date"], NEW),
    word("json", &["json"], OLD),
    word("ksuid", ANY, BOTH),
    word("kv", &["key", "namespace", "errorOnMissing"], BOTH),
    word("loopOutputs", &["outputs", "name"], NEW),
    word("max", ANY, BOTH),
    word("min", ANY, BOTH),
    word("monthOfYear", &["date"], NEW),
    word("nanoId", &["length", "alphabet"], BOTH),
    word("now", &["format", "timeZone", "existingFormat", "locale"], BOTH),
    word("parent", ANY, BOTH),
    word("printContext", ANY, BOTH),
    word("randomInt", &["lower", "upper"], BOTH),
    word("randomPort", ANY, BOTH),
    word("range", &["start", "end", "increment"], BOTH),
    word("read", &["path", "namespace", "version"], OLD),
    word("read", &["path", "namespace", "revision"], NEW),
    word("render", &["toRender", "recursive"], BOTH),
    word("renderOnce", &["toRender"], BOTH),
    word("secret", &["key", "namespace", "subkey", "full"], BOTH),
    word("subflow", &["namespace", "id", "inputs", "revision", "labels", "timeout"], BOTH),
    word("tasksWithState", &["state"], BOTH),
    word("uuid", ANY, BOTH),
    word("yaml", &["yaml"], BOTH),
];

/// Filters: `value | name(…)`.
pub const FILTERS: &[Word] = &[
    word("abbreviate", &["length"], BOTH),
    word("abs", ANY, BOTH),
    word("base64decode", ANY, BOTH),
    word("base64encode", ANY, BOTH),
    word("capitalize", ANY, BOTH),
    word("chunk", &["size"], BOTH),
    word("className", ANY, BOTH),
    word("date", &["format", "timeZone", "existingFormat", "locale"], BOTH),
    word("dateAdd", &["amount", "unit", "format", "timeZone", "existingFormat", "locale"], BOTH),
    word("default", &["default"], BOTH),
    word("distinct", ANY, BOTH),
    word("endsWith", &["value"], BOTH),
    word("escapeChar", &["type"], BOTH),
    word("first", ANY, BOTH),
    word("flatten", ANY, BOTH),
    word("format", ANY, BOTH),
    word("indent", &["amount", "prefix"], BOTH),
    word("join", &["separator"], BOTH),
    word("jq", &["expression"], BOTH),
    word("json", ANY, OLD),
    word("keys", ANY, BOTH),
    word("last", ANY, BOTH),
    word("length", ANY, BOTH),
    word("lower", ANY, BOTH),
    word("md5", ANY, BOTH),
    word("merge", &["items"], BOTH),
    word("nindent", &["amount", "prefix"], BOTH),
    word("nl2br", ANY, BOTH),
    word("number", &["type"], BOTH),
    word("numberFormat", &["format"], BOTH),
    word("regexExtract", &["regex", "group"], NEW),
    word("regexMatch", &["regex"], NEW),
    word("regexReplace", &["regex", "replacement"], NEW),
    word("replace", &["replace_pairs", "regexp"], BOTH),
    word("reverse", ANY, BOTH),
    word("rsort", ANY, BOTH),
    word("sha1", ANY, BOTH),
    word("sha256", ANY, BOTH),
    word("sha512", ANY, BOTH),
    word("slice", &["fromIndex", "toIndex"], BOTH),
    word("slugify", &["format", "timeZone", "existingFormat", "locale"], BOTH),
    word("sort", ANY, BOTH),
    word("split", &["delimiter", "limit"], BOTH),
    word("startsWith", &["value"], BOTH),
    word("string", ANY, BOTH),
    word("substringAfter", &["separator"], BOTH),
    word("substringAfterLast", &["separator"], BOTH),
    word("substringBefore", &["separator"], BOTH),
    word("substringBeforeLast", &["separator"], BOTH),
    word("timestamp", &["timeZone", "existingFormat"], BOTH),
    word("timestampMicro", &["timeZone", "existingFormat"], BOTH),
    word("timestampMilli", &["timeZone", "existingFormat"], BOTH),
    word("timestampNano", &["timeZone", "existingFormat"], BOTH),
    word("title", ANY, BOTH),
    word("toIon", ANY, BOTH),
    word("toJson", ANY, BOTH),
    word("trim", ANY, BOTH),
    word("upper", ANY, BOTH),
    word("urldecode", ANY, BOTH),
    word("urlencode", ANY, BOTH),
    word("values", ANY, BOTH),
    word("yaml", ANY, BOTH),
];

/// Tests: `value is name`.
pub const TESTS: &[Word] = &[
    word("defined", ANY, BOTH),
    word("empty", ANY, BOTH),
    word("even", ANY, BOTH),
    word("iterable", ANY, BOTH),
    word("json", ANY, BOTH),
    word("map", ANY, BOTH),
    word("null", ANY, BOTH),
    word("odd", ANY, BOTH),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_knows_each_word_once() {
        for words in [FUNCTIONS, FILTERS, TESTS] {
            for line in KestraLine::ALL {
                let names: Vec<&str> = known(words, line).map(|word| word.name).collect();
                let different: std::collections::BTreeSet<&str> = names.iter().copied().collect();
                assert_eq!(names.len(), different.len(), "{line}: {names:?}");
            }
        }
    }

    #[test]
    fn the_lines_differ() {
        for (words, name, lines) in [
            (FUNCTIONS, "kv", BOTH),
            (FUNCTIONS, "json", OLD),
            (FUNCTIONS, "isWeekend", NEW),
            (FILTERS, "regexReplace", NEW),
            (FILTERS, "numberFormat", BOTH),
            (FILTERS, "raw", &[]),
            (TESTS, "defined", BOTH),
        ] {
            for line in KestraLine::ALL {
                assert_eq!(find(words, name, line).is_some(), lines.contains(&line), "{line}: {name}");
            }
        }
    }
}
