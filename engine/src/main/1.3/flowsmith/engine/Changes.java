package flowsmith.engine;

import io.kestra.core.models.executions.Execution;
import io.kestra.core.models.executions.LogEntry;
import io.kestra.core.models.topologies.FlowTopology;
import io.kestra.core.queues.QueueFactoryInterface;
import io.kestra.core.queues.QueueInterface;
import io.kestra.core.repositories.ExecutionRepositoryInterface;
import java.util.function.Consumer;

/** What happens to executions: in 1.3 the queues carry executions after each change, now and then one that is out of date. */
final class Changes {
    /**
     * The queues know who has got which message only for readers with a name; others miss messages that somebody holds at that
     * moment. The names are an enumeration of the database, and this one is nobody's in these queues.
     */
    private static final Class<?> READER = FlowTopology.class;

    private final ExecutionRepositoryInterface executions;
    private final QueueInterface<Execution> changes;
    private final QueueInterface<LogEntry> logs;

    @SuppressWarnings("unchecked")
    Changes(Engine engine) {
        executions = engine.bean(ExecutionRepositoryInterface.class);
        changes = engine.bean(QueueInterface.class, QueueFactoryInterface.EXECUTION_NAMED);
        logs = engine.bean(QueueInterface.class, QueueFactoryInterface.WORKERTASKLOG_NAMED);
    }

    void follow(Consumer<Execution> changed, Consumer<LogEntry> logged) {
        changes.receive(READER, message -> {
            if (message.isLeft()) {
                Execution change = message.getLeft();
                executions.findById(change.getTenantId(), change.getId()).ifPresent(changed);
            }
        });
        logs.receive(READER, message -> {
            if (message.isLeft()) {
                logged.accept(message.getLeft());
            }
        });
    }
}
