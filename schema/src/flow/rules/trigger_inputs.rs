//! Inputs that schedules and webhooks start a flow with: all it asks for, and values that it takes. 2.0 refuses a flow that
//! cannot start like this; 1.3 saves it, and its executions fail.

use indexmap::IndexMap;

use super::super::inputs::{self, is_optional};
use super::super::place::Place;
use super::super::problem::Problem;
use super::Subject;
use super::input_values::{as_saved, mistake};
use crate::line::KestraLine;

/// Triggers that Kestra looks at, and what it calls them.
const STARTERS: [(&str, &str); 2] = [
    ("io.kestra.plugin.core.trigger.Schedule", "Schedule"),
    ("io.kestra.plugin.core.trigger.Webhook", "Webhook"),
];

const CODE: &str = "trigger-inputs";

pub(super) fn inputs(subject: &Subject<'_>) -> Vec<Problem> {
    let inputs = inputs::named(&subject.inputs).map(|named| (named.name, named.input)).collect();
    let line = subject.line;
    let broken = |(class, called): (&'static str, &'static str)| {
        let starter = move |trigger| Starter { trigger, called, line };
        let starters = subject.uses.of_class(class).map(starter);
        starters.flat_map(|starter| starter.ill_typed(&inputs).into_iter().chain(starter.missing(&inputs)))
    };
    subject.enough(STARTERS.into_iter().flat_map(broken))
}

/// Inputs by name, in their order.
type Inputs<'flow> = IndexMap<String, Place<'flow>>;

struct Starter<'subject, 'flow> {
    trigger: &'subject Place<'flow>,
    called: &'static str,
    line: KestraLine,
}

impl Starter<'_, '_> {
    /// What Kestra calls it.
    fn name(&self) -> String {
        format!("{} Trigger '{}'", self.called, self.trigger.text("id").unwrap_or_default())
    }

    fn ill_typed(&self, inputs: &Inputs<'_>) -> Vec<Problem> {
        let given = self.trigger.get("inputs").map(|given| given.entries()).unwrap_or_default();
        let broken = |(name, value): (&str, Place<'_>)| {
            let words = mistake(inputs.get(name)?, &value)?;
            let human = format!("the input `{name}` does not take this: {words}");
            let words = format!("Invalid value for input '{name}' supplied by {}: {words}", self.name());
            Some(as_saved(Problem::at(CODE, &value, human), self.line, &words))
        };
        given.into_iter().filter(|(_, value)| !value.node.is_null()).filter_map(broken).collect()
    }

    fn missing(&self, inputs: &Inputs<'_>) -> Option<Problem> {
        let given = self.trigger.get("inputs");
        let is_given = |name: &str| given.as_ref().is_some_and(|given| given.get(name).is_some());
        let is_demanded = |input: &Place<'_>| !is_optional(input) && input.get("defaults").is_none();
        let missing = inputs.iter().filter(|(name, input)| is_demanded(input) && !is_given(name));
        let missing: Vec<&str> = missing.map(|(name, _)| name.as_str()).collect();
        if missing.is_empty() {
            return None;
        }
        let words = format!("Missing inputs for {}, missing inputs: '{}'", self.name(), missing.join(" | "));
        let human = format!(
            "this trigger starts the flow without `{}`; give it `inputs`, or the inputs `defaults`",
            missing.join("`, `")
        );
        let place = given.unwrap_or_else(|| self.trigger.clone());
        Some(as_saved(Problem::at(CODE, &place, human), self.line, &words))
    }
}
