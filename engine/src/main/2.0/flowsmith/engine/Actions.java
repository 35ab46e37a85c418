package flowsmith.engine;

import io.kestra.core.executor.command.ExecutionCommand;
import io.kestra.core.executor.command.Pause;
import io.kestra.core.executor.command.Replay;
import io.kestra.core.executor.command.Restart;
import io.kestra.core.executor.command.Resume;
import io.kestra.core.models.executions.Execution;
import io.kestra.core.models.executions.ExecutionKilled;
import io.kestra.core.models.flows.FlowWithSource;
import io.kestra.core.queues.BroadcastQueueInterface;
import io.kestra.core.queues.DispatchQueueInterface;
import io.kestra.core.queues.QueueException;
import io.kestra.core.services.FlowService;
import io.kestra.core.utils.IdUtils;
import io.micronaut.core.type.Argument;
import java.util.Map;

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
    String replay(Execution execution, FlowWithSource flow, String taskRun, Integer revision) throws QueueException {
        String id = IdUtils.create();
        commands.emit(Replay.from(execution, id, taskRun, revision, null));
        return id;
    }

    void delete(FlowWithSource flow) {
        flows.delete(flow);
    }
}
