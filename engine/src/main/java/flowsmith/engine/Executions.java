package flowsmith.engine;

import io.kestra.core.models.Label;
import io.kestra.core.models.executions.Execution;
import io.kestra.core.models.executions.ExecutionKilled;
import io.kestra.core.models.executions.ExecutionKilledExecution;
import io.kestra.core.models.flows.FlowWithSource;
import io.kestra.core.models.flows.State;
import io.kestra.core.repositories.ExecutionRepositoryInterface;
import io.kestra.core.repositories.FlowRepositoryInterface;
import io.kestra.core.runners.FlowInputOutput;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Starts executions and acts on those that are there, as the controllers of Kestra's API do. */
final class Executions {
    private final ExecutionRepositoryInterface executions;
    private final FlowRepositoryInterface flows;
    private final FlowInputOutput inputs;
    private final Outputs outputs;
    private final Actions actions;

    Executions(Engine engine) {
        executions = engine.bean(ExecutionRepositoryInterface.class);
        flows = engine.bean(FlowRepositoryInterface.class);
        inputs = engine.bean(FlowInputOutput.class);
        outputs = new Outputs(engine);
        actions = new Actions(engine);
    }

    Execution start(Start start) throws Exception {
        FlowWithSource flow = flow(start.namespace(), start.flowId(), start.revision());
        List<Label> labels = new ArrayList<>(start.labels());
        boolean isAlone = labels.stream().noneMatch(label -> label.key().equals(Label.CORRELATION_ID));
        if (start.id() != null && isAlone) {
            labels.add(new Label(Label.CORRELATION_ID, start.id()));
        }
        Execution made = Execution.newExecution(flow, null, labels, Optional.ofNullable(start.scheduleDate()));
        Execution named = start.id() == null ? made : made.toBuilder().id(start.id()).originalId(start.id()).build();
        Execution execution = named.withInputs(inputs.readExecutionInputs(flow, named, start.inputs()));
        actions.start(execution);
        return execution;
    }

    /** Executes what somebody else has made. */
    void execute(Execute execute) throws Exception {
        actions.start(execute.execution().withTenantId(Engine.TENANT));
    }

    /** Takes over what has run elsewhere; nothing is started. */
    void remember(Remember remember) throws Exception {
        Execution told = remember.execution().withTenantId(Engine.TENANT);
        Execution execution = told.getTaskRunList() == null ? told : told.withTaskRunList(told.getTaskRunList().stream()
            .map(run -> run.toBuilder().tenantId(Engine.TENANT).build())
            .toList());
        executions.save(execution);
        outputs.save(execution, remember.outputs());
    }

    void kill(Kill kill) throws Exception {
        actions.kill(ExecutionKilledExecution.builder()
            .tenantId(Engine.TENANT)
            .state(ExecutionKilled.State.REQUESTED)
            .executionId(execution(kill.executionId()).getId())
            .isOnKillCascade(kill.cascade())
            .build());
    }

    void pause(Pause pause) throws Exception {
        actions.pause(execution(pause.executionId()));
    }

    void resume(Resume resume) throws Exception {
        Execution execution = execution(resume.executionId());
        actions.resume(execution, flow(execution), resume.inputs());
    }

    void restart(Restart restart) throws Exception {
        actions.restart(execution(restart.executionId()), restart.revision());
    }

    Replayed replay(Replay replay) throws Exception {
        Execution execution = execution(replay.executionId());
        String id = actions.replay(
            execution, flow(execution), replay.taskRunId(), replay.revision(), replay.breakpoints());
        return new Replayed(id);
    }

    void changeState(ChangeState change) throws Exception {
        actions.changeState(execution(change.executionId()), change.state());
    }

    void changeTaskRunState(ChangeTaskRunState change) throws Exception {
        Execution execution = execution(change.executionId());
        actions.changeTaskRunState(execution, flow(execution), change.taskRunId(), change.state());
    }

    void unqueue(ChangeState change) throws Exception {
        actions.unqueue(execution(change.executionId()), change.state());
    }

    void forceRun(ForceRun force) throws Exception {
        Execution execution = execution(force.executionId());
        actions.forceRun(execution, flow(execution));
    }

    void resumeFromBreakpoint(ResumeFromBreakpoint resume) throws Exception {
        actions.resumeFromBreakpoint(execution(resume.executionId()), resume.breakpoints());
    }

    /** An execution that must be there. */
    Execution execution(String id) {
        return executions.findById(Engine.TENANT, id)
            .orElseThrow(() -> new NoSuchElementException("there is no execution " + id));
    }

    /** The flow of an execution, in the revision that it runs. */
    FlowWithSource flow(Execution execution) {
        return flow(execution.getNamespace(), execution.getFlowId(), execution.getFlowRevision());
    }

    /** A flow in a revision, or the newest. */
    FlowWithSource flow(String namespace, String id, Integer revision) {
        return flows.findByIdWithSource(Engine.TENANT, namespace, id, Optional.ofNullable(revision))
            .orElseThrow(() -> new NoSuchElementException("Requested Flow is not found."));
    }

    record Start(
        String id,
        String namespace,
        String flowId,
        Integer revision,
        Map<String, Object> inputs,
        List<Label> labels,
        ZonedDateTime scheduleDate) {
    }

    record Execute(Execution execution) {
    }

    record Remember(Execution execution, Beside outputs) {
    }

    record Kill(String executionId, boolean cascade) {
    }

    record Pause(String executionId) {
    }

    record Resume(String executionId, Map<String, Object> inputs) {
    }

    record Restart(String executionId, Integer revision) {
    }

    record Replay(String executionId, String taskRunId, Integer revision, String breakpoints) {
    }

    record Replayed(String executionId) {
    }

    record ChangeState(String executionId, State.Type state) {
    }

    record ChangeTaskRunState(String executionId, String taskRunId, State.Type state) {
    }

    record ForceRun(String executionId) {
    }

    record ResumeFromBreakpoint(String executionId, String breakpoints) {
    }
}
