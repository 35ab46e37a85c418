//! Flows with the answers of real servers, and the messages people get.

use super::*;
use crate::line::KestraLine::{self, V1_3, V2_0};

fn answer(line: KestraLine, source: &str) -> Option<Refusal> {
    match Flow::parse(source) {
        Ok(flow) => refusal(Some(flow.root()), &check(&flow, line), line),
        Err(problems) => refusal(None, problems.as_slice(), line),
    }
}

/// The lines of a message, which Kestra sends in no fixed order.
fn lines(message: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = message.split('\n').collect();
    lines.sort_unstable();
    lines
}

/// A flow with one task, whatever else `rest` says.
fn with_task(rest: &str) -> String {
    format!(
        "id: w\nnamespace: t.a\n{rest}tasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n"
    )
}

/// Sources that a server of the line refused, with its message behind `Invalid entity: ` and
/// `Illegal genericflow source: `.
const REFUSED: &[(KestraLine, &str, &str)] = &[
    (
        V1_3,
        "id: e\nnamespace: t.a\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\nfoo: 1\n",
        "Unrecognized field \"foo\" (class io.kestra.core.models.flows.FlowWithSource), not marked as ignorable (26 known properties: \"workerGroup\", \"finally\", \"tenantId\", \"retry\", \"inputs\", \"errors\", \"tasks\", \"outputs\", \"concurrency\", \"variables\", \"deleted\", \"id\", \"description\", \"labels\", \"pluginDefaults\", \"sla\", \"checks\", \"taskDefaults\", \"namespace\", \"disabled\", \"listeners\", \"revision\", \"updated\", \"afterExecution\", \"triggers\", \"source\")",
    ),
    (
        V2_0,
        "id: e\nnamespace: t.a\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\nfoo: 1\n",
        "Unrecognized field \"foo\" (class io.kestra.core.models.flows.FlowWithSource), not marked as ignorable (26 known properties: \"draft\", \"finally\", \"tenantId\", \"retry\", \"inputs\", \"errors\", \"tasks\", \"outputs\", \"concurrency\", \"variables\", \"deleted\", \"id\", \"description\", \"workerSelector\", \"labels\", \"sla\", \"checks\", \"policyRefs\", \"namespace\", \"disabled\", \"revision\", \"updated\", \"afterExecution\", \"triggers\", \"quotas\", \"source\")",
    ),
    (
        V1_3,
        "id: e\nnamespace: t.a\ntasks:\n  - id: a\n    message: x\n",
        "Invalid type: <null>",
    ),
    (
        V2_0,
        "id: e\nnamespace: t.a\ntasks:\n  - id: a\n    message: x\n",
        "Invalid type: <null>",
    ),
    (V1_3, "id: e\nnamespace: t.a\n", "tasks: must not be empty\n"),
    (V2_0, "id: e\nnamespace: t.a\n", "tasks: must not be empty\n"),
    (
        V1_3,
        "id: e\nnamespace: t.a\ntasks: []\n",
        "tasks: must not be empty\n",
    ),
    (
        V2_0,
        "id: e\nnamespace: t.a\ntasks: []\n",
        "tasks: must not be empty\n",
    ),
    (
        V1_3,
        "namespace: t.a\ntasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    message: x\n",
        "id: must not be blank\nid: must not be null\n",
    ),
    (
        V2_0,
        "namespace: t.a\ntasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    message: x\n",
        "id: must not be blank\nid: must not be null\n",
    ),
    (
        V1_3,
        "id: e\nnamespace: t.a\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: y\n",
        ": Invalid Flow: Duplicate task id with name [log]\n",
    ),
    (
        V2_0,
        "id: e\nnamespace: t.a\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: y\n",
        ": Invalid Flow: Duplicate task id with name [log]\n",
    ),
    (
        V1_3,
        "id: e\nnamespace: t.a\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\nid: e2\n",
        "YAML parsing error: Duplicate field 'id'\n at [Source: (StringReader); line: 7, column: 3] (at line 7)",
    ),
    (
        V2_0,
        "id: e\nnamespace: t.a\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\nid: e2\n",
        "YAML parsing error: Duplicate field 'id'\n at [Source: (StringReader); line: 7, column: 3] (at line 7)",
    ),
    (
        V1_3,
        "id: search\nnamespace: t.a\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
        ": Invalid Flow: Flow id is a reserved keyword: search. List of reserved keywords: pause, resume, force-run, change-status, kill, executions, search, source, disable, enable\n",
    ),
    (
        V1_3,
        "id: e\nnamespace: t.a\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\ndisabled: perhaps\n",
        "YAML parsing error: Cannot deserialize value of type `boolean` from String \"perhaps\": only \"true\"/\"True\"/\"TRUE\" or \"false\"/\"False\"/\"FALSE\" recognized\n at [Source: (StringReader); line: 7, column: 11] (through reference chain: io.kestra.core.models.flows.GenericFlow[\"disabled\"]) (at line 7)",
    ),
    (
        V2_0,
        "id: e\nnamespace: t.a\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\ndisabled: perhaps\n",
        "YAML parsing error: Cannot deserialize value of type `boolean` from String \"perhaps\": only \"true\"/\"True\"/\"TRUE\" or \"false\"/\"False\"/\"FALSE\" recognized\n at [Source: (StringReader); line: 7, column: 11] (through reference chain: io.kestra.core.models.flows.GenericFlow[\"disabled\"]) (at line 7)",
    ),
    (
        V1_3,
        "id: ls\nnamespace: t.a\nlabels:\n  system.foo: bar\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
        ": Invalid Flow: System labels can only be set by Kestra itself, offending label: system.foo=bar\n",
    ),
    (
        V2_0,
        "id: ls\nnamespace: t.a\nlabels:\n  system.foo: bar\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
        ": Invalid Flow: System labels can only be set by Kestra itself, offending label: system.foo=bar\n",
    ),
    (
        V1_3,
        "id: le\nnamespace: t.a\nlabels:\n  a: \"\"\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
        "labels[0].value: must not be empty\n",
    ),
    (
        V2_0,
        "id: le\nnamespace: t.a\nlabels:\n  a: \"\"\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
        "labels[0].value: must not be empty\n",
    ),
    (
        V1_3,
        "id: lu\nnamespace: t.a\nlabels:\n  Abc: x\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
        "labels[0].key: Invalid label key. A valid key contains only lowercase letters numbers hyphens (-) underscores (_) or periods (.) and must begin with a lowercase letter.\n",
    ),
    (
        V2_0,
        "id: lu\nnamespace: t.a\nlabels:\n  Abc: x\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
        "labels[0].key: Invalid label key. A valid key contains only lowercase letters numbers hyphens (-) underscores (_) or periods (.) and must begin with a lowercase letter.\n",
    ),
    (
        V1_3,
        "id: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nnamespace: t.a\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
        "id: size must be between 1 and 100\n",
    ),
    (
        V1_3,
        "id: _a\nnamespace: t.a\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
        "id: must match \"^[a-zA-Z0-9][a-zA-Z0-9._-]*\"\n",
    ),
    (
        V1_3,
        "id: \"a b\"\nnamespace: t.a\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
        "id: must match \"^[a-zA-Z0-9][a-zA-Z0-9._-]*\"\n",
    ),
    (
        V1_3,
        "id: ok\nnamespace: nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
        "namespace: size must be between 1 and 150\n",
    ),
    (
        V1_3,
        "id: td\nnamespace: t.a\ntasks:\n  - id: a.b\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
        "a.b.id: must match \"^[a-zA-Z0-9][a-zA-Z0-9_-]*\"\n",
    ),
    (
        V1_3,
        "id: t257\nnamespace: t.a\ntasks:\n  - id: ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
        "ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt.id: Task id must be at most 256 characters\n",
    ),
];

/// Sources that a server of the line accepted.
const ACCEPTED: &[(KestraLine, &str)] = &[
    (
        V2_0,
        "id: search\nnamespace: t.a\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
    ),
    (
        V1_3,
        "id: uni\nnamespace: t.a\ndescription: \"Grüße, 世界 🚀\"\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: \"é ü ß 漢字 🎉\"\n",
    ),
    (
        V2_0,
        "id: uni\nnamespace: t.a\ndescription: \"Grüße, 世界 🚀\"\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: \"é ü ß 漢字 🎉\"\n",
    ),
    (
        V1_3,
        "id: crlf\r\nnamespace: t.a\r\ntasks:\r\n  - id: log\r\n    type: io.kestra.plugin.core.log.Log\r\n    message: hi\r\n",
    ),
    (
        V2_0,
        "id: crlf\r\nnamespace: t.a\r\ntasks:\r\n  - id: log\r\n    type: io.kestra.plugin.core.log.Log\r\n    message: hi\r\n",
    ),
    (
        V1_3,
        "id: bools\nnamespace: t.a\nvariables:\n  a: yes\n  b: no\n  c: on\n  d: off\n  e: y\n  f: true\n  g: \"yes\"\n  h: ~\n  i: null\n  j: 010\n  k: 0o10\n  l: 1_000\n  m: 1.0\n  n: 1e3\n  p: 2021-09-01\n  q: 0x1F\n  r: 12:30:45\n  s: !!str 5\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
    ),
    (
        V2_0,
        "id: bools\nnamespace: t.a\nvariables:\n  a: yes\n  b: no\n  c: on\n  d: off\n  e: y\n  f: true\n  g: \"yes\"\n  h: ~\n  i: null\n  j: 010\n  k: 0o10\n  l: 1_000\n  m: 1.0\n  n: 1e3\n  p: 2021-09-01\n  q: 0x1F\n  r: 12:30:45\n  s: !!str 5\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
    ),
    (
        V1_3,
        "id: anch\nnamespace: t.a\nvariables:\n  base: &b\n    x: 1\n    y: two\n  copy: *b\ntasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    message: x\n",
    ),
    (
        V2_0,
        "id: anch\nnamespace: t.a\nvariables:\n  base: &b\n    x: 1\n    y: two\n  copy: *b\ntasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    message: x\n",
    ),
    (
        V1_3,
        "id: blocks\nnamespace: t.a\nvariables:\n  lit: |\n    a\n    b\n  fold: >\n    a\n    b\n  strip: |-\n    x\n  keep: |+\n    x\n\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
    ),
    (
        V2_0,
        "id: blocks\nnamespace: t.a\nvariables:\n  lit: |\n    a\n    b\n  fold: >\n    a\n    b\n  strip: |-\n    x\n  keep: |+\n    x\n\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
    ),
    (
        V1_3,
        "id: merge\nnamespace: t.a\nvariables:\n  base: &b {x: 1}\n  ext:\n    <<: *b\n    y: 2\ntasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    message: x\n",
    ),
    (
        V2_0,
        "id: merge\nnamespace: t.a\nvariables:\n  base: &b {x: 1}\n  ext:\n    <<: *b\n    y: 2\ntasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    message: x\n",
    ),
    (
        V1_3,
        "---\nid: marker\nnamespace: t.a\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
    ),
    (
        V2_0,
        "---\nid: marker\nnamespace: t.a\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
    ),
    (
        V1_3,
        "id: taskyes\nnamespace: t.a\ntasks:\n  - id: yes\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
    ),
    (
        V2_0,
        "id: taskyes\nnamespace: t.a\ntasks:\n  - id: yes\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
    ),
    (
        V1_3,
        "id: 123\nnamespace: t.a\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
    ),
    (
        V2_0,
        "id: 123\nnamespace: t.a\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
    ),
    (
        V1_3,
        "id: on\nnamespace: t.a\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
    ),
    (
        V2_0,
        "id: on\nnamespace: t.a\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
    ),
    (
        V1_3,
        "id: nofinal\nnamespace: t.a\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi",
    ),
    (
        V2_0,
        "id: nofinal\nnamespace: t.a\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi",
    ),
    (
        V1_3,
        "\n\nid: lead\nnamespace: t.a\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
    ),
    (
        V2_0,
        "\n\nid: lead\nnamespace: t.a\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
    ),
    (
        V1_3,
        "id: lm\nnamespace: t.a\nlabels:\n  a: x\n  b: 1\n  c: true\n  d: 1.5\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
    ),
    (
        V2_0,
        "id: lm\nnamespace: t.a\nlabels:\n  a: x\n  b: 1\n  c: true\n  d: 1.5\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
    ),
    (
        V1_3,
        "id: ll\nnamespace: t.a\nlabels:\n  - key: a\n    value: x\n  - key: b\n    value: y\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
    ),
    (
        V2_0,
        "id: ll\nnamespace: t.a\nlabels:\n  - key: a\n    value: x\n  - key: b\n    value: y\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
    ),
    (
        V1_3,
        "id: lro\nnamespace: t.a\nlabels:\n  system.readOnly: true\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
    ),
    (
        V2_0,
        "id: lro\nnamespace: t.a\nlabels:\n  system.readOnly: true\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
    ),
    (
        V1_3,
        "id: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nnamespace: t.a\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
    ),
    (
        V1_3,
        "id: a\nnamespace: t.a\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
    ),
    (
        V1_3,
        "id: A.b_c-d.9\nnamespace: t.a\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
    ),
    (
        V1_3,
        "id: ok\nnamespace: nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
    ),
    (
        V1_3,
        "id: t256\nnamespace: t.a\ntasks:\n  - id: tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
    ),
    (
        V1_3,
        "id: inp\nnamespace: t.a\ninputs:\n  - id: s\n    type: STRING\n    defaults: x\n    description: d\n    displayName: S\n    validator: \"^[a-z]+$\"\n  - id: i\n    type: INT\n    min: 1\n    max: 5\n    required: false\n  - id: f\n    type: FLOAT\n    defaults: 1.5\n  - id: b\n    type: BOOL\n    defaults: true\n  - id: sel\n    type: SELECT\n    values: [a, b]\n    allowCustomValue: true\n  - id: ms\n    type: MULTISELECT\n    values: [a, b]\n  - id: arr\n    type: ARRAY\n    itemType: INT\n  - id: dt\n    type: DATETIME\n    defaults: 2024-01-02T03:04:05Z\n  - id: d\n    type: DATE\n  - id: t\n    type: TIME\n  - id: dur\n    type: DURATION\n    defaults: PT5M\n  - id: js\n    type: JSON\n    defaults: '{\"a\":1}'\n  - id: u\n    type: URI\n  - id: sec\n    type: SECRET\n  - id: y\n    type: YAML\n  - id: e\n    type: EMAIL\n  - id: fl\n    type: FILE\n    allowedFileExtensions: [.csv]\n  - id: dep\n    type: STRING\n    dependsOn:\n      inputs: [s]\n      condition: \"{{ inputs.s == 'x' }}\"\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
    ),
    (
        V1_3,
        "id: props\nnamespace: t.a\ndescription: d\ndisabled: true\nconcurrency:\n  limit: 2\n  behavior: CANCEL\nretry:\n  type: constant\n  interval: PT1S\n  maxAttempts: 3\nvariables:\n  a: 1\n  b: {c: [1, two, 3.5]}\noutputs:\n  - id: o\n    type: STRING\n    value: \"{{ vars.a }}\"\nsla:\n  - id: max\n    type: MAX_DURATION\n    duration: PT10S\n    behavior: FAIL\npluginDefaults:\n  - type: io.kestra.plugin.core.log.Log\n    values:\n      level: WARN\nerrors:\n  - id: err\n    type: io.kestra.plugin.core.log.Log\n    message: failed\nfinally:\n  - id: fin\n    type: io.kestra.plugin.core.log.Log\n    message: done\nafterExecution:\n  - id: aft\n    type: io.kestra.plugin.core.log.Log\n    message: after\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n",
    ),
    (
        V1_3,
        "id: tk\nnamespace: t.a\ntasks:\n  - id: lg\n    type: io.kestra.plugin.core.log.Log\n    message: m\n    level: INFO\n  - id: lw\n    type: io.kestra.plugin.core.log.Log\n    message: m\n    level: WARN\n    timeout: PT10S\n    allowFailure: true\n    runIf: \"{{ true }}\"\n    retry:\n      type: exponential\n      interval: PT1S\n      maxInterval: PT10S\n      maxAttempts: 2\n  - id: par\n    type: io.kestra.plugin.core.flow.Parallel\n    concurrent: 2\n    tasks:\n      - id: r1\n        type: io.kestra.plugin.core.debug.Return\n        format: x\n  - id: iff\n    type: io.kestra.plugin.core.flow.If\n    condition: \"{{ true }}\"\n    then:\n      - id: r2\n        type: io.kestra.plugin.core.debug.Return\n    else:\n      - id: r3\n        type: io.kestra.plugin.core.debug.Return\n  - id: sw\n    type: io.kestra.plugin.core.flow.Switch\n    value: a\n    cases:\n      a:\n        - id: r4\n          type: io.kestra.plugin.core.debug.Return\n    defaults:\n      - id: r5\n        type: io.kestra.plugin.core.debug.Return\n  - id: sub\n    type: io.kestra.plugin.core.flow.Subflow\n    namespace: t.a\n    flowId: other\n    wait: true\n    inputs: {a: 1}\n",
    ),
];

#[test]
fn servers_refuse_in_these_words() {
    for (line, source, message) in REFUSED {
        let refusal = answer(*line, source).unwrap_or_else(|| panic!("{line} refused {source}"));
        assert_eq!(lines(&refusal.message), lines(message), "{line}: {source}");
    }
}

#[test]
fn servers_accept_these() {
    for (line, source) in ACCEPTED {
        assert_eq!(answer(*line, source), None, "{line}: {source}");
    }
}

/// What people read: the part of a flow, what is wrong, the cure, the place. Marks: `!` refused, `~` warned.
fn messages(line: KestraLine, source: &str) -> String {
    let flow = Flow::parse(source).unwrap_or_else(|problems| panic!("{problems}: {source}"));
    check(&flow, line)
        .iter()
        .map(|problem| {
            let mark = if problem.severity == Severity::Error {
                '!'
            } else {
                '~'
            };
            format!("{mark} {} {problem}\n", problem.code)
        })
        .collect()
}

fn codes(line: KestraLine, source: &str) -> Vec<&'static str> {
    let flow = Flow::parse(source).unwrap_or_else(|problems| panic!("{problems}: {source}"));
    check(&flow, line).iter().map(|problem| problem.code).collect()
}

/// Each row is the top of a flow that has one good task.
#[test]
fn rules_find_what_breaks_them() {
    for (line, top, expected) in [
        (V1_3, "", vec![]),
        (V2_0, "", vec![]),
        (V1_3, "revision: 0\n", vec!["revision"]),
        (V1_3, "revision: x\n", vec!["revision"]),
        (V1_3, "revision: 3\n", vec![]),
        (V1_3, "Labels: {}\n", vec!["properties"]),
        (V1_3, "draft: true\n", vec!["properties"]),
        (V2_0, "draft: true\nquotas: []\nworkerSelector: {}\n", vec![]),
        (
            V2_0,
            "pluginDefaults: []\ntaskDefaults: []\nworkerGroup: {}\n",
            vec!["properties"; 3],
        ),
        (V1_3, "listeners: []\n", vec!["deprecated"]),
        (V1_3, "variables:\n", vec!["value"]),
        (V1_3, "variables: ~\nlabels: ~\ninputs: ~\n", vec![]),
        (V1_3, "labels:\n", vec!["value"]),
        (V1_3, "inputs: {a: 1}\n", vec!["value"]),
        (V1_3, "disabled: yes\n", vec![]),
        (V1_3, "disabled: 'yes'\n", vec!["value"]),
        (V1_3, "description: [a]\n", vec!["value"]),
        (V1_3, "labels: {a: [1]}\n", vec!["labels"]),
        (V1_3, "labels: [{key: a, value: 1}]\n", vec![]),
        (V1_3, "labels: [{key: A, value: ''}]\n", vec!["labels", "labels"]),
        (
            V1_3,
            "labels: {system.a: b, system.readOnly: true}\n",
            vec!["system-label"],
        ),
        (V1_3, "labels: {é: a}\n", vec![]),
        (
            V1_3,
            "triggers: [{id: t, type: x.Y}, {id: t, type: x.Y}]\n",
            vec!["duplicate-trigger"],
        ),
        (
            V1_3,
            "triggers: [{id: t.u, type: x.Y}, {id: v}, {type: x.Y}]\n",
            vec!["trigger-id", "trigger-type", "trigger-id"],
        ),
        (V1_3, "triggers: [x]\n", vec!["trigger-type"]),
        (
            V1_3,
            "inputs: [{id: a, type: STRING}, {id: a, type: INT}]\n",
            vec!["duplicate-input"],
        ),
        (
            V1_3,
            "inputs: [{id: a b, type: STRING}, {id: c}]\n",
            vec!["input-id", "input-type"],
        ),
        (V1_3, "inputs: [{name: a, type: STRING}]\n", vec![]),
        (V1_3, "inputs: [{id: a, type: string}]\n", vec!["input-type"]),
        (
            V1_3,
            "inputs: [{id: a, type: BOOLEAN}, {id: b, type: ENUM, values: []}]\n",
            vec!["input-type", "input-type"],
        ),
        (V2_0, "inputs: [{id: a, type: BOOLEAN}]\n", vec!["input-type"]),
        (V1_3, "inputs: [{id: a, type: ION}]\n", vec!["input-type"]),
        (V2_0, "inputs: [{id: a, type: ION}]\n", vec![]),
        (
            V1_3,
            "inputs: [{id: a, type: INT, defaults: 1, required: false}]\n",
            vec!["input-default"],
        ),
        (
            V1_3,
            "inputs: [{id: a, type: INT, defaults: 1, prefill: 2}]\n",
            vec!["input-default"],
        ),
        (
            V1_3,
            "inputs: [{id: a, type: INT, defaults: ~, required: false, prefill: 2}]\n",
            vec![],
        ),
        (V1_3, "inputs: [{id: a, type: ARRAY}]\n", vec!["input-item-type"]),
        (
            V1_3,
            "inputs: [{id: a, type: ARRAY, itemType: SECRET}]\n",
            vec!["input-item-type"],
        ),
        (V1_3, "inputs: [{id: a, type: MULTISELECT}]\n", vec![]),
        (V1_3, "inputs: [{id: a, type: FORM}]\n", vec!["form"]),
        (
            V1_3,
            "inputs: [{id: a, type: FORM, inputs: [{id: b, type: FORM, inputs: []}]}]\n",
            vec!["form"],
        ),
        (
            V1_3,
            "inputs: [{id: a, type: FORM, prefill: 1, inputs: []}]\n",
            vec!["form"],
        ),
        (
            V1_3,
            "inputs: [{id: a, type: FORM, inputs: [{id: b, type: INT}, {id: b, type: INT}]}]\n",
            vec!["duplicate-input"],
        ),
        (
            V1_3,
            "inputs: [{id: a, type: INT, dependsOn: {inputs: [b]}}]\n",
            vec!["input-dependency"],
        ),
        (
            V1_3,
            "inputs: [{id: a, type: INT, dependsOn: {inputs: [b]}}, {id: b, type: INT, dependsOn: {inputs: [a]}}]\n",
            vec!["input-dependency"; 2],
        ),
        (
            V1_3,
            "inputs: [{id: f, type: FORM, inputs: [{id: x, type: INT}]}, {id: a, type: INT, dependsOn: {inputs: [f.x]}}]\n",
            vec![],
        ),
        (V1_3, "outputs: [{id: a, type: STRING, value: x}]\n", vec![]),
        (
            V1_3,
            "outputs: [{id: a}, {id: b, type: NOPE, value: x}, {id: b, type: INT, value: 1}]\n",
            vec!["outputs", "outputs", "outputs", "duplicate-output"],
        ),
        (
            V1_3,
            "retry: {type: constant, interval: PT1S, maxAttempts: 3}\n",
            vec![],
        ),
        (V1_3, "retry: {type: constant}\n", vec!["retry"]),
        (V1_3, "retry: {type: often}\n", vec!["retry"]),
        (
            V1_3,
            "retry: {type: constant, interval: PT1M, maxDuration: PT60S}\n",
            vec!["retry"],
        ),
        (
            V1_3,
            "retry: {type: constant, interval: soon, maxAttempts: 0}\n",
            vec!["retry", "retry"],
        ),
        (V1_3, "retry: {type: constant, interval: 30}\n", vec![]),
        (
            V1_3,
            "retry: {type: exponential, interval: PT10S, maxInterval: PT10S}\n",
            vec!["retry"],
        ),
        (
            V1_3,
            "retry: {type: random, minInterval: PT1S, maxInterval: PT2S, behavior: SOMETIMES}\n",
            vec!["retry"],
        ),
        (V1_3, "concurrency: {limit: 2, behavior: CANCEL}\n", vec![]),
        (V1_3, "concurrency: {limit: 0}\n", vec!["concurrency"]),
        (
            V1_3,
            "concurrency: {behavior: STOP}\n",
            vec!["concurrency", "concurrency"],
        ),
        (
            V1_3,
            "sla: [{id: a, type: MAX_DURATION, duration: PT1S, behavior: FAIL}]\n",
            vec![],
        ),
        (V1_3, "sla: [{id: a, type: MAX_DURATION}]\n", vec!["sla", "sla"]),
        (V1_3, "sla: [{id: a, type: x}]\n", vec!["sla"]),
        (
            V1_3,
            "checks: [{condition: '{{ true }}', message: ''}]\n",
            vec!["checks"],
        ),
        (
            V1_3,
            "checks: [{condition: '{{ true }}', message: nope}]\n",
            vec![],
        ),
        (
            V1_3,
            "checks: [{when: '{{ true }}', message: nope}]\n",
            vec!["checks"],
        ),
        (
            V2_0,
            "checks: [{when: '{{ true }}', message: nope, style: WARNING}]\n",
            vec![],
        ),
        (
            V2_0,
            "checks: [{condition: '{{ true }}', style: LOUD}]\n",
            vec!["checks", "checks"],
        ),
        (
            V1_3,
            "pluginDefaults: [{type: x.Y, values: {a: 1}}, {values: {}}, {type: x}]\n",
            vec!["plugin-defaults", "plugin-defaults"],
        ),
    ] {
        assert_eq!(codes(line, &with_task(top)), expected, "{line}: {top}");
    }
}

#[test]
fn tasks_are_found_wherever_they_are() {
    let flow = Flow::parse(
        "tasks:
  - {id: a, type: io.kestra.plugin.core.flow.Parallel, tasks: [{id: b, type: x}], errors: [{id: c, type: x}]}
  - {id: d, type: io.kestra.plugin.core.flow.If, then: [{id: e, type: x}], else: [{id: f, type: x}]}
  - {id: g, type: io.kestra.plugin.core.flow.Switch, cases: {k: [{id: h, type: x}]}, defaults: [{id: i, type: x}]}
  - {id: j, type: io.kestra.plugin.core.flow.Dag, tasks: [{task: {id: k, type: x}}, {task: {id: l, type: x}, dependsOn: [k]}]}
  - {id: m, type: io.kestra.plugin.core.flow.Pause, onPause: {id: n, type: x}}
  - {id: o, type: com.example.Cluster, tasks: [{id: not-kestra}]}
errors: [{id: p, type: x}]
finally: [{id: q, type: x}]
afterExecution: [{id: r, type: x}]
",
    )
    .expect("this is a flow");
    let found: Vec<String> = flow
        .tasks()
        .iter()
        .map(|task| format!("{}={}", task.path, task.text("id").expect("every task has an id")))
        .collect();
    insta::assert_snapshot!(found.join("\n"), @r#"
    tasks[0]=a
    tasks[0].tasks[0]=b
    tasks[0].errors[0]=c
    tasks[1]=d
    tasks[1].then[0]=e
    tasks[1].else[0]=f
    tasks[2]=g
    tasks[2].defaults[0]=i
    tasks[2].cases[k][0]=h
    tasks[3]=j
    tasks[3].tasks[0].task=k
    tasks[3].tasks[1].task=l
    tasks[4]=m
    tasks[4].onPause=n
    tasks[5]=o
    errors[0]=p
    finally[0]=q
    afterExecution[0]=r
    "#);
}

#[test]
fn rules_of_tasks() {
    let flow = "id: w
namespace: t.a
inputs: [{id: a-b, type: STRING}]
tasks:
  - id: a b
    type: io.kestra.plugin.core.log.Log
    message: '{{ inputs.a-b }}'
  - id: call
    type: io.kestra.plugin.core.flow.Subflow
    namespace: t.a
    flowId: w
    timeout: soon
  - id: choose
    type: io.kestra.plugin.core.flow.Switch
    value: '{{ x }}'
    cases: {}
  - id: x-y
    type: com.example.Work
    timeout: '{{ vars.timeout }}'
  - id: all
    type: io.kestra.plugin.core.flow.Parallel
    tasks:
      - id: call
        type: com.example.Work
        query: '{{ outputs.x-y.value }}'
      - message: hi
      - text
errors: []
finally:
  - id: call
    type: com.example.Work
";
    insta::assert_snapshot!(messages(V1_3, flow), @r#"
    ! dash-reference tasks[0]: write `inputs['a-b']` instead of `inputs.a-b`: Pebble reads the dash as a minus (line 5, column 5)
    ! task-id tasks[0].id: must match "^[a-zA-Z0-9][a-zA-Z0-9_-]*" (got `a b`) (line 5, column 9)
    ! recursive-call tasks[1].flowId: a flow may not call itself (line 11, column 13)
    ~ timeout tasks[1].timeout: `soon` is no duration; write days, hours, minutes and seconds such as P1DT12H, PT90M or PT1.5S (line 12, column 14)
    ! switch tasks[2]: a Switch needs tasks in `cases` or `defaults` (line 13, column 5)
    ! dash-reference tasks[4]: write `outputs['x-y']` instead of `outputs.x-y`: Pebble reads the dash as a minus (line 20, column 5)
    ~ dash-reference tasks[4].tasks[0]: write `outputs['x-y']` instead of `outputs.x-y`: Pebble reads the dash as a minus (line 23, column 9)
    ! duplicate-task tasks[4].tasks[0].id: `call` is already used at line 8, column 9; ids are unique (line 23, column 13)
    ! task-id tasks[4].tasks[1].id: is required (line 26, column 9)
    ! task-type tasks[4].tasks[1].type: is required; name the plugin, such as `io.kestra.plugin.core.log.Log` (line 26, column 9)
    ! task-type tasks[4].tasks[2]: must be a map with `id` and `type` (line 27, column 9)
    ! duplicate-task finally[0].id: `call` is already used at line 8, column 9; ids are unique (line 30, column 9)
    "#);
}

#[test]
fn messages_for_people() {
    let flow = "id: search
namespace: T.A
labels: {Abc: '', system.x: 1}
Inputs: []
listeners: []
disabled: perhaps
variables:
inputs:
  - {id: n, type: NUMBER}
  - {id: o, type: BOOLEAN, defaults: true, required: false}
retry: {type: constant, interval: 1h, maxAttempts: 0}
concurrency: {limit: many}
tasks: []
";
    insta::assert_snapshot!(messages(V1_3, flow), @r#"
    ! reserved-id id: `search` is reserved by Kestra 1.3; choose another id (line 1, column 5)
    ! namespace namespace: must match "^[a-z0-9][a-z0-9._-]*" (got `T.A`) (line 2, column 12)
    ! labels labels[0].key: `Abc` must begin with a lowercase letter and hold only letters, digits, `.`, `_` and `-` (line 3, column 10)
    ! labels labels[0].value: a label needs a value (line 3, column 15)
    ! system-label labels[1].key: `system.x` is Kestra's own; use a key without `system.` (line 3, column 19)
    ! properties Inputs: unknown property; did you mean `inputs`? (line 4, column 1)
    ~ deprecated listeners: `listeners` is deprecated; use `afterExecution`, or a flow with a Flow trigger (line 5, column 1)
    ! value disabled: `disabled` must be `true` or `false` (line 6, column 11)
    ! value variables: `variables` must be a map; fill it in or remove the line (line 7, column 10)
    ! input-type inputs[0].type: `NUMBER` is no input type; use one of STRING, ENUM, SELECT, INT, FLOAT, BOOLEAN, BOOL, DATETIME, DATE, TIME, DURATION, FILE, JSON, URI, SECRET, ARRAY, MULTISELECT, YAML, EMAIL, FORM (line 9, column 19)
    ~ input-type inputs[1].type: `BOOLEAN` is deprecated; use BOOL (line 10, column 19)
    ! input-default inputs[1]: remove `defaults` or `required: false`: a default is always applied (line 10, column 38)
    ! retry retry.interval: `1h` is no duration; write days, hours, minutes and seconds such as P1DT12H, PT90M or PT1.5S (line 11, column 35)
    ! retry retry.maxAttempts: must be greater than or equal to 1 (got 0) (line 11, column 52)
    ! concurrency concurrency.limit: `many` is no whole number (line 12, column 22)
    ! tasks tasks: a flow needs at least one task (line 13, column 8)
    "#);
    insta::assert_snapshot!(messages(V2_0, flow), @r#"
    ! namespace namespace: must match "^[a-z0-9][a-z0-9._-]*" (got `T.A`) (line 2, column 12)
    ! labels labels[0].key: `Abc` must begin with a lowercase letter and hold only letters, digits, `.`, `_` and `-` (line 3, column 10)
    ! labels labels[0].value: a label needs a value (line 3, column 15)
    ! system-label labels[1].key: `system.x` is Kestra's own; use a key without `system.` (line 3, column 19)
    ! properties Inputs: unknown property; did you mean `inputs`? (line 4, column 1)
    ! properties listeners: Kestra 2.0 has no `listeners` any more; use `afterExecution`, or a flow with a Flow trigger (line 5, column 1)
    ! value disabled: `disabled` must be `true` or `false` (line 6, column 11)
    ! value variables: `variables` must be a map; fill it in or remove the line (line 7, column 10)
    ! input-type inputs[0].type: `NUMBER` is no input type; use one of STRING, SELECT, INT, FLOAT, BOOL, DATETIME, DATE, TIME, DURATION, FILE, JSON, ION, URI, SECRET, ARRAY, MULTISELECT, YAML, EMAIL, FORM, REUSABLE_INPUTS (line 9, column 19)
    ! input-type inputs[1].type: Kestra 2.0 has no input type `BOOLEAN` any more; use BOOL (line 10, column 19)
    ! input-default inputs[1]: remove `defaults` or `required: false`: a default is always applied (line 10, column 38)
    ! retry retry.interval: `1h` is no duration; write days, hours, minutes and seconds such as P1DT12H, PT90M or PT1.5S (line 11, column 35)
    ! retry retry.maxAttempts: must be greater than or equal to 1 (got 0) (line 11, column 52)
    ! concurrency concurrency.limit: `many` is no whole number (line 12, column 22)
    ! tasks tasks: a flow needs at least one task (line 13, column 8)
    "#);
}

#[test]
fn answers_of_each_line_name_tasks_their_way() {
    let source = with_task(
        "errors:\n  - id: p\n    type: io.kestra.plugin.core.flow.Sequential\n    tasks: [{id: x.y, type: z}]\n",
    );
    let answers = KestraLine::ALL.map(|line| answer(line, &source).expect("both lines refuse it"));
    assert_eq!(
        answers.clone().map(|answer| answer.message),
        [
            "x.y.id: must match \"^[a-zA-Z0-9][a-zA-Z0-9_-]*\"\n",
            "errors[p].tasks[x.y].id: must match \"^[a-zA-Z0-9][a-zA-Z0-9_-]*\"\n",
        ]
    );
    for answer in answers {
        assert_eq!(answer.violations[0].path, "errors[0].tasks[0].id");
        assert_eq!(answer.violations[0].pointer, "/errors/0/tasks/0/id");
    }
}

#[test]
fn what_is_no_flow_says_so() {
    for (source, expected) in [
        (
            "",
            "the document is empty; write at least one `key: value` (line 1, column 1)",
        ),
        (
            "- id: a",
            "a flow is a map that starts with `id:` and `namespace:` (line 1, column 1)",
        ),
        (
            "hello",
            "a flow is a map that starts with `id:` and `namespace:` (line 1, column 1)",
        ),
    ] {
        let problems = Flow::parse(source).expect_err("this is no flow");
        assert_eq!(problems.to_string(), expected, "{source}");
    }
    let answer = answer(V1_3, "a: {{ x }}").expect("this is no YAML");
    assert_eq!(answer.stage, Stage::Source);
    assert_eq!(answer.violations[0].path, "yaml");
}

#[test]
fn every_rule_has_its_own_code_and_every_problem_a_rule_s() {
    let codes: std::collections::BTreeSet<_> = RULES.iter().map(|rule| rule.code).collect();
    assert_eq!(codes.len(), RULES.len());
    for (line, source, _) in REFUSED {
        let Ok(flow) = Flow::parse(source) else { continue };
        for problem in check(&flow, *line) {
            assert!(codes.contains(problem.code), "{}", problem.code);
        }
    }
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
