//! Flows with the answers of real servers, and the messages people get.

mod expressions;
mod plugins;
mod rules;
mod servers;
mod starts;

use super::*;
use crate::line::KestraLine::{self, V1_3, V2_0};

fn answer(line: KestraLine, source: &str) -> Option<Refusal> {
    match Flow::parse(source) {
        Ok(flow) => refusal(Some(flow.root()), &check(&flow, line), line),
        Err(problems) => refusal(None, problems.as_slice(), line),
    }
}

/// A flow with one task, whatever else `rest` says.
fn with_task(rest: &str) -> String {
    format!(
        "id: w\nnamespace: t.a\n{rest}tasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n"
    )
}

#[test]
fn what_is_no_flow_says_so() {
    for (source, expected) in [
        ("", "the document is empty; write at least one `key: value` (line 1, column 1)"),
        ("- id: a", "a flow is a map that starts with `id:` and `namespace:` (line 1, column 1)"),
        ("hello", "a flow is a map that starts with `id:` and `namespace:` (line 1, column 1)"),
    ] {
        let problems = Flow::parse(source).expect_err("this is no flow");
        assert_eq!(problems.to_string(), expected, "{source}");
    }
    let answer = answer(V1_3, "a: {{ x }}").expect("this is no YAML");
    assert_eq!(answer.stage, Stage::Source);
    assert_eq!(answer.violations[0].path, "yaml");
}

proptest::proptest! {
    #[test]
    fn arbitrary_flows_never_panic(
        source in r#"((id|type|namespace|tasks|inputs|labels|retry|triggers|errors|cases): ?(\n  |\n- |\n|a|\[|\{|[1-9]|"\{\{ x \}\}"|FORM|~|\}|\]|, )){0,12}"#
    ) {
        if let Ok(flow) = Flow::parse(&source) {
            for line in KestraLine::ALL {
                refusal(Some(flow.root()), &check(&flow, line), line);
            }
        }
    }
}
