//! Texts that Kestra shall leave alone, rendered by Kestra itself.

use harness::Engine;
use schema::KestraLine;
use schema::expression::literal;
use serde_json::{Value, json};

const TEXTS: &[&str] = &[
    "",
    "plain",
    "{{ inputs.x }}",
    "{{- a -}}",
    "{{",
    "}}",
    "{{\n}}\n",
    "{{{{}}}}",
    "{{{ a }}}",
    "{%",
    "{% if a %}b{% endif %}",
    "{%- for x in y -%}\n- {{ x }}\n{%- endfor -%}",
    "{# a comment #}",
    "{#}",
    "{% raw %}{{ a }}{% endraw %}",
    "{% endraw %}{{ a }}",
    "{% raw %}{% raw %}a{% endraw %}{% endraw %} {%- raw -%}b{%endraw%}{% endraw %}",
    "{% raw %} {% raw %}\n{{ a }}{% endraw %}{% raw %}",
    "{% verbatim %}{{ a }}{% endverbatim %}",
    "select '{{' || \"a\" -- # : \n from t where b = '${c}' and d like '%{e}'",
    "\\{{ a }}",
    "{{ '{{' }}",
    "${{ secrets.X }}",
    "{\"a\": {\"b\": {}}}",
];

#[test]
fn kestra_leaves_literal_texts_alone() {
    for line in KestraLine::ALL {
        let Some(mut engine) = Engine::start(line, "run") else { return };
        let tasks: Vec<Value> =
            TEXTS.iter().enumerate().map(|(position, text)| returning(position, text)).collect();
        let flow = json!({"id": "literal", "namespace": "t.literal", "tasks": tasks});
        let run = engine.ask(&json!({"id": "literal", "source": flow.to_string(), "flows": []}));
        assert_eq!(run["state"], "SUCCESS", "Kestra {line}: {run}");
        for (position, text) in TEXTS.iter().enumerate() {
            let returned = &run["taskRuns"][position]["outputs"]["value"];
            assert_eq!(returned, text, "Kestra {line}");
        }
    }
}

fn returning(position: usize, text: &str) -> Value {
    json!({"id": format!("t{position}"), "type": "io.kestra.plugin.core.debug.Return", "format": literal(text)})
}
