//! What starts a flow, and when a schedule fires next.

use std::collections::BTreeMap;

use jiff::{Timestamp, Zoned, tz::TimeZone};
use maud::{Markup, html};
use schema::{
    KestraLine,
    cron::{Cron, Dialect},
    flow::{Flow as Parsed, Place},
    timezone::timezone,
};

use super::parts;
use crate::{
    app::App,
    fault::Fault,
    store::{
        flows::Flow,
        triggers::{self, TriggerId, TriggerState},
    },
};

/// How many of the next moments of a schedule are shown.
const NEXT: usize = 3;

/// What was said about the triggers of a flow beside it, by their names.
pub(super) async fn states(app: &App, flow: &Flow) -> Result<BTreeMap<String, TriggerState>, Fault> {
    let declared = flow.body.get("triggers").and_then(|triggers| triggers.as_array());
    let names = declared.into_iter().flatten().filter_map(|trigger| trigger.get("id")?.as_str());
    let id = |name: &str| TriggerId {
        namespace: flow.namespace.clone(),
        flow_id: flow.id.clone(),
        trigger_id: name.into(),
    };
    let ids: Vec<TriggerId> = names.map(id).collect();
    let found = app.store.read(move |c| {
        let states = ids.into_iter().map(|id| Ok((id.trigger_id.clone(), triggers::get(c, &id)?)));
        states.collect::<Result<Vec<_>, Fault>>()
    });
    Ok(found.await?.into_iter().filter_map(|(name, state)| Some((name, state?))).collect())
}

/// The triggers of a flow.
pub(super) fn table(
    flow: &Parsed,
    states: &BTreeMap<String, TriggerState>,
    executes: bool,
    line: KestraLine,
    now: Timestamp,
) -> Markup {
    let flow_is_off = is_off(&flow.place());
    html! {
        table {
            thead { tr { th { "Trigger" } th { "Type" } th { "When" } th { @if executes { "Next" } @else { "Would fire next" } } } }
            tbody {
                @for trigger in flow.triggers() {
                    @let name = trigger.text("id").unwrap_or_default();
                    @let kind = trigger.text("type").unwrap_or_default();
                    @let off = flow_is_off || is_off(&trigger) || states.get(name.as_ref()).is_some_and(|state| state.disabled);
                    tr {
                        th scope="row" { code { (name) } @if off { " " span.state.idle { "disabled" } } }
                        td { span title=(kind) { (parts::short_type(&kind)) } }
                        td {
                            @if let Some(cron) = trigger.text("cron") { code { (cron) } }
                            @if let Some(zone) = trigger.text("timezone") { " " (zone) }
                        }
                        td { @if !off { @for time in next(&trigger, line, now) { (shown(&time)) br; } } }
                    }
                }
            }
        }
        @if !executes { p.nothing { "No engine is attached to this sandbox: no trigger fires." } }
    }
}

fn is_off(place: &Place<'_>) -> bool {
    place.get("disabled").is_some_and(|off| off.node.as_bool() == Some(true))
}

/// The next moments of a schedule; none for other triggers.
fn next(trigger: &Place<'_>, line: KestraLine, now: Timestamp) -> Vec<Zoned> {
    let seconds = trigger.get("withSeconds").is_some_and(|seconds| seconds.node.as_bool() == Some(true));
    let cron = trigger.text("cron").and_then(|cron| Cron::parse(&cron, Dialect { line, seconds }).ok());
    let zone = trigger.text("timezone").map_or(Some(TimeZone::UTC), |name| timezone(&name));
    let Some((cron, zone)) = cron.zip(zone) else { return Vec::new() };
    let times = std::iter::successors(cron.next_after(&now.to_zoned(zone)), |time| cron.next_after(time));
    times.take(NEXT).collect()
}

fn shown(time: &Zoned) -> Markup {
    let written = time.timestamp().to_string();
    html! { time datetime=(written) { (time.strftime("%a %Y-%m-%d %H:%M:%S %Z")) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(trigger: &str, expected: &str) {
        let source = format!("id: f\nnamespace: a\ntasks: []\ntriggers:\n- {trigger}\n");
        let flow = Parsed::parse(&source).unwrap();
        let now = "2030-01-01T00:00:00Z".parse().unwrap();
        let shown = table(&flow, &BTreeMap::new(), true, KestraLine::V1_3, now).into_string();
        assert!(shown.contains(expected), "{expected} is not in {shown}");
    }

    #[test]
    fn a_schedule_tells_when_it_fires() {
        check("{id: t, type: S, cron: '0 6 * * *'}", "Tue 2030-01-01 06:00:00 UTC");
        check("{id: t, type: S, cron: '0 6 * * *', timezone: Europe/Berlin}", "2030-01-01 06:00:00 CET");
        check("{id: t, type: S, cron: '*/7 * * * * *', withSeconds: true}", "2030-01-01 00:00:07 UTC");
        check("{id: t, type: S, cron: nonsense}", "<td></td></tr>");
        check("{id: t, type: S, cron: '0 6 * * *', disabled: true}", "<td></td></tr>");
        check("{id: t, type: io.kestra.plugin.core.trigger.Webhook}", ">Webhook<");
    }
}
