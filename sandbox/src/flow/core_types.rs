//! The task and trigger types that come with Kestra 1.3 itself: what they require and what they leave out.
//!
//! Kestra refuses a type nobody registered. The sandbox knows the types of the core and must trust the names of
//! all other plugins, which it does not carry.

use Requirement::{Content, Value};

/// The package of everything that comes with Kestra.
const CORE: &str = "io.kestra.plugin.core.";

/// A property that must be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Requirement {
    /// Any value will do.
    Value(&'static str),
    /// A list or text with something in it.
    Content(&'static str),
}

/// A type of the core.
#[derive(Debug)]
pub(crate) struct CoreType {
    /// The name below `io.kestra.plugin.core.`.
    name: &'static str,
    pub(crate) required: &'static [Requirement],
    /// Properties that take an expression in place of a number or boolean, and are therefore printed as text.
    texts: &'static [&'static str],
    /// Values that Kestra leaves out of its answers.
    defaults: &'static [(&'static str, &'static str)],
}

const fn core(
    name: &'static str,
    required: &'static [Requirement],
    texts: &'static [&'static str],
    defaults: &'static [(&'static str, &'static str)],
) -> CoreType {
    CoreType {
        name,
        required,
        texts,
        defaults,
    }
}

/// Sorted by name.
const TYPES: &[CoreType] = &[
    core("debug.Echo", &[], &[], &[("level", "INFO")]),
    core("debug.Return", &[], &[], &[]),
    core("execution.Assert", &[Value("conditions")], &[], &[]),
    core(
        "execution.Count",
        &[Value("expression"), Value("startDate")],
        &[],
        &[],
    ),
    core("execution.Exit", &[], &[], &[("state", "SUCCESS")]),
    core("execution.Fail", &[], &[], &[("errorMessage", "Task failure")]),
    core("execution.Labels", &[Value("labels")], &[], &[]),
    core(
        "execution.PurgeExecutions",
        &[Value("endDate")],
        &[
            "batchSize",
            "purgeExecution",
            "purgeLog",
            "purgeMetric",
            "purgeStorage",
        ],
        &[
            ("batchSize", "100"),
            ("purgeExecution", "true"),
            ("purgeLog", "true"),
            ("purgeMetric", "true"),
            ("purgeStorage", "true"),
        ],
    ),
    core("execution.Resume", &[], &[], &[]),
    core(
        "execution.SetVariables",
        &[Value("variables")],
        &["overwrite"],
        &[("overwrite", "true")],
    ),
    core(
        "execution.UnsetVariables",
        &[Value("variables")],
        &["ignoreMissing"],
        &[("ignoreMissing", "false")],
    ),
    core("flow.AllowFailure", &[Content("tasks")], &[], &[]),
    core(
        "flow.Dag",
        &[Content("tasks")],
        &["concurrent"],
        &[("concurrent", "0")],
    ),
    core(
        "flow.EachParallel",
        &[Content("tasks"), Value("value")],
        &["concurrent"],
        &[("concurrent", "0")],
    ),
    core(
        "flow.EachSequential",
        &[Content("tasks"), Value("value")],
        &[],
        &[],
    ),
    core(
        "flow.ForEach",
        &[Content("tasks"), Value("values")],
        &[],
        &[("concurrencyLimit", "1")],
    ),
    core(
        "flow.ForEachItem",
        &[Content("flowId"), Content("items"), Content("namespace")],
        &["scheduleDate"],
        &[("restartBehavior", "RETRY_FAILED"), ("transmitFailed", "true")],
    ),
    core("flow.If", &[Value("condition"), Content("then")], &[], &[]),
    core(
        "flow.LoopUntil",
        &[Value("condition"), Content("tasks")],
        &["failOnMaxReached"],
        &[("failOnMaxReached", "false")],
    ),
    core(
        "flow.Parallel",
        &[Content("tasks")],
        &["concurrent"],
        &[("concurrent", "0")],
    ),
    core("flow.Pause", &[], &[], &[("behavior", "RESUME")]),
    core("flow.Sequential", &[Content("tasks")], &[], &[]),
    core("flow.Sleep", &[Value("duration")], &["duration"], &[]),
    core(
        "flow.Subflow",
        &[Value("flowId"), Content("namespace")],
        &["inheritLabels", "scheduleDate"],
        &[
            ("inheritLabels", "false"),
            ("restartBehavior", "RETRY_FAILED"),
            ("transmitFailed", "true"),
            ("wait", "true"),
        ],
    ),
    core("flow.Switch", &[Value("value")], &[], &[]),
    core(
        "flow.Template",
        &[Value("namespace"), Value("templateId")],
        &[],
        &[],
    ),
    core("flow.WorkingDirectory", &[Content("tasks")], &[], &[]),
    core(
        "http.Download",
        &[Value("uri")],
        &["failOnEmptyResponse"],
        &[
            ("contentType", "application/json"),
            ("failOnEmptyResponse", "true"),
            ("method", "GET"),
        ],
    ),
    core(
        "http.Request",
        &[Value("uri")],
        &["encryptBody"],
        &[
            ("contentType", "application/json"),
            ("encryptBody", "false"),
            ("method", "GET"),
        ],
    ),
    core(
        "http.SseRequest",
        &[Value("uri")],
        &["failedOnMissingJq"],
        &[
            ("contentType", "application/json"),
            ("failedOnMissingJq", "true"),
            ("method", "GET"),
        ],
    ),
    core(
        "http.Trigger",
        &[Value("uri")],
        &["encryptBody"],
        &[
            ("contentType", "application/json"),
            ("encryptBody", "false"),
            ("interval", "PT1M"),
            ("method", "GET"),
            ("responseCondition", "{{ response.statusCode < 400 }}"),
        ],
    ),
    core(
        "kv.Delete",
        &[Value("key")],
        &["errorOnMissing"],
        &[("errorOnMissing", "false"), ("namespace", "{{ flow.namespace }}")],
    ),
    core(
        "kv.Get",
        &[Value("key")],
        &["errorOnMissing"],
        &[("errorOnMissing", "false"), ("namespace", "{{ flow.namespace }}")],
    ),
    core("kv.GetKeys", &[], &[], &[("namespace", "{{ flow.namespace }}")]),
    core(
        "kv.PurgeKV",
        &[],
        &["includeChildNamespaces"],
        &[("includeChildNamespaces", "true")],
    ),
    core(
        "kv.Put",
        &[Value("key"), Value("value")],
        &["errorOnMissing"],
        &[("errorOnMissing", "false"), ("namespace", "{{ flow.namespace }}")],
    ),
    core(
        "kv.Set",
        &[Value("key"), Value("value")],
        &["overwrite", "ttl"],
        &[("namespace", "{{ flow.namespace }}"), ("overwrite", "true")],
    ),
    core("log.Fetch", &[], &[], &[("level", "INFO")]),
    core("log.Log", &[Value("message")], &[], &[("level", "INFO")]),
    core(
        "log.PurgeLogs",
        &[Value("endDate")],
        &["batchSize", "purgeExecutionLogs", "purgeNonExecutionLogs"],
        &[("purgeExecutionLogs", "true"), ("purgeNonExecutionLogs", "true")],
    ),
    core(
        "namespace.DeleteFiles",
        &[Value("files"), Value("namespace")],
        &["deleteParentFolder"],
        &[("deleteParentFolder", "false")],
    ),
    core(
        "namespace.DownloadFiles",
        &[Value("files"), Value("namespace")],
        &[],
        &[("destination", "")],
    ),
    core(
        "namespace.PurgeFiles",
        &[],
        &["includeChildNamespaces"],
        &[("includeChildNamespaces", "true")],
    ),
    core(
        "namespace.UploadFiles",
        &[Value("namespace")],
        &[],
        &[("conflict", "OVERWRITE"), ("destination", "/")],
    ),
    core("output.OutputValues", &[], &[], &[]),
    core(
        "state.Delete",
        &[],
        &["errorOnMissing", "namespace", "taskrunValue"],
        &[
            ("errorOnMissing", "false"),
            ("name", "default"),
            ("namespace", "false"),
            ("taskrunValue", "true"),
        ],
    ),
    core(
        "state.Get",
        &[],
        &["errorOnMissing", "namespace", "taskrunValue"],
        &[
            ("errorOnMissing", "false"),
            ("name", "default"),
            ("namespace", "false"),
            ("taskrunValue", "true"),
        ],
    ),
    core(
        "state.Set",
        &[],
        &["namespace", "taskrunValue"],
        &[
            ("name", "default"),
            ("namespace", "false"),
            ("taskrunValue", "true"),
        ],
    ),
    core("storage.Concat", &[Value("files")], &[], &[("extension", ".tmp")]),
    core(
        "storage.DeduplicateItems",
        &[Value("expr"), Value("from")],
        &[],
        &[],
    ),
    core(
        "storage.Delete",
        &[Value("uri")],
        &["errorOnMissing"],
        &[("errorOnMissing", "false")],
    ),
    core(
        "storage.FilterItems",
        &[Value("filterCondition"), Value("from")],
        &[],
        &[("errorOrNullBehavior", "FAIL"), ("filterType", "INCLUDE")],
    ),
    core("storage.LocalFiles", &[], &[], &[]),
    core(
        "storage.PurgeStorage",
        &[Value("endDate")],
        &["dryRun"],
        &[("dryRun", "true")],
    ),
    core(
        "storage.Reverse",
        &[Value("from")],
        &[],
        &[("charset", "UTF-8"), ("separator", "\\n")],
    ),
    core("storage.Size", &[Value("uri")], &[], &[]),
    core(
        "storage.Split",
        &[Value("from")],
        &["partitions", "rows"],
        &[("separator", "\\n")],
    ),
    core("storage.Write", &[Value("content")], &[], &[]),
    core("templating.TemplatedTask", &[Value("spec")], &[], &[]),
    core("trigger.Flow", &[], &[], &[]),
    core(
        "trigger.Schedule",
        &[Value("cron")],
        &[],
        &[("timezone", "Etc/UTC")],
    ),
    core(
        "trigger.ScheduleOnDates",
        &[Value("dates")],
        &[],
        &[("timezone", "Etc/UTC")],
    ),
    core("trigger.Toggle", &[Value("trigger")], &[], &[]),
    core("trigger.Webhook", &[Content("key")], &["responseCode"], &[]),
];

/// The conditions of 1.3's triggers; each is also known with the suffix `Condition`.
const CONDITIONS: &[&str] = &[
    "DateTimeBetween",
    "DayWeek",
    "DayWeekInMonth",
    "ExecutionFlow",
    "ExecutionLabels",
    "ExecutionNamespace",
    "ExecutionOutputs",
    "ExecutionStatus",
    "Expression",
    "FlowCondition",
    "FlowNamespaceCondition",
    "HasRetryAttempt",
    "MultipleCondition",
    "Not",
    "Or",
    "PublicHoliday",
    "TimeBetween",
    "Weekend",
];

/// Old packages and the ones their types moved to.
const PACKAGES: &[(&str, &str)] = &[
    ("io.kestra.core.models.triggers.types.", "trigger."),
    ("io.kestra.core.tasks.debugs.", "debug."),
    ("io.kestra.core.tasks.executions.", "execution."),
    ("io.kestra.core.tasks.flows.", "flow."),
    ("io.kestra.core.tasks.log.", "log."),
    ("io.kestra.core.tasks.states.", "state."),
    ("io.kestra.core.tasks.storages.", "storage."),
    ("io.kestra.core.tasks.templating.", "templating."),
    ("io.kestra.core.tasks.trigger.", "trigger."),
    ("io.kestra.plugin.fs.http.", "http."),
];

/// Types that changed their name as well.
const RENAMED: &[(&str, &str)] = &[
    ("execution.Counts", "execution.Count"),
    ("flow.Flow", "flow.Subflow"),
    ("flow.WaitFor", "flow.LoopUntil"),
    ("flow.Worker", "flow.WorkingDirectory"),
    ("storage.Purge", "execution.PurgeExecutions"),
];

/// What a type name of a task or trigger stands for.
#[derive(Debug)]
pub(crate) enum Known {
    Core(&'static CoreType),
    /// The former name of a core type.
    Alias(&'static CoreType),
    /// A type of another plugin, taken on trust.
    Plugin,
    /// A name nobody registered.
    Nothing,
}

impl Known {
    pub(crate) fn core(&self) -> Option<&'static CoreType> {
        match self {
            Known::Core(found) | Known::Alias(found) => Some(found),
            Known::Plugin | Known::Nothing => None,
        }
    }
}

/// Looks a type name up.
pub(crate) fn lookup(name: &str) -> Known {
    if let Some(short) = name.strip_prefix(CORE) {
        return match (find(short), renamed(short)) {
            (Some(found), _) => Known::Core(found),
            (None, Some(found)) => Known::Alias(found),
            (None, None) if short.strip_prefix("condition.").is_some_and(is_condition) => Known::Plugin,
            (None, None) => Known::Nothing,
        };
    }
    for (old, new) in PACKAGES {
        if let Some(class) = name.strip_prefix(old) {
            let moved = format!("{new}{class}");
            return find(&moved)
                .or_else(|| renamed(&moved))
                .map_or(Known::Nothing, Known::Alias);
        }
    }
    if is_class_name(name) {
        Known::Plugin
    } else {
        Known::Nothing
    }
}

fn find(short: &str) -> Option<&'static CoreType> {
    TYPES
        .binary_search_by_key(&short, |known| known.name)
        .ok()
        .map(|at| &TYPES[at])
}

fn renamed(short: &str) -> Option<&'static CoreType> {
    RENAMED
        .iter()
        .find(|(old, _)| *old == short)
        .and_then(|(_, new)| find(new))
}

fn is_condition(class: &str) -> bool {
    CONDITIONS.contains(&class)
        || class
            .strip_suffix("Condition")
            .is_some_and(|class| CONDITIONS.contains(&class))
}

/// A Java class in a package: words joined by dots, the last one starting with a capital.
fn is_class_name(name: &str) -> bool {
    let word = |word: &str| {
        word.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && word.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '$')
    };
    let Some((package, class)) = name.rsplit_once('.') else {
        return false;
    };
    package.split('.').all(word) && word(class) && class.starts_with(char::is_uppercase)
}

impl CoreType {
    pub(crate) fn full_name(&self) -> String {
        format!("{CORE}{}", self.name)
    }

    pub(crate) fn is_text(&self, property: &str) -> bool {
        self.texts.contains(&property)
    }

    /// Whether Kestra leaves this property out because it says what is so anyway.
    pub(crate) fn is_default(&self, property: &str, value: &str) -> bool {
        self.defaults.contains(&(property, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(TYPES.is_sorted_by_key(|known| known.name));
    }

    #[test]
    fn every_rename_leads_to_a_type() {
        assert!(RENAMED.iter().all(|(_, new)| find(new).is_some()));
    }

    #[test]
    fn lookups() {
        for (name, expected) in [
            ("io.kestra.plugin.core.log.Log", "core log.Log"),
            ("io.kestra.core.tasks.log.Log", "alias of log.Log"),
            ("io.kestra.core.tasks.flows.Flow", "alias of flow.Subflow"),
            ("io.kestra.plugin.core.flow.WaitFor", "alias of flow.LoopUntil"),
            ("io.kestra.plugin.fs.http.Request", "alias of http.Request"),
            ("io.kestra.plugin.core.condition.WeekendCondition", "plugin"),
            ("io.kestra.plugin.scripts.python.Script", "plugin"),
            ("com.acme.Task", "plugin"),
            ("io.kestra.plugin.core.log.Nope", "nothing"),
            ("io.kestra.plugin.core.flow.Loop", "nothing"),
            ("io.kestra.core.tasks.log.Nope", "nothing"),
            ("NOPE", "nothing"),
            ("a b.C", "nothing"),
            ("com.acme.task", "nothing"),
            ("", "nothing"),
        ] {
            let found = match lookup(name) {
                Known::Core(found) => format!("core {}", found.name),
                Known::Alias(found) => format!("alias of {}", found.name),
                Known::Plugin => "plugin".into(),
                Known::Nothing => "nothing".into(),
            };
            assert_eq!(found, expected, "{name}");
        }
    }
}
