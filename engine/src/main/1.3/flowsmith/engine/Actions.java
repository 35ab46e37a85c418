package flowsmith.engine;

import io.kestra.core.models.executions.Execution;
import io.kestra.core.models.executions.ExecutionKilled;
import io.kestra.core.models.flows.FlowWithSource;
import io.kestra.core.models.flows.State;
import io.kestra.core.queues.QueueException;
import io.kestra.core.queues.QueueFactoryInterface;
import io.kestra.core.queues.QueueInterface;
import io.kestra.core.repositories.FlowRepositoryInterface;
import io.kestra.core.services.ExecutionService;
import io.kestra.plugin.core.flow.Pause;
import java.util.Map;

/** How an execution is acted on: in 1.3 whoever acts changes the execution, and gives it to the executor. */
final class Actions {
    private final ExecutionService service;
    private final FlowRepositoryInterface flows;
    private final QueueInterface<Execution> executions;
    private final QueueInterface<ExecutionKilled> kills;

    @SuppressWarnings("unchecked")
    Actions(Engine engine) {
        service = engine.bean(ExecutionService.class);
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
    String replay(Execution execution, FlowWithSource flow, String taskRun, Integer revision) throws Exception {
        Execution replay = service.replay(execution, flow, taskRun, revision);
        executions.emit(replay);
        return replay.getId();
    }

    void delete(FlowWithSource flow) {
        flows.delete(flow);
    }
}
