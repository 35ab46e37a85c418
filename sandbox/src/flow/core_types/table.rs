//! The table behind `core_types`: types and the properties worth knowing, in a notation that fits a line.

/// Name below `io.kestra.plugin.core.` and properties, sorted by name. Each property is a name, then `*` when it
/// must be given, `+` when it must be given and not empty, `~` when it is printed as text because it may be an
/// expression, and `=value` when Kestra leaves that value out of its answers.
pub(super) const TYPES: &[(&str, &str)] = &[
    ("debug.Echo", "level=INFO"),
    ("debug.Return", ""),
    ("execution.Assert", "conditions*"),
    ("execution.Count", "expression*; startDate*"),
    ("execution.Exit", "state=SUCCESS"),
    ("execution.Fail", "errorMessage=Task failure"),
    ("execution.Labels", "labels*"),
    (
        "execution.PurgeExecutions",
        "endDate*; batchSize~=100; purgeExecution~=true; purgeLog~=true; purgeMetric~=true; \
        purgeStorage~=true",
    ),
    ("execution.Resume", ""),
    ("execution.SetVariables", "variables*; overwrite~=true"),
    ("execution.UnsetVariables", "variables*; ignoreMissing~=false"),
    ("flow.AllowFailure", "tasks+"),
    ("flow.Dag", "tasks+; concurrent~=0"),
    ("flow.EachParallel", "tasks+; value*; concurrent~=0"),
    ("flow.EachSequential", "tasks+; value*"),
    ("flow.ForEach", "tasks+; values*; concurrencyLimit=1"),
    (
        "flow.ForEachItem",
        "flowId+; items+; namespace+; scheduleDate~; restartBehavior=RETRY_FAILED; \
        transmitFailed=true",
    ),
    ("flow.If", "condition*; then+"),
    ("flow.LoopUntil", "condition*; tasks+; failOnMaxReached~=false"),
    ("flow.Parallel", "tasks+; concurrent~=0"),
    ("flow.Pause", "behavior=RESUME"),
    ("flow.Sequential", "tasks+"),
    ("flow.Sleep", "duration*~"),
    (
        "flow.Subflow",
        "flowId*; namespace+; inheritLabels~=false; scheduleDate~; restartBehavior=RETRY_FAILED; \
        transmitFailed=true; wait=true",
    ),
    ("flow.Switch", "value*"),
    ("flow.Template", "namespace*; templateId*"),
    ("flow.WorkingDirectory", "tasks+"),
    ("http.Download", "uri*; failOnEmptyResponse~=true; contentType=application/json; method=GET"),
    ("http.Request", "uri*; encryptBody~=false; contentType=application/json; method=GET"),
    ("http.SseRequest", "uri*; failedOnMissingJq~=true; contentType=application/json; method=GET"),
    (
        "http.Trigger",
        "uri*; encryptBody~=false; contentType=application/json; interval=PT1M; method=GET; \
        responseCondition={{ response.statusCode < 400 }}",
    ),
    ("kv.Delete", "key*; errorOnMissing~=false; namespace={{ flow.namespace }}"),
    ("kv.Get", "key*; errorOnMissing~=false; namespace={{ flow.namespace }}"),
    ("kv.GetKeys", "namespace={{ flow.namespace }}"),
    ("kv.PurgeKV", "includeChildNamespaces~=true"),
    ("kv.Put", "key*; value*; errorOnMissing~=false; namespace={{ flow.namespace }}"),
    ("kv.Set", "key*; value*; overwrite~=true; ttl~; namespace={{ flow.namespace }}"),
    ("log.Fetch", "level=INFO"),
    ("log.Log", "message*; level=INFO"),
    ("log.PurgeLogs", "endDate*; batchSize~; purgeExecutionLogs~=true; purgeNonExecutionLogs~=true"),
    ("namespace.DeleteFiles", "files*; namespace*; deleteParentFolder~=false"),
    ("namespace.DownloadFiles", "files*; namespace*; destination="),
    ("namespace.PurgeFiles", "includeChildNamespaces~=true"),
    ("namespace.UploadFiles", "namespace*; conflict=OVERWRITE; destination=/"),
    ("output.OutputValues", ""),
    ("state.Delete", "errorOnMissing~=false; namespace~=false; taskrunValue~=true; name=default"),
    ("state.Get", "errorOnMissing~=false; namespace~=false; taskrunValue~=true; name=default"),
    ("state.Set", "namespace~=false; taskrunValue~=true; name=default"),
    ("storage.Concat", "files*; extension=.tmp"),
    ("storage.DeduplicateItems", "expr*; from*"),
    ("storage.Delete", "uri*; errorOnMissing~=false"),
    ("storage.FilterItems", "filterCondition*; from*; errorOrNullBehavior=FAIL; filterType=INCLUDE"),
    ("storage.LocalFiles", ""),
    ("storage.PurgeStorage", "endDate*; dryRun~=true"),
    ("storage.Reverse", "from*; charset=UTF-8; separator=\\n"),
    ("storage.Size", "uri*"),
    ("storage.Split", "from*; partitions~; rows~; separator=\\n"),
    ("storage.Write", "content*"),
    ("templating.TemplatedTask", "spec*"),
    ("trigger.Flow", ""),
    ("trigger.Schedule", "cron*; timezone=Etc/UTC"),
    ("trigger.ScheduleOnDates", "dates*; timezone=Etc/UTC"),
    ("trigger.Toggle", "trigger*"),
    ("trigger.Webhook", "key+; responseCode~"),
];

/// The conditions of 1.3's triggers; each is also known with the suffix `Condition`.
pub(super) const CONDITIONS: &[&str] = &[
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
pub(super) const PACKAGES: &[(&str, &str)] = &[
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
pub(super) const RENAMED: &[(&str, &str)] = &[
    ("execution.Counts", "execution.Count"),
    ("flow.Flow", "flow.Subflow"),
    ("flow.WaitFor", "flow.LoopUntil"),
    ("flow.Worker", "flow.WorkingDirectory"),
    ("storage.Purge", "execution.PurgeExecutions"),
];
