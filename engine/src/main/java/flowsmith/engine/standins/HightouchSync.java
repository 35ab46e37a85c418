package flowsmith.engine.standins;

import com.fasterxml.jackson.databind.JsonNode;
import io.kestra.core.models.annotations.Plugin;
import io.kestra.core.models.property.Property;
import io.kestra.core.models.tasks.RunnableTask;
import io.kestra.core.models.tasks.Task;
import io.kestra.core.runners.RunContext;
import io.kestra.core.serializers.JacksonMapper;
import io.micronaut.core.annotation.Introspected;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Starts a sync of Hightouch through its API, and waits for its end. */
@Plugin
@Introspected(accessKind = Introspected.AccessKind.FIELD)
public class HightouchSync extends Task implements RunnableTask<HightouchSync.Output> {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Set<String> FAILED = Set.of("failed", "cancelled");

    @NotNull
    public Property<String> token;
    @NotNull
    public Property<Long> syncId;
    public Property<Boolean> fullResynchronization = Property.ofValue(false);
    public Property<Boolean> wait = Property.ofValue(true);
    public Property<Duration> maxDuration = Property.ofValue(Duration.ofMinutes(5));

    @Override
    public Output run(RunContext context) throws Exception {
        Work.begins(context, this);
        long sync = context.render(syncId).as(Long.class).orElseThrow();
        boolean isFull = context.render(fullResynchronization).as(Boolean.class).orElse(false);
        long run = ask(context, "POST", "/" + sync + "/trigger", Map.of("fullResync", isFull)).path("id").asLong();
        context.logger().info("Hightouch has started run {} of sync {}", run, sync);
        if (context.render(wait).as(Boolean.class).orElse(true)) {
            awaitEnd(context, sync, run);
        }
        return new Output(run);
    }

    private void awaitEnd(RunContext context, long sync, long run) throws Exception {
        Instant end = Instant.now().plus(context.render(maxDuration).as(Duration.class).orElseThrow());
        while (true) {
            String status = ask(context, "GET", "/" + sync + "/runs?runId=" + run, null).path("data").path(0).path("status").asText();
            if (status.equals("success")) {
                return;
            }
            if (FAILED.contains(status)) {
                throw new IllegalStateException("Hightouch's run " + run + " is " + status);
            }
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("Hightouch's run " + run + " has not ended in time: it is " + status);
            }
            Thread.sleep(PAUSE);
        }
    }

    private JsonNode ask(RunContext context, String method, String path, Object body) throws Exception {
        // Hightouch has one address; another is for those who have a server that speaks like it.
        String server = Objects.requireNonNullElse(System.getenv("FLOWSMITH_HIGHTOUCH_URL"), "https://api.hightouch.com");
        Map<String, String> login = Map.of("Authorization", "Bearer " + Work.text(context, token));
        return JacksonMapper.ofJson().readTree(Work.call(context, null, method, server + "/api/v1/syncs" + path, login, body));
    }

    /** The run that this task has started. */
    public record Output(Long runId) implements io.kestra.core.models.tasks.Output {
    }
}
