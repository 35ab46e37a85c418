//! Colours and fonts: one table for light and dark, from which both style sheets and the arrows are made.

use std::fmt::Write;

use crate::graph::Kind;

/// Selectors with their properties and the values of these on light and on dark.
const COLOURS: &[(&str, &str, &str, &str)] = &[
    (".canvas", "fill", "#f8fafc", "#0b1120"),
    (".canvas", "stroke", "#e2e8f0", "#1e293b"),
    (".box", "fill", "#ffffff", "#1a2436"),
    (".box", "stroke", "#d5dde8", "#35435a"),
    (".label", "fill", "#0f172a", "#e8eef7"),
    (".detail", "fill", "#56657b", "#9fb0c7"),
    (".way", "fill", "#334155", "#dbe4f0"),
    (".edge", "stroke", "#94a3b8", "#64748b"),
    (".pill", "fill", "#ffffff", "#1a2436"),
    (".pill", "stroke", "#cbd5e1", "#475569"),
    (".frame", "fill", "#94a3b8", "#94a3b8"),
    (".frame", "stroke", "#94a3b8", "#64748b"),
    (".fence", "stroke", "#94a3b8", "#64748b"),
    (".head", "fill", "#94a3b8", "#64748b"),
];

/// Classes of nodes and edges with their accents on light and on dark.
const ACCENTS: &[(&str, &str, &str)] = &[
    ("flow", "#4f5bd5", "#98a5ff"),
    ("trigger", "#c2640c", "#f5a94b"),
    ("task", "#2563eb", "#7aa7ff"),
    ("subflow", "#7c3aed", "#b794ff"),
    ("flowable", "#0d8074", "#3fcbb9"),
    ("errors", "#d02f3e", "#ff7d87"),
    ("finally", "#4b6b1f", "#a7cf63"),
];

/// Classes of edges with the accent they have.
const EDGES: &[(&str, &str)] = &[("started", "trigger"), ("failure", "errors"), ("call", "subflow")];

const SHAPES: &str = "\
.flow-graph{font-family:ui-sans-serif,system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif}
.flow-graph .label{font-size:13px;font-weight:600}
.flow-graph .detail,.flow-graph .way{font-size:11px;font-weight:400}
.flow-graph .way,.flow-graph .middle{text-anchor:middle}
.flow-graph .edge{fill:none;stroke-width:1.6}
.flow-graph .edge.failure{stroke-dasharray:5 4}
.flow-graph .frame{fill-opacity:.06;stroke-opacity:.55}
.flow-graph .fence{fill:none;stroke-opacity:.6;stroke-dasharray:2 4}
.flow-graph .mark{fill-opacity:.13}
.flow-graph .icon{fill:none;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
.flow-graph .foreign>.box,.flow-graph .disabled>.box,.flow-graph .disabled>.frame{stroke-dasharray:4 3}
.flow-graph .disabled{opacity:.55}
";

/// The classes of a node.
pub(super) fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Flow => "flow",
        Kind::ForeignFlow => "foreign flow",
        Kind::Trigger => "trigger",
        Kind::Task => "task",
        Kind::Subflow => "subflow",
        Kind::Sequential
        | Kind::Parallel
        | Kind::Dag
        | Kind::Branches
        | Kind::Decision
        | Kind::Loop
        | Kind::AllowFailure
        | Kind::WorkingDirectory
        | Kind::Pause => "flowable",
        Kind::Errors => "errors",
        Kind::Finally | Kind::AfterExecution => "finally",
        Kind::Group => "group",
    }
}

/// Writes the style sheet and the heads of the arrows.
pub(super) fn write(out: &mut String) {
    out.push_str("<style>\n");
    out.push_str(SHAPES);
    colours(out, false);
    out.push_str("@media (prefers-color-scheme:dark){\n");
    colours(out, true);
    out.push_str("}\n</style>\n<defs>\n");
    for class in std::iter::once("next").chain(EDGES.iter().map(|(class, _)| *class)) {
        let _ = writeln!(
            out,
            "<marker id=\"arrow-{class}\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"8\" \
             markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path class=\"head {class}\" \
             d=\"M0 .8 9.5 5 0 9.2z\"/></marker>"
        );
    }
    out.push_str("</defs>\n");
}

fn colours(out: &mut String, dark: bool) {
    for (selector, property, on_light, on_dark) in COLOURS {
        let colour = if dark { on_dark } else { on_light };
        let _ = writeln!(out, ".flow-graph {selector}{{{property}:{colour}}}");
    }
    for (class, on_light, on_dark) in ACCENTS {
        let colour = if dark { on_dark } else { on_light };
        let _ = writeln!(
            out,
            ".flow-graph .{class}>.mark,.flow-graph .{class}>.frame{{fill:{colour}}}\n\
             .flow-graph .{class}>.icon,.flow-graph .{class}>.frame{{stroke:{colour}}}"
        );
        for (edge, _) in EDGES.iter().filter(|(_, accent)| accent == class) {
            let _ = writeln!(
                out,
                ".flow-graph .{edge}.edge,.flow-graph .{edge}.pill{{stroke:{colour}}}\n\
                 .flow-graph .{edge}.head{{fill:{colour}}}"
            );
        }
    }
}
