package flowsmith.engine;

import io.kestra.core.models.annotations.Plugin;
import io.kestra.core.models.flows.State;
import io.kestra.core.models.tasks.RunnableTask;
import io.kestra.core.models.tasks.Task;
import io.kestra.core.runners.RunContext;
import io.micronaut.core.annotation.Introspected;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import java.util.Optional;

/** A task in place of another one in a test of a flow: it ends in the state, and has the outputs, that the test gives. */
@Plugin
@Introspected(accessKind = Introspected.AccessKind.FIELD)
public class Fixture extends Task implements RunnableTask<Fixture.Output> {
    /** As given: what looks like an expression in it is none. */
    @NotNull
    public Map<String, Object> outputs = Map.of();
    @NotNull
    public End state = End.SUCCESS;

    @Override
    public Output run(RunContext context) {
        context.logger().info("A fixture is in place of this task; it ends as {}", state);
        return new Output(outputs, state);
    }

    /** The states in which a task that does something can end by itself. */
    public enum End {
        SUCCESS, WARNING, FAILED, SKIPPED
    }

    record Output(Map<String, Object> given, End state) implements io.kestra.core.models.tasks.Output {
        @Override
        public Optional<State.Type> finalState() {
            return Optional.of(State.Type.valueOf(state.name()));
        }

        @Override
        public Map<String, Object> toMap() {
            return given;
        }
    }
}
