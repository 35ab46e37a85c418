package flowsmith.engine;

import io.kestra.core.exceptions.InternalException;
import io.kestra.core.models.executions.Execution;
import io.kestra.core.models.executions.TaskRun;
import io.kestra.core.services.ExecutionOutputService;
import io.kestra.core.services.TaskOutputService;
import java.util.Map;

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
}
