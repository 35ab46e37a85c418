//! What the catalogs find wrong with plugins, and where.

use super::*;

/// A problem in a line: `!` refused, `~` warned; its code, its path, and where it begins.
fn found(line: KestraLine, source: &str) -> Vec<String> {
    let flow = Flow::parse(source).unwrap_or_else(|problems| panic!("{problems}: {source}"));
    let found = |problem: &Problem| {
        let mark = if problem.severity == Severity::Error { '!' } else { '~' };
        let start = problem.span.start;
        format!("{mark} {} {} {}:{}", problem.code, problem.path, start.line, start.column)
    };
    check(&flow, line).iter().map(found).collect()
}

/// A flow with one task, which begins in line 4, column 5.
fn task(plugin: &str, rest: &str) -> String {
    let rest: String = rest.lines().map(|line| format!("    {line}\n")).collect();
    format!("id: w\nnamespace: t.a\ntasks:\n  - id: t\n    type: io.kestra.plugin.core.{plugin}\n{rest}")
}

fn trigger(plugin: &str, rest: &str) -> String {
    let tasks = "tasks: [{id: l, type: io.kestra.plugin.core.log.Log, message: x}]";
    let rest: String = rest.lines().map(|line| format!("    {line}\n")).collect();
    format!(
        "id: w\nnamespace: t.a\n{tasks}\ntriggers:\n  - id: t\n    type: io.kestra.plugin.core.{plugin}\n{rest}"
    )
}

const LOG: &str = "{id: l, type: io.kestra.plugin.core.log.Log, message: x}";

/// Checks flows that both lines find the same wrong with.
#[track_caller]
fn on_every_line(rows: &[(String, &[&str])]) {
    for (source, expected) in rows {
        for line in KestraLine::ALL {
            assert_eq!(found(line, source), *expected, "{line}: {source}");
        }
    }
}

#[test]
fn unknown_types_and_properties() {
    on_every_line(&[
        // Types.
        (task("log.Lgo", "message: x"), &["! unknown-type tasks[0].type 5:11"]),
        (task("trigger.Schedule", "cron: '* * * * *'"), &["! plugin-kind tasks[0].type 5:11"]),
        (trigger("log.Log", "message: x"), &["! plugin-kind triggers[0].type 6:11"]),
        (trigger("trigger.Schedul", "cron: x"), &["! unknown-type triggers[0].type 6:11"]),
        (
            task("flow.Sequential", "tasks:\n  - {id: a, type: io.kestra.plugin.core.log.Log2}"),
            &["! unknown-type tasks[0].tasks[0].type 7:23"],
        ),
        (
            task(
                "flow.Switch",
                "value: a\ncases:\n  a:\n    - {id: a, type: io.kestra.plugin.core.log.Log2}",
            ),
            &["! unknown-type tasks[0].cases[a][0].type 9:25"],
        ),
        (
            task("flow.Dag", "tasks:\n  - task: {id: a, type: io.kestra.plugin.core.log.Log2}"),
            &["! unknown-type tasks[0].tasks[0].task.type 7:29"],
        ),
        // Properties.
        (task("log.Log", "message: x\nmesage: y"), &["! unknown-property tasks[0].mesage 7:5"]),
        (
            task("log.Log", "message: x\nretry: {type: constant, interval: PT1S, times: 3}"),
            &["! unknown-property tasks[0].retry.times 7:45"],
        ),
        (
            task("http.Request", "uri: x\noptions:\n  timeout:\n    connect: PT1S"),
            &["! unknown-property tasks[0].options.timeout.connect 9:9"],
        ),
        (
            task("http.Request", "uri: x\noptions:\n  auth: {type: BASIC, user: a}"),
            &["! unknown-property tasks[0].options.auth.user 8:27"],
        ),
        (
            trigger("trigger.Schedule", "cron: '* * * * *'\ntimezon: UTC"),
            &["! unknown-property triggers[0].timezon 8:5"],
        ),
    ]);
}

#[test]
fn what_is_missing() {
    on_every_line(&[
        // What is missing is about the map that misses it.
        (task("log.Log", "level: INFO"), &["! required-property tasks[0].message 4:5"]),
        (task("log.Log", "message: null"), &["! required-property tasks[0].message 4:5"]),
        (task("log.Log", "message: ''"), &[]),
        (
            task("log.Log", "message: x\ntaskCache: {ttl: PT1H}"),
            &["! required-property tasks[0].taskCache.enabled 7:16"],
        ),
        (
            task("log.Log", "message: x\ntaskCache: {enabled: ''}"),
            &["! required-property tasks[0].taskCache.enabled 7:16"],
        ),
        (trigger("trigger.Schedule", "timezone: UTC"), &["! required-property triggers[0].cron 5:5"]),
        // Kestra never looks at constraints in the cases of a Switch, nor into the cache of a WorkingDirectory.
        (
            task("flow.Switch", "value: a\ncases:\n  a:\n    - {id: a, type: io.kestra.plugin.core.log.Log}"),
            &["~ required-property tasks[0].cases[a][0].message 9:11"],
        ),
        (
            task("flow.WorkingDirectory", &format!("cache: {{}}\ntasks: [{LOG}]")),
            &["~ required-property tasks[0].cache.patterns 6:12"],
        ),
    ]);
}

#[test]
fn literals_of_the_wrong_type() {
    on_every_line(&[
        // Truth values.
        (task("log.Log", "message: x\ndisabled: 'TRUE'"), &[]),
        (task("log.Log", "message: x\ndisabled: 1"), &[]),
        (task("log.Log", "message: x\ndisabled: 1.5"), &["! value-type tasks[0].disabled 7:15"]),
        (task("log.Log", "message: x\ndisabled: '1'"), &["! value-type tasks[0].disabled 7:15"]),
        (task("log.Log", "message: x\ndisabled: '{{ x }}'"), &["! value-type tasks[0].disabled 7:15"]),
        // Texts.
        (task("log.Log", "message: x\ndescription: 3"), &[]),
        (task("log.Log", "message: x\ndescription: [a]"), &["! value-type tasks[0].description 7:18"]),
        // Names from a list, or their position in it.
        (task("log.Log", "message: x\nlogLevel: info"), &["! value-type tasks[0].logLevel 7:15"]),
        (task("log.Log", "message: x\nlogLevel: 4"), &[]),
        (task("log.Log", "message: x\nlogLevel: 5"), &["! value-type tasks[0].logLevel 7:15"]),
        (task("log.Log", "message: x\nlogLevel: ''"), &["! value-type tasks[0].logLevel 7:15"]),
        (task("log.Log", "message: x\nlogLevel: true"), &["! value-type tasks[0].logLevel 7:15"]),
    ]);
}

#[test]
fn values_that_are_rendered_and_nested_ones() {
    on_every_line(&[
        // Kestra saves whatever it renders later.
        (task("log.Log", "message: x\nlevel: '{{ x }}'"), &[]),
        (task("log.Log", "message: x\nlevel: INFOO"), &["~ value-type tasks[0].level 7:12"]),
        (
            task("flow.Parallel", &format!("concurrent: many\ntasks: [{LOG}]")),
            &["~ value-type tasks[0].concurrent 6:17"],
        ),
        // Lists, maps and models.
        (task("flow.Sequential", "tasks: abc"), &["! value-type tasks[0].tasks 6:12"]),
        (task("flow.Sequential", "tasks: []"), &["! limit tasks[0].tasks 6:12"]),
        (task("flow.Sequential", "tasks:"), &["! value-type tasks[0].tasks 6:11"]),
        (task("flow.Sequential", "tasks: [abc]"), &["~ task-type tasks[0].tasks[0] 6:13"]),
        (task("flow.Switch", "value: a\ncases: {a: abc}"), &["! value-type tasks[0].cases[a] 7:16"]),
        (task("http.Request", "uri: x\noptions: abc"), &["! value-type tasks[0].options 7:14"]),
        (
            task("http.Request", "uri: x\noptions: {auth: {type: basic}}"),
            &["! value-type tasks[0].options.auth 7:21"],
        ),
        (task("flow.Subflow", "namespace: ''\nflowId: b"), &["! limit tasks[0].namespace 6:16"]),
        (
            task("flow.Subflow", "namespace: a\nflowId: b\nrevision: abc"),
            &["! value-type tasks[0].revision 8:15"],
        ),
        (task("flow.Subflow", "namespace: a\nflowId: b\nrevision: 0"), &["! limit tasks[0].revision 8:15"]),
        // Times.
        (trigger("trigger.Schedule", "cron: '* * * * *'\nlateMaximumDelay: 10"), &[]),
        (
            trigger("trigger.Schedule", "cron: '* * * * *'\nlateMaximumDelay: soon"),
            &["! value-type triggers[0].lateMaximumDelay 8:23"],
        ),
        (
            trigger("trigger.Schedule", "cron: '* * * * *'\nstopAfter: [FAILED, STOPPED]"),
            &["! value-type triggers[0].stopAfter[1] 8:25"],
        ),
    ]);
}

#[test]
fn lines_differ() {
    let day = "conditions: [{type: io.kestra.plugin.core.condition.DayWeek}]";
    let schedule = |rest: &str| trigger("trigger.Schedule", &format!("cron: '* * * * *'\n{rest}"));
    for (line, source, expected) in [
        (V1_3, schedule(day), &["! required-property triggers[0].conditions[0].dayOfWeek 8:18"][..]),
        (V2_0, schedule(day), &["! unknown-property triggers[0].conditions 8:5"]),
        (V1_3, schedule("when: 'true'"), &["! unknown-property triggers[0].when 8:5"]),
        (V2_0, schedule("when: 'true'"), &[]),
        (V1_3, task("flow.ForEach", &format!("values: [1]\ntasks: [{LOG}]")), &[]),
        (
            V2_0,
            task("flow.ForEach", &format!("values: [1]\ntasks: [{LOG}]")),
            &["! unknown-type tasks[0].type 5:11"],
        ),
        (
            V1_3,
            "id: w\nnamespace: 3\ntasks: [{id: l, type: io.kestra.core.tasks.log.Log, message: x}]"
                .to_owned(),
            &["! namespace namespace 2:12", "~ deprecated-type tasks[0].type 3:23"],
        ),
        (
            V1_3,
            format!(
                "pluginDefaults: [{{type: io.kestra.plugin.core, values: {{message: x}}}}]\n{}",
                task("log.Log", "")
            ),
            &[],
        ),
        (
            V1_3,
            task("flow.Dag", "tasks: [{task: {id: a, type: io.kestra.plugin.core.log.Log}}]"),
            &["~ required-property tasks[0].tasks[0].task.message 6:20"],
        ),
        (
            V2_0,
            task("flow.Dag", "tasks: [{task: {id: a, type: io.kestra.plugin.core.log.Log}}]"),
            &["! required-property tasks[0].tasks[0].task.message 6:20"],
        ),
    ] {
        assert_eq!(found(line, &source), expected, "{line}: {source}");
    }
}

/// What people read.
#[test]
fn suggestions_are_in_the_text() {
    let source = "id: w
namespace: t.a
tasks:
  - {id: a, type: io.kestra.plugin.core.log.Log, mesage: x}
  - {id: b, type: io.kestra.plugin.core.flow.ForEach, values: [1], tasks: []}
  - {id: c, type: io.kestra.plugin.core.log.Lgo}
  - {id: d, type: io.kestra.plugin.airbyte.connections.Snyc}
  - {id: e, type: com.example.Work, anything: goes}
  - {id: f, type: io.kestra.plugin.airbyte.connections.Sync, conectionId: x}
  - {id: g, type: io.kestra.plugin.core.log.Log, message: x, logLevel: inf, colour: red}
";
    let flow = Flow::parse(source).expect("a map");
    let messages: Vec<String> = check(&flow, V2_0).iter().map(Problem::to_string).collect();
    insta::assert_snapshot!(messages.join("\n"), @r#"
    tasks[0].message: is required by `io.kestra.plugin.core.log.Log` (line 4, column 5)
    tasks[0].mesage: unknown property of `io.kestra.plugin.core.log.Log`; did you mean `message`? (line 4, column 50)
    tasks[1].type: Kestra 2.0 has no `io.kestra.plugin.core.flow.ForEach` any more; use `io.kestra.plugin.core.flow.Loop` (line 5, column 19)
    tasks[2].type: Kestra 2.0 has no `io.kestra.plugin.core.log.Lgo`; did you mean `io.kestra.plugin.core.log.Log`? (line 6, column 19)
    tasks[3].type: `io.kestra.plugin.airbyte.connections.Snyc` is not in the catalog of Kestra 2.0; did you mean `io.kestra.plugin.airbyte.connections.Sync`? (line 7, column 19)
    tasks[4].type: `com.example.Work` is not in the catalog of Kestra 2.0, so nothing of it is checked; make sure that the server has the plugin (line 8, column 19)
    tasks[5].connectionId: is required by `io.kestra.plugin.airbyte.connections.Sync` (line 9, column 5)
    tasks[5].url: is required by `io.kestra.plugin.airbyte.connections.Sync` (line 9, column 5)
    tasks[5].conectionId: unknown property of `io.kestra.plugin.airbyte.connections.Sync`; did you mean `connectionId`? (line 9, column 62)
    tasks[6].logLevel: must be one of ERROR, WARN, INFO, DEBUG, TRACE; did you mean `INFO`? (line 10, column 72)
    tasks[6].colour: unknown property of `io.kestra.plugin.core.log.Log`; it has allowFailure, allowWarning, assets, description, disabled, id, level, logLevel, logToFile, message, policyRefs, retry, runIf, taskCache, timeout, version, workerSelector (line 10, column 77)
    "#);
}
