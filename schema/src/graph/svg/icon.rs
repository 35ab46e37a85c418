//! One small sign per kind, drawn in a square of 16 units.

use std::fmt::Write;

use crate::graph::Kind;
use crate::graph::layout::Point;

const BOLT: &str = "M9 1.5 3.5 9H8l-1 5.5L12.5 7H8z";
const TERMINAL: &str = "M3 4l4 4-4 4M8.5 12H13";
const LINK: &str = "M6.5 3H3v10h10V9.5M9 2.5h4.5V7M13.5 2.5 7.5 8.5";
const FLOW: &str = "M2.5 2.5h4v4h-4zM9.5 9.5h4v4h-4zM4.5 6.5v5h5";
const LINES: &str = "M3 4h10M3 8h10M3 12h10";
const COLUMNS: &str = "M4 3v10M8 3v10M12 3v10";
const FORK: &str = "M8 2v4M8 6 4 10v4M8 6l4 4v4";
const ROUND: &str = "M13 8a5 5 0 1 1-1.6-3.7M13.5 2v3.2h-3.2";
const SHIELD: &str = "M8 1.8l5 1.8v4c0 3.2-2.1 5.4-5 6.6-2.9-1.2-5-3.4-5-6.6v-4z";
const FOLDER: &str = "M2 4.5V12.5h12V5.5H8L6.5 3.5H2z";
const PAUSE: &str = "M5.5 3.5v9M10.5 3.5v9";
const ALARM: &str = "M8 2l6.5 11.5h-13zM8 6.5v3M8 11.7v.1";
const FLAG: &str = "M4 14V2.5h8.5L10.5 5.5l2 3H4";

/// Draws the sign of a kind with its corner at a point.
pub(super) fn write(out: &mut String, kind: Kind, Point { x, y }: Point) {
    let path = match kind {
        Kind::Trigger => BOLT,
        Kind::Task => TERMINAL,
        Kind::Subflow | Kind::ForeignFlow => LINK,
        Kind::Flow | Kind::Group => FLOW,
        Kind::Sequential => LINES,
        Kind::Parallel => COLUMNS,
        Kind::Dag | Kind::Branches | Kind::Decision => FORK,
        Kind::Loop => ROUND,
        Kind::AllowFailure => SHIELD,
        Kind::WorkingDirectory => FOLDER,
        Kind::Pause => PAUSE,
        Kind::Errors => ALARM,
        Kind::Finally | Kind::AfterExecution => FLAG,
    };
    let _ = writeln!(out, "<path class=\"icon\" transform=\"translate({x} {y})\" d=\"{path}\"/>");
}
