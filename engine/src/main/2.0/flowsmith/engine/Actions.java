package flowsmith.engine;

import io.kestra.core.executor.command.ChangeTaskRunState;
import io.kestra.core.executor.command.ExecutionCommand;
import io.kestra.core.executor.command.ForceRun;
import io.kestra.core.executor.command.Pause;
import io.kestra.core.executor.command.Replay;
import io.kestra.core.executor.command.Restart;
import io.kestra.core.executor.command.Resume;
import io.kestra.core.executor.command.ResumeFromBreakpoint;
import io.kestra.core.executor.command.Unqueue;
import io.kestra.core.executor.command.UpdateStatus;
import io.kestra.core.models.executions.Execution;
import io.kestra.core.models.executions.ExecutionKilled;
import io.kestra.core.models.flows.FlowWithSource;
import io.kestra.core.models.flows.State;
import io.kestra.core.queues.BroadcastQueueInterface;
import io.kestra.core.queues.DispatchQueueInterface;
import io.kestra.core.queues.QueueException;
import io.kestra.core.services.FlowService;
import io.kestra.core.utils.IdUtils;
import io.micronaut.core.type.Argument;
import java.util.Map;
import java.util.Optional;

/** How an execution is acted on: in 2.0 the executor takes commands, and alone changes executions. */
final class Actions {
    private final FlowService flows;
    private final DispatchQueueInterface<Execution> executions;
    private final DispatchQueueInterface<ExecutionCommand> commands;
    private final BroadcastQueueInterface<ExecutionKilled> kills;

    @SuppressWarnings("unchecked")
    Actions(Engine engine) {
        flows = engine.bean(FlowService.class);
        executions = engine.bean(Argument.of(DispatchQueueInterface.class, Execution.class));
        commands = engine.bean(Argument.of(DispatchQueueInterface.class, ExecutionCommand.class));
        kills = engine.bean(Argument.of(BroadcastQueueInterface.class, ExecutionKilled.class));
    }

    void start(Execution execution) throws QueueException {
        executions.emit(execution);
    }

    void kill(ExecutionKilled kill) throws QueueException {
        kills.emit(kill);
    }

    void pause(Execution execution) throws QueueException {
        commands.emit(Pause.from(execution));
    }

    void resume(Execution execution, FlowWithSource flow, Map<String, Object> inputs) throws QueueException {
        commands.emit(Resume.from(execution, io.kestra.plugin.core.flow.Pause.Resumed.now(), inputs));
    }

    void restart(Execution execution, Integer revision) throws QueueException {
        commands.emit(Restart.from(execution, revision));
    }

    /** Returns the id of the new execution. */
    String replay(Execution execution, FlowWithSource flow, String taskRun, Integer revision, String breakpoints) throws QueueException {
        String id = IdUtils.create();
        commands.emit(Replay.from(execution, id, taskRun, revision, breakpoints));
        return id;
    }

    void changeState(Execution execution, State.Type state) throws QueueException {
        commands.emit(UpdateStatus.from(execution, state));
    }

    void changeTaskRunState(Execution execution, FlowWithSource flow, String taskRun, State.Type state) throws QueueException {
        commands.emit(ChangeTaskRunState.from(execution, taskRun, state));
    }

    void unqueue(Execution execution, State.Type state) throws QueueException {
        commands.emit(Unqueue.from(execution, state));
    }

    void forceRun(Execution execution, FlowWithSource flow) throws QueueException {
        commands.emit(ForceRun.from(execution));
    }

    void resumeFromBreakpoint(Execution execution, String breakpoints) throws QueueException {
        commands.emit(ResumeFromBreakpoint.from(execution, Optional.ofNullable(breakpoints)));
    }

    void delete(FlowWithSource flow) {
        flows.delete(flow);
    }
}
