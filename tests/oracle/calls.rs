//! Calls of subflows: what we say about one, beside what happens when Kestra makes it.

use harness::Engine;
use schema::KestraLine;
use schema::contract::check_together;
use schema::flow::Flow;
use serde_json::json;

/// What becomes of a call.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    /// It works, and we say nothing.
    Works,
    /// It fails, and we have said so.
    Fails,
    /// It works without the value that was given, and we have said so.
    Loses,
    /// It fails, for a reason that we cannot know.
    Surprises,
}

use End::{Fails, Loses, Surprises, Works};
use KestraLine::{V1_3, V2_0};

const BOTH: &[KestraLine] = &KestraLine::ALL;

/// One input of a called flow, and what becomes of the values that callers give.
type Input = (&'static [KestraLine], &'static str, &'static [(&'static str, End)]);

#[rustfmt::skip]
const INPUTS: &[Input] = &[
    (BOTH, "type: STRING", &[("a", Works), ("''", Works), ("1", Works), ("[1]", Works), ("{a: 1}", Works), ("null", Fails)]),
    (BOTH, "type: STRING, required: false", &[("null", Works)]),
    (BOTH, "type: STRING, prefill: a", &[("null", Fails)]),
    (BOTH, "type: STRING, defaults: a", &[("null", Works)]),
    (BOTH, "type: STRING, validator: ^a+$", &[("aa", Works), ("b", Fails)]),
    (BOTH, "type: INT", &[
        ("1", Works), ("'1'", Works), ("'+1'", Works), ("0x10", Works), ("1.5", Fails), ("'1.5'", Fails), ("true", Fails),
        ("' 1 '", Fails), ("99999999999", Fails), ("[1]", Fails), ("many", Fails),
    ]),
    (BOTH, "type: INT, min: 5", &[("5", Works), ("4", Fails)]),
    (BOTH, "type: FLOAT", &[("1", Works), ("'1e3'", Works), ("' 1.5 '", Works), ("1f", Works), ("NaN", Works), ("true", Fails), ("x", Fails)]),
    (BOTH, "type: BOOL", &[("true", Works), ("'TRUE'", Works), ("maybe", Loses), ("1", Loses), ("[true]", Loses)]),
    (BOTH, "type: DATE", &[
        ("2026-01-01", Works), ("2026-1-1", Fails), ("20260101", Fails), ("2026-02-30", Fails), ("2026-01-01T00:00:00Z", Fails),
    ]),
    (BOTH, "type: TIME", &[("'10:00'", Works), ("'10:00:01.5'", Works), ("'25:00'", Fails), ("'1000'", Fails), ("T10:00", Fails)]),
    (BOTH, "type: DATETIME", &[
        ("2026-01-01T00:00:00Z", Works), ("2026-01-01T00:00:00+02:00", Works), ("2026-01-01T00:00:00", Fails),
        ("2026-01-01 00:00:00Z", Fails), ("2026-01-01", Fails),
    ]),
    (BOTH, "type: DURATION", &[("PT1H", Works), ("P1D", Works), ("P1M", Fails), ("1h", Fails), ("5", Fails)]),
    (BOTH, "type: JSON", &[
        ("{a: 1}", Works), ("[1]", Works), ("'{\"a\": 1}'", Works), ("5", Works), ("true", Works), ("abc", Fails), ("'{a: 1}'", Fails),
    ]),
    (&[V2_0], "type: JSON, jsonSchema: '{\"type\": \"object\", \"required\": [\"a\"]}'", &[
        ("{a: 1}", Works), ("'{\"a\": 1}'", Works), ("{b: 1}", Fails), ("'{\"b\": 1}'", Fails), ("[1]", Fails),
    ]),
    (BOTH, "type: YAML", &[("{a: 1}", Works), ("'a: 1'", Works), ("5", Works)]),
    (BOTH, "type: ARRAY, itemType: INT", &[
        ("[1, 2]", Works), ("['1']", Works), ("'[1, 2]'", Works), ("[1, b]", Fails), ("'[1, b]'", Fails), ("[1, [2]]", Fails),
        ("5", Fails), ("abc", Fails), ("{a: 1}", Fails),
    ]),
    (BOTH, "type: MULTISELECT, values: [a, b]", &[("[a]", Works), ("'[\"a\"]'", Works), ("[c]", Fails), ("a", Fails)]),
    (BOTH, "type: SELECT, values: [a, b]", &[("a", Works), ("c", Fails), ("[a]", Fails)]),
    (BOTH, "type: SELECT, values: ['1']", &[("1", Works)]),
    (BOTH, "type: SELECT, values: [a], allowCustomValue: true", &[("c", Works)]),
    (BOTH, "type: SELECT, values: [a], autoSelectFirst: true", &[("null", Works)]),
    (&[V1_3], "type: ENUM, values: [a]", &[("a", Works), ("c", Fails)]),
    (BOTH, "type: URI", &[("https://kestra.io", Works), ("abc", Fails), ("5", Fails)]),
    (BOTH, "type: EMAIL", &[("a@b.io", Works), ("abc", Fails)]),
    (BOTH, "type: FILE", &[("kestra:///a/b.txt", Works), ("abc", Fails)]),
    // It has no key to keep secrets with.
    (BOTH, "type: SECRET", &[("abc", Surprises)]),
];

/// Inputs of a called flow as a whole, and what becomes of those that callers give.
#[rustfmt::skip]
const CALLS: &[(&str, &str, End)] = &[
    ("[{id: x, type: STRING}]", "{}", Fails),
    ("[{id: x, type: STRING}]", "{x: a, y: b}", Loses),
    ("[{id: a.b, type: STRING}]", "{a.b: c}", Works),
    ("[{id: a.b, type: STRING}]", "{a: {b: c}}", Fails),
    ("[{id: f, type: FORM, inputs: [{id: x, type: STRING}]}]", "{}", Fails),
    ("[{id: f, type: FORM, inputs: [{id: x, type: STRING}]}]", "{f.x: a}", Works),
    ("[{id: f, type: FORM, inputs: [{id: x, type: STRING}]}]", "{f: {x: a}}", Fails),
    ("[{id: f, type: FORM, inputs: [{id: x, type: STRING}]}]", "{x: a}", Fails),
    ("[{id: b, type: BOOL, defaults: false}, {id: x, type: STRING, dependsOn: {inputs: [b], condition: '{{ inputs.b }}'}}]", "{}", Works),
    ("[{id: b, type: BOOL, defaults: true}, {id: x, type: STRING, dependsOn: {inputs: [b], condition: '{{ inputs.b }}'}}]", "{}", Surprises),
];

/// A row of the tables: the called flow, its caller, and what becomes of the call.
fn calls(line: KestraLine) -> Vec<(String, String, End)> {
    let values = INPUTS.iter().filter(|(lines, ..)| lines.contains(&line)).flat_map(|(_, input, values)| {
        let row = move |(value, end): &(&str, End)| {
            (callee(&format!("[{{id: x, {input}}}]")), caller(&format!("{{x: {value}}}")), *end)
        };
        values.iter().map(row)
    });
    let inputs = CALLS.iter().map(|(inputs, given, end)| (callee(inputs), caller(given), *end));
    values.chain(inputs).chain(reads()).collect()
}

/// Callers that read outputs.
fn reads() -> [(String, String, End); 2] {
    let read = |name: &str| {
        let reader = format!(
            "  - id: read\n    type: io.kestra.plugin.core.log.Log\n    message: \"{{{{ outputs.call.outputs.{name} }}}}\"\n"
        );
        caller("{x: a}") + &reader
    };
    let callee = || callee("[{id: x, type: STRING}]");
    [(callee(), read("said"), Works), (callee(), read("sayd"), Fails)]
}

fn callee(inputs: &str) -> String {
    format!(
        "id: callee\nnamespace: t.a\ninputs: {inputs}\ntasks: [{{id: say, type: io.kestra.plugin.core.log.Log, message: hi}}]\n\
         outputs: [{{id: said, type: STRING, value: hi}}]\n"
    )
}

fn caller(inputs: &str) -> String {
    format!(
        "id: caller\nnamespace: t.a\ntasks:\n  - id: call\n    type: io.kestra.plugin.core.flow.Subflow\n    namespace: t.a\n    \
         flowId: callee\n    inputs: {inputs}\n"
    )
}

#[test]
fn calls_end_as_we_say() {
    for line in KestraLine::ALL {
        let Some(mut engine) = Engine::start(line, "run") else { return };
        for (position, (callee, caller, end)) in calls(line).into_iter().enumerate() {
            // The engine may still know what an earlier flow of the same name was.
            let [callee, caller] =
                [callee, caller].map(|source| source.replace("t.a", &format!("t.a{position}")));
            let run = engine.ask(&json!({"id": "call", "source": caller, "flows": [callee]}));
            let state = if matches!(end, Works | Loses) { "SUCCESS" } else { "FAILED" };
            assert_eq!(run["state"], state, "Kestra {line}:\n{callee}{caller}{run}");
            let said = said(&callee, &caller, line);
            assert_eq!(
                said.is_empty(),
                matches!(end, Works | Surprises),
                "we, for {line}: {said:?}\n{callee}{caller}"
            );
        }
    }
}

fn said(callee: &str, caller: &str, line: KestraLine) -> Vec<String> {
    let flows =
        [callee, caller].map(|source| Flow::parse(source).unwrap_or_else(|problems| panic!("{problems}")));
    let problems = check_together(&flows.each_ref(), &[line]);
    problems.iter().flatten().map(ToString::to_string).collect()
}
