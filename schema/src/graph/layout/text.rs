//! How wide a text is when nobody knows the font: as wide as in the widest of the usual ones, so that it fits its box
//! in all of them.

/// The styles of text in a drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) enum Face {
    /// Names: 13 units, bold.
    Label,
    /// Everything else: 11 units.
    Detail,
}

/// Characters of DejaVu Sans Bold with their widths in thousandths of the font size, rounded up; others follow below.
const WIDTHS: [(&str, f64); 5] = [
    ("ijlI|'` .,:;!/", 0.46),
    ("tfr-()[]*\"_", 0.53),
    ("mwMW%@", 1.11),
    ("ABCDEFGHJKLNOPQRSTUVXYZ+=<>~^#&", 0.88),
    ("…—→·", 1.05),
];
const ASCII: f64 = 0.72;
const ALPHABETIC: f64 = 0.95;
const WIDE: f64 = 1.2;

/// The width of a text.
pub(in super::super) fn width(text: &str, face: Face) -> f64 {
    let size = match face {
        Face::Label => 13.0,
        Face::Detail => 11.0 * 0.94,
    };
    text.chars().map(advance).sum::<f64>() * size
}

fn advance(character: char) -> f64 {
    let listed = WIDTHS.iter().find(|(characters, _)| characters.contains(character));
    match listed {
        Some((_, width)) => *width,
        None if character.is_ascii() => ASCII,
        None if u32::from(character) < 0x1100 => ALPHABETIC,
        None => WIDE,
    }
}

/// The text, shortened with an ellipsis to what fits.
pub(in super::super) fn fitted(text: &str, face: Face, room: f64) -> String {
    if width(text, face) <= room {
        return text.to_owned();
    }
    let mut short = String::new();
    for character in text.chars() {
        short.push(character);
        if width(&short, face) + width("…", face) > room {
            short.pop();
            break;
        }
    }
    format!("{}…", short.trim_end())
}
