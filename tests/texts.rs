//! Texts that are hard to bring anywhere: what they are made of means something to one of those who pass them on.

use fastrand::Rng;

/// What YAML, HCL, JSON, shells and SQL have meanings for. None begins or ends with a brace, so that two of them make no
/// expression.
pub(crate) const HOSTILE: [&str; 34] = [
    "#",
    " # a remark",
    ": ",
    "key: value",
    "- item",
    "'",
    "''",
    "\"",
    "\"\"",
    "\\",
    "\\n",
    "\n",
    "\n\n  ",
    "\r\n",
    "\t",
    "$x",
    "${x}",
    "$${x}",
    "%{y}",
    "%%{y}",
    "|\n",
    ">-\n",
    "&anchor *alias",
    "!tag",
    "---\n",
    "~null~",
    "`id`",
    "$(id)",
    "?",
    "::text",
    ":name",
    ";'",
    "ä€😀\u{2028}",
    "<!-- -->",
];

/// What Kestra's templates have meanings for, and are no expressions.
pub(crate) const TEMPLATES: [&str; 9] =
    ["{{", "}}", "{%", "%}", "{#", "#}", "{% raw %}", "{% endraw %}", "{{ '{{ 1 }}' }}"];

/// So many pieces, one after the other: as they are written, and as they arrive.
pub(crate) fn text(random: &mut Rng, count: usize, pieces: &[(&str, &str)]) -> (String, String) {
    (0..count).map(|_| pieces[random.usize(..pieces.len())]).unzip()
}
