//! Looks at the raw text before it is parsed: what Kestra refuses whatever the structure, and the one line
//! break (U+0085) that YAML 1.1 has and YAML 1.2 parsers do not.

use std::borrow::Cow;

use super::{Position, SyntaxError, SyntaxErrorKind};

/// Characters that Kestra reads at most in one document (3 MiB of code points).
pub const MAX_CHARACTERS: usize = 3 * 1024 * 1024;

/// Refuses texts that are too long or hold control characters, and returns the text to parse.
///
/// U+0085 becomes `\r\n`, a line break that is as many bytes long, so every offset stays true.
pub(super) fn screen(text: &str) -> Result<Cow<'_, str>, SyntaxError> {
    let mut next_line = false;
    for (count, (offset, character)) in text.char_indices().enumerate() {
        let kind = match character {
            _ if count == MAX_CHARACTERS => SyntaxErrorKind::TooLong { limit: MAX_CHARACTERS },
            '\u{85}' => {
                next_line = true;
                continue;
            }
            _ if is_allowed(character) => continue,
            _ => SyntaxErrorKind::ControlCharacter { character },
        };
        return Err(SyntaxError { kind, position: position_of(text, offset) });
    }
    Ok(if next_line { Cow::Owned(text.replace('\u{85}', "\r\n")) } else { Cow::Borrowed(text) })
}

/// YAML 1.1's printable characters, and the byte order mark.
fn is_allowed(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        _ => !character.is_control(),
    }
}

/// The position of the byte `offset` of `text`, which must be on a character boundary.
pub(super) fn position_of(text: &str, offset: usize) -> Position {
    let before = &text[..offset];
    let line_start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let returns = before.bytes().filter(|&byte| byte == b'\r').count();
    let feeds = before.bytes().filter(|&byte| byte == b'\n').count();
    let pairs = before.matches("\r\n").count();
    Position { offset, line: 1 + returns + feeds - pairs, column: 1 + before[line_start..].chars().count() }
}
