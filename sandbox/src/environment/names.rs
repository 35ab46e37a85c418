//! Names of files in the archive: readable, different for different rows, and fit for every file system.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What some file system refuses, and what the names themselves are built with.
const RESERVED: &AsciiSet = &CONTROLS
    .add(b'%')
    .add(b'@')
    .add(b'/')
    .add(b'\\')
    .add(b':')
    .add(b'*')
    .add(b'?')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'|');

/// A text as one segment of a path.
pub(super) fn segment(text: &str) -> String {
    if !text.is_empty() && text.bytes().all(|byte| byte == b'.') {
        return text.replace('.', "%2E");
    }
    utf8_percent_encode(text, RESERVED).to_string()
}

/// A path, its segments each encoded; a leading slash is dropped.
pub(super) fn path(text: &str) -> String {
    let text = text.strip_prefix('/').unwrap_or(text);
    text.split('/').map(segment).collect::<Vec<_>>().join("/")
}

/// A revision of a file: `load@2.py`. The extension stays, so that editors know what they see.
pub(super) fn revision(path: &str, revision: &str) -> String {
    let name = path.rfind('/').map_or(0, |slash| slash + 1);
    let dot = path[name..].rfind('.').map_or(path.len(), |dot| name + dot);
    format!("{}@{revision}{}", &path[..dot], &path[dot..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_readable_and_stay_inside_the_archive() {
        let check = |given: &str, expected: &str| assert_eq!(path(given), expected, "{given}");
        check("/scripts/load.py", "scripts/load.py");
        check("/a b/ü.txt", "a b/%C3%BC.txt");
        check("/../etc/passwd", "%2E%2E/etc/passwd");
        check("/a@2\\b:c", "a%402%5Cb%3Ac");
        assert_eq!(segment("a/b"), "a%2Fb");
    }

    #[test]
    fn a_revision_stands_before_the_extension() {
        let check = |given: &str, expected: &str| assert_eq!(revision(given, "2"), expected, "{given}");
        check("scripts/load.py", "scripts/load@2.py");
        check("a.b/Makefile", "a.b/Makefile@2");
        check(".env", "@2.env");
        check("a.tar.gz", "a.tar@2.gz");
    }
}
