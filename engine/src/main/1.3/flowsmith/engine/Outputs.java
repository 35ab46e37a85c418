package flowsmith.engine;

import io.kestra.core.models.executions.Execution;
import io.kestra.core.models.executions.TaskRun;
import java.util.Map;
import java.util.Optional;

/** Where outputs are: in 1.3 in the execution itself. */
final class Outputs {
    Outputs(Engine engine) {
    }

    Map<String, Object> of(Execution execution) {
        return execution.getOutputs();
    }

    Map<String, Object> of(TaskRun run) {
        return run.getOutputs();
    }

    /** Keeps what is beside an execution: nothing. */
    void save(Execution execution, Beside beside) {
    }

    /** What is not in the execution: nothing. */
    Optional<Beside> beside(Execution execution) {
        return Optional.empty();
    }
}
