//! Which texts of a flow are read, when they are rendered, and which names they mention.

use super::*;
use crate::flow::Flow;

fn flow(source: &str) -> Flow {
    Flow::parse(source).unwrap_or_else(|problems| panic!("{problems}: {source}"))
}

#[test]
fn expressions_are_found_where_kestra_renders_them() {
    let flow = flow(
        "id: w
namespace: t.a
description: '{{ no }}'
labels: {a: '{{ no }}'}
inputs: [{id: i, type: STRING, defaults: '{{ 1 }}', description: '{{ no }}'}]
variables: {v: '{{ 2 }}'}
tasks:
  - id: a
    type: io.kestra.plugin.core.flow.Sequential
    runIf: '{{ 3 }}'
    tasks:
      - {id: b, type: x.Y, env: {'{{ 4 }}': '{{ 5 }}'}, description: '{{ no }}'}
      - {id: c, type: x.Y, outputs: {o: '{{ 6 }}'}}
outputs: [{id: o, type: STRING, value: '{{ 7 }}'}]
triggers: [{id: t, type: x.Y, when: '{{ 8 }}'}]
",
    );
    let found = expressions(&flow, V1_3);
    let shown: Vec<String> = found
        .iter()
        .map(|expression| format!("{} {} {:?}", expression.text(), expression.path, expression.site))
        .collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
    {{ 1 }} inputs[0].defaults Flow
    {{ 2 }} variables.v Shared
    {{ 3 }} tasks[0].runIf Task(0)
    {{ 4 }} tasks[0].tasks[0].env Task(1)
    {{ 5 }} tasks[0].tasks[0].env[{{ 4 }}] Task(1)
    {{ 6 }} tasks[0].tasks[1].outputs.o Elsewhere
    {{ 7 }} outputs[0].value Flow
    {{ 8 }} triggers[0].when Elsewhere
    "#);
}

#[test]
fn secrets_and_pairs_are_those_with_written_names() {
    let flow = flow("variables: {a: \"{{ secret('B') ~ secret(key='A', namespace='n.s') }}\"}
tasks:
  - {id: t, type: x.Y, a: \"{{ kv('K') | default(kv(inputs.k)) }}\", b: \"{{ secret('C', ns) }}{{ kv('L', 'o.t') }}\"}
");
    let shown = |mentions: Vec<Mention>| {
        let shown = mentions.into_iter().map(|mention| {
            let namespace = mention.namespace.map(|namespace| format!("@{namespace}")).unwrap_or_default();
            format!("{}{namespace} {}", mention.name, mention.span.start)
        });
        shown.collect::<Vec<_>>()
    };
    assert_eq!(shown(secrets(&flow)), ["B line 1, column 20", "A@n.s line 1, column 34"]);
    assert_eq!(shown(kvs(&flow)), ["K line 3, column 31", "L@o.t line 3, column 96"]);
}
