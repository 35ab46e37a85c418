package flowsmith.engine;

import io.kestra.core.models.executions.Execution;
import io.kestra.core.models.executions.LogEntry;
import io.kestra.core.queues.BroadcastQueueInterface;
import io.kestra.core.queues.DispatchQueueInterface;
import io.kestra.core.repositories.ExecutionRepositoryInterface;
import io.kestra.core.runners.FollowExecutionEvent;
import io.micronaut.core.type.Argument;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What happens to executions: in 2.0 the queues only say which execution has changed. */
final class Changes {
    /** When to look again after a change, in milliseconds. */
    private static final List<Long> AGAIN = List.of(50L, 1000L);

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
        ScheduledExecutorService speaker =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("changes").factory());
        changes.addListener(change -> {
            Runnable reading = () -> executions.findById(change.tenantId(), change.executionId()).ifPresent(changed);
            speaker.execute(reading);
            // Kestra may say it before it has written it.
            AGAIN.forEach(millis -> speaker.schedule(reading, millis, TimeUnit.MILLISECONDS));
        });
        logs.addListener(log -> speaker.execute(() -> logged.accept(log)));
    }
}
