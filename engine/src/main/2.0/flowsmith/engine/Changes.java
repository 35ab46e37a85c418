package flowsmith.engine;

import io.kestra.core.models.executions.Execution;
import io.kestra.core.models.executions.LogEntry;
import io.kestra.core.queues.BroadcastQueueInterface;
import io.kestra.core.queues.DispatchQueueInterface;
import io.kestra.core.repositories.ExecutionRepositoryInterface;
import io.kestra.core.runners.FollowExecutionEvent;
import io.micronaut.core.type.Argument;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** What happens to executions: in 2.0 the queues only say which execution has changed. */
final class Changes {
    private final ExecutionRepositoryInterface executions;
    private final BroadcastQueueInterface<FollowExecutionEvent> changes;
    private final DispatchQueueInterface<LogEntry> logs;

    @SuppressWarnings("unchecked")
    Changes(Engine engine) {
        executions = engine.bean(ExecutionRepositoryInterface.class);
        changes = engine.bean(Argument.of(BroadcastQueueInterface.class, FollowExecutionEvent.class));
        logs = engine.bean(Argument.of(DispatchQueueInterface.class, LogEntry.class));
    }

    void follow(Consumer<Execution> changed, Consumer<LogEntry> logged) {
        // One thread: what is read last is said last, and Kestra's own threads do not wait for it.
        Executor speaker = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("changes").factory());
        changes.addListener(change -> speaker.execute(() ->
            executions.findById(change.tenantId(), change.executionId()).ifPresent(changed)));
        logs.addListener(log -> speaker.execute(() -> logged.accept(log)));
    }
}
