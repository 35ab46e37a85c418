//! The comments of a text, which the tree leaves out because Kestra never sees them, for printing a flow again.

use granit_parser::{Event, Parser};

use super::screen::screen;
use super::{MAX_DEPTH, Position, Span, SyntaxError};

/// What a text holds beside its first document.
#[derive(Debug)]
pub(crate) struct Remarks {
    /// The comments, `#` included, in source order.
    pub(crate) comments: Vec<Span>,
    /// Where the second document starts; the end of the text when there is none.
    pub(crate) end: usize,
}

/// The comments of the first document of `text`, which [`super::parse`] reads.
///
/// # Errors
/// A [`SyntaxError`] for what may not stand in any YAML text.
pub(crate) fn remarks(text: &str) -> Result<Remarks, SyntaxError> {
    let screened = screen(text)?;
    let options = granit_parser::options! {
        emit_unresolved_aliases: true,
        emit_comments: true,
        max_buffered_comment_events: usize::MAX,
        flow_nesting_limit: MAX_DEPTH + 1,
        block_nesting_limit: MAX_DEPTH + 1,
    };
    let mut found = Remarks { comments: Vec::new(), end: text.len() };
    let mut documents = 0;
    // What stands behind the first document may be anything: Kestra does not read it.
    for event in Parser::new_from_str_with_options(&screened, options).map_while(Result::ok) {
        let (event, place) = event;
        let position = |marker: &granit_parser::Marker| Position {
            offset: marker.byte_offset().unwrap_or(text.len()),
            line: marker.line(),
            column: marker.col() + 1,
        };
        let span = Span { start: position(&place.start), end: position(&place.end) };
        match event {
            Event::Comment(..) => found.comments.push(span),
            Event::DocumentStart(..) => documents += 1,
            _ => {}
        }
        if documents == 2 {
            found.end = span.start.offset;
            break;
        }
    }
    found.comments.retain(|comment| comment.end.offset <= found.end);
    Ok(found)
}
