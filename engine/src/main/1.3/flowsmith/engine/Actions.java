package flowsmith.engine;

import io.kestra.core.debug.Breakpoint;
import io.kestra.core.models.Label;
import io.kestra.core.models.executions.Execution;
import io.kestra.core.models.executions.ExecutionKilled;
import io.kestra.core.models.flows.FlowWithSource;
import io.kestra.core.models.flows.State;
import io.kestra.core.queues.QueueException;
import io.kestra.core.queues.QueueFactoryInterface;
import io.kestra.core.queues.QueueInterface;
import io.kestra.core.repositories.FlowRepositoryInterface;
import io.kestra.core.services.ConcurrencyLimitService;
import io.kestra.core.services.ExecutionService;
import io.kestra.plugin.core.flow.Pause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How an execution is acted on: in 1.3 whoever acts changes the execution, and gives it to the executor. */
final class Actions {
    private final ExecutionService service;
    private final ConcurrencyLimitService limits;
    private final FlowRepositoryInterface flows;
    private final QueueInterface<Execution> executions;
    private final QueueInterface<ExecutionKilled> kills;

    @SuppressWarnings("unchecked")
    Actions(Engine engine) {
        service = engine.bean(ExecutionService.class);
        limits = engine.bean(ConcurrencyLimitService.class);
        flows = engine.bean(FlowRepositoryInterface.class);
        executions = engine.bean(QueueInterface.class, QueueFactoryInterface.EXECUTION_NAMED);
        kills = engine.bean(QueueInterface.class, QueueFactoryInterface.KILL_NAMED);
    }

    void start(Execution execution) throws QueueException {
        executions.emit(execution);
    }

    void kill(ExecutionKilled kill) throws QueueException {
        kills.emit(kill);
    }

    void pause(Execution execution) throws Exception {
        executions.emit(service.pause(execution));
    }

    void resume(Execution execution, FlowWithSource flow, Map<String, Object> inputs) throws Exception {
        executions.emit(service.resume(execution, flow, State.Type.RUNNING, inputs, Pause.Resumed.now()));
    }

    void restart(Execution execution, Integer revision) throws Exception {
        executions.emit(service.restart(execution, revision));
    }

    /** Returns the id of the new execution. */
    String replay(Execution execution, FlowWithSource flow, String taskRun, Integer revision, String breakpoints) throws Exception {
        Execution replay = service.replay(execution, flow, taskRun, revision).withBreakpoints(read(breakpoints));
        executions.emit(replay);
        return replay.getId();
    }

    void changeState(Execution execution, State.Type state) throws Exception {
        executions.emit(execution.withState(state));
    }

    void changeTaskRunState(Execution execution, FlowWithSource flow, String taskRun, State.Type state) throws Exception {
        Execution changed = service.changeTaskRunState(execution, flow, taskRun, state);
        List<Label> labels = new ArrayList<>(changed.getLabels());
        Label restarted = new Label(Label.RESTARTED, "true");
        if (!labels.contains(restarted)) {
            labels.add(restarted);
        }
        executions.emit(changed.withLabels(labels));
    }

    void unqueue(Execution execution, State.Type state) throws Exception {
        executions.emit(limits.unqueue(execution, state));
    }

    void forceRun(Execution execution, FlowWithSource flow) throws Exception {
        executions.emit(service.forceRun(execution));
    }

    /** In 1.3 only the HTTP server knows how: task runs that wait begin anew, and the next breakpoints are those given. */
    void resumeFromBreakpoint(Execution execution, String breakpoints) throws Exception {
        if (execution.getBreakpoints() == null || execution.getBreakpoints().isEmpty()) {
            throw new IllegalStateException("Execution has no breakpoint");
        }
        executions.emit(execution
            .withState(State.Type.RUNNING)
            .withTaskRunList(execution.getTaskRunList().stream()
                .map(run -> run.getState().isBreakpoint() ? run.withState(State.Type.CREATED) : run)
                .toList())
            .withBreakpoints(read(breakpoints)));
    }

    private static List<Breakpoint> read(String breakpoints) {
        return breakpoints == null ? null : Stream.of(breakpoints.split(",")).map(Breakpoint::of).toList();
    }

    void delete(FlowWithSource flow) {
        flows.delete(flow);
    }
}
