package flowsmith.engine;

import io.kestra.core.exceptions.InternalException;
import io.kestra.core.models.executions.Execution;
import io.kestra.core.models.executions.TaskRun;
import io.kestra.core.services.ExecutionOutputService;
import io.kestra.core.services.TaskOutputService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Where outputs are: in 2.0 beside the execution, in stores of their own. */
final class Outputs {
    private final ExecutionOutputService executions;
    private final TaskOutputService taskRuns;

    Outputs(Engine engine) {
        executions = engine.bean(ExecutionOutputService.class);
        taskRuns = engine.bean(TaskOutputService.class);
    }

    Map<String, Object> of(Execution execution) throws InternalException {
        return executions.getOutputs(execution);
    }

    Map<String, Object> of(TaskRun run) throws InternalException {
        return taskRuns.getOutputs(run);
    }

    /** Keeps what is beside an execution. */
    void save(Execution execution, Beside beside) throws InternalException {
        executions.saveOutputs(execution, beside.execution());
        for (TaskRun run : Objects.requireNonNullElse(execution.getTaskRunList(), List.<TaskRun>of())) {
            Map<String, Object> of = beside.taskRuns().get(run.getId());
            if (of != null && !of.isEmpty()) {
                taskRuns.saveOutputs(run, of);
            }
        }
    }

    /** What is not in the execution: its outputs, and those of its task runs by their ids. */
    Optional<Beside> beside(Execution execution) throws InternalException {
        Map<String, Map<String, Object>> byTaskRun = new HashMap<>();
        for (TaskRun run : Objects.requireNonNullElse(execution.getTaskRunList(), List.<TaskRun>of())) {
            byTaskRun.put(run.getId(), of(run));
        }
        return Optional.of(new Beside(Objects.requireNonNullElse(of(execution), Map.of()), byTaskRun));
    }
}
