//! What servers of both lines answered to flows.

use super::*;

/// The lines of a message, which Kestra sends in no fixed order.
fn lines(message: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = message.split('\n').collect();
    lines.sort_unstable();
    lines
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
    (V1_3, "id: e\nnamespace: t.a\ntasks:\n  - id: a\n    message: x\n", "Invalid type: <null>"),
    (V2_0, "id: e\nnamespace: t.a\ntasks:\n  - id: a\n    message: x\n", "Invalid type: <null>"),
    (V1_3, "id: e\nnamespace: t.a\n", "tasks: must not be empty\n"),
    (V2_0, "id: e\nnamespace: t.a\n", "tasks: must not be empty\n"),
    (V1_3, "id: e\nnamespace: t.a\ntasks: []\n", "tasks: must not be empty\n"),
    (V2_0, "id: e\nnamespace: t.a\ntasks: []\n", "tasks: must not be empty\n"),
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

#[test]
fn answers_of_each_line_name_tasks_their_way() {
    let source = with_task(
        "errors:\n  - id: p\n    type: io.kestra.plugin.core.flow.Sequential\n    tasks: [{id: x.y, type: z}]\n",
    );
    let answers = KestraLine::ALL.map(|line| answer(line, &source).expect("both lines refuse it"));
    assert_eq!(
        answers.clone().map(|answer| answer.message),
        [
            "errors[0].x.y.id: must match \"^[a-zA-Z0-9][a-zA-Z0-9_-]*\"\n",
            "errors[0].tasks[x.y].id: must match \"^[a-zA-Z0-9][a-zA-Z0-9_-]*\"\n",
        ]
    );
    for answer in answers {
        assert_eq!(answer.violations[0].path, "errors[0].tasks[0].id");
        assert_eq!(answer.violations[0].pointer, "/errors/0/tasks/0/id");
    }
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
