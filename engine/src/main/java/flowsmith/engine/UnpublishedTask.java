package flowsmith.engine;

import io.kestra.core.models.annotations.Plugin;
import io.kestra.core.models.tasks.Output;
import io.kestra.core.models.tasks.RunnableTask;
import io.kestra.core.models.tasks.Task;
import io.kestra.core.runners.RunContext;

/** A task in place of a plugin that is not published, for flows that are judged. */
@Plugin
public class UnpublishedTask extends Task implements RunnableTask<Output> {
    @Override
    public Output run(RunContext context) {
        throw new UnsupportedOperationException("nothing executes " + getType());
    }
}
