//! What must hold for any bytes that somebody takes for a flow: one function per reader, which fuzzers and tests with random
//! data share. A function panics where its reader does, or where the reader breaks a promise.

use std::ops::Range;

use crate::KestraLine;
use crate::expression;
use crate::flow::{Problem, check_source, refusal};
use crate::meaning::same;
use crate::print::reprint;
use crate::yaml;

/// Reads any bytes.
pub type Target = fn(&[u8]);

/// Every reader, by the name of its fuzz target.
pub const TARGETS: [(&str, Target); 2] = [("expression", expression), ("flow", flow)];

/// Reads and checks a flow on every line. Every problem is inside the text; what can be read is printed, means the same
/// then, and is not printed otherwise again.
pub fn flow(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for line in KestraLine::ALL {
        let (flow, problems) = check_source(text, &[line]);
        problems.iter().for_each(|problem| is_inside(problem, text));
        refusal(flow.as_ref().map(|flow| flow.root()), &problems, line);
    }
    check_source(text, &KestraLine::ALL);
    if yaml::parse(text).is_err() {
        return;
    }
    let printed = reprint(text).expect("what was read can be printed");
    assert!(same(text, &printed), "{text:?} became {printed:?}");
    assert_eq!(reprint(&printed).as_ref(), Ok(&printed), "{text:?} has two forms");
}

fn is_inside(problem: &Problem, text: &str) {
    let span = problem.span;
    assert!(text.get(span.range()).is_some(), "{span:?} is no part of {text:?}: {problem}");
    assert!(span.start.line >= 1 && span.start.column >= 1 && span.start <= span.end, "{span:?}: {problem}");
}

/// Reads a text with expressions as every line does. Nodes are inside the text and stand behind those below them.
pub fn expression(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let is_part = |range: &Range<usize>| text.get(range.clone()).is_some();
    for line in KestraLine::ALL {
        match expression::parse(text, line) {
            Ok(template) => {
                let nodes = template.nodes().iter().enumerate();
                nodes.for_each(|(id, node)| assert!(node.first <= id && is_part(&node.range), "{node:?}"));
                template.references();
            }
            Err(malformed) => {
                assert!(is_part(&malformed.range), "{malformed:?} is no part of {text:?}");
            }
        }
    }
}
