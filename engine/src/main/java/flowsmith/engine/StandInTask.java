package flowsmith.engine;

import io.kestra.core.models.annotations.Plugin;
import io.kestra.core.models.tasks.RunnableTask;
import io.kestra.core.models.tasks.Task;
import io.kestra.core.runners.RunContext;
import java.util.Map;

/** A task in place of a plugin that is not published: it does nothing, and answers what it was told to. */
@Plugin
public class StandInTask extends Task implements RunnableTask<StandInTask.Output> {
    @Override
    public Output run(RunContext context) {
        return new Output(StandInClasses.outputs(getClass()));
    }

    /** What it was told to answer. */
    public record Output(Map<String, Object> told) implements io.kestra.core.models.tasks.Output {
        @Override
        public Map<String, Object> toMap() {
            return told;
        }
    }
}
