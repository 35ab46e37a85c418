//! The rules of webhooks.

use super::super::place::Place;
use super::super::problem::Problem;
use super::Subject;

const CLASS: &str = "io.kestra.plugin.core.trigger.Webhook";

const CONTENT_TYPES: [&str; 2] = ["application/json", "text/plain"];

pub(super) fn content_types(subject: &Subject<'_>) -> Vec<Problem> {
    subject.enough(subject.uses.of_class(CLASS).filter_map(broken))
}

fn broken(webhook: &Place<'_>) -> Option<Problem> {
    let place = webhook.get("responseContentType")?;
    let name = place.node.text().filter(|name| !CONTENT_TYPES.contains(&&**name))?;
    let human = format!("a webhook answers `application/json` or `text/plain`, not `{name}`");
    let words = "invalid webhook: responseContentType must be either 'application/json' or 'text/plain'";
    let problem = Problem::at("webhook", &place, human);
    Some(Problem { path: webhook.path.clone(), ..problem }.constraint(words))
}
