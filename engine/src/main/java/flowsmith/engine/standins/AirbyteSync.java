package flowsmith.engine.standins;

import com.fasterxml.jackson.databind.JsonNode;
import io.kestra.core.http.client.HttpClientResponseException;
import io.kestra.core.http.client.configurations.HttpConfiguration;
import io.kestra.core.models.annotations.Plugin;
import io.kestra.core.models.property.Property;
import io.kestra.core.models.tasks.RunnableTask;
import io.kestra.core.models.tasks.Task;
import io.kestra.core.runners.RunContext;
import io.kestra.core.serializers.JacksonMapper;
import io.micronaut.core.annotation.Introspected;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/** Starts a sync of an Airbyte connection through Airbyte's API, and waits for its end. */
@Plugin
@Introspected(accessKind = Introspected.AccessKind.FIELD)
public class AirbyteSync extends Task implements RunnableTask<AirbyteSync.Output> {
    private static final Set<String> FAILED = Set.of("failed", "cancelled");
    private static final int ALREADY_RUNNING = 409;

    @NotNull
    public Property<String> url;
    @NotNull
    public Property<String> connectionId;
    public Property<String> username;
    public Property<String> password;
    public Property<String> token;
    @Valid
    public ApplicationCredentials applicationCredentials;
    public Property<Boolean> wait = Property.ofValue(true);
    public Property<Duration> maxDuration = Property.ofValue(Duration.ofHours(1));
    public Property<Duration> pollFrequency = Property.ofValue(Duration.ofSeconds(1));
    public Property<Boolean> failOnActiveSync = Property.ofValue(true);
    public HttpConfiguration options;

    @Override
    public Output run(RunContext context) throws Exception {
        Work.begins(context, this);
        Map<String, String> login = login(context);
        JsonNode job;
        try {
            Map<String, Object> wanted = Map.of("connectionId", Work.text(context, connectionId));
            job = ask(context, "/api/v1/connections/sync", login, wanted).path("job");
        } catch (HttpClientResponseException refused) {
            boolean isActive = refused.getResponse().getStatus().getCode() == ALREADY_RUNNING;
            if (isActive && !context.render(failOnActiveSync).as(Boolean.class).orElse(true)) {
                return new Output(null, true);
            }
            throw refused;
        }
        long id = job.path("id").asLong();
        context.logger().info("Airbyte has started job {}", id);
        if (context.render(wait).as(Boolean.class).orElse(true)) {
            awaitEnd(context, login, id);
        }
        return new Output(id, false);
    }

    private void awaitEnd(RunContext context, Map<String, String> login, long id) throws Exception {
        Duration pause = context.render(pollFrequency).as(Duration.class).orElseThrow();
        Instant end = Instant.now().plus(context.render(maxDuration).as(Duration.class).orElseThrow());
        while (true) {
            String status = ask(context, "/api/v1/jobs/get", login, Map.of("id", id)).path("job").path("status").asText();
            if (status.equals("succeeded")) {
                return;
            }
            if (FAILED.contains(status)) {
                throw new IllegalStateException("Airbyte's job " + id + " is " + status);
            }
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("Airbyte's job " + id + " has not ended in time: it is " + status);
            }
            Thread.sleep(pause);
        }
    }

    /** The header that says who asks. */
    private Map<String, String> login(RunContext context) throws Exception {
        if (username != null && password != null) {
            String pair = Work.text(context, username) + ":" + Work.text(context, password);
            String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
            return Map.of("Authorization", "Basic " + basic);
        }
        if (applicationCredentials != null) {
            JsonNode answer = ask(context, "/api/v1/applications/token", Map.of(), Map.of(
                "client_id", Work.text(context, applicationCredentials.clientId),
                "client_secret", Work.text(context, applicationCredentials.clientSecret),
                "grant-type", "client_credentials"));
            return Map.of("Authorization", "Bearer " + answer.path("access_token").asText());
        }
        return token == null ? Map.of() : Map.of("Authorization", "Bearer " + Work.text(context, token));
    }

    private JsonNode ask(RunContext context, String path, Map<String, String> login, Map<String, Object> body) throws Exception {
        String answer = Work.call(context, options, "POST", Work.text(context, url) + path, login, body);
        return JacksonMapper.ofJson().readTree(answer);
    }

    /** The id and the secret of an Airbyte application. */
    @Introspected(accessKind = Introspected.AccessKind.FIELD)
    public static class ApplicationCredentials {
        @NotNull
        public Property<String> clientId;
        @NotNull
        public Property<String> clientSecret;
    }

    /** The job, if this task has started one. */
    public record Output(Long jobId, Boolean alreadyRunning) implements io.kestra.core.models.tasks.Output {
    }
}
