package flowsmith.engine.standins;

import io.kestra.core.models.annotations.Plugin;
import io.kestra.core.models.conditions.ConditionContext;
import io.kestra.core.models.executions.Execution;
import io.kestra.core.models.property.Property;
import io.kestra.core.models.tasks.common.FetchType;
import io.kestra.core.models.triggers.AbstractTrigger;
import io.kestra.core.models.triggers.PollingTriggerInterface;
import io.kestra.core.models.triggers.TriggerContext;
import io.kestra.core.models.triggers.TriggerOutput;
import io.kestra.core.models.triggers.TriggerService;
import io.micronaut.core.annotation.Introspected;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks a PostgreSQL database now and then, and starts the flow when it answers with rows. */
@Plugin
@Introspected(accessKind = Introspected.AccessKind.FIELD)
public class PostgresqlTrigger extends AbstractTrigger implements PollingTriggerInterface, TriggerOutput<PostgresqlRows> {
    public Duration interval = Duration.ofMinutes(1);
    // A trigger is no task: these are the properties of PostgresqlQuery once more.
    @NotNull
    public Property<String> url;
    public Property<String> username;
    public Property<String> password;
    public Property<String> timeZoneId;
    public Property<Boolean> connectionPooling;
    public Property<Integer> connectionPoolSize;
    public Property<Boolean> ssl;
    public Property<PostgresqlTask.SslMode> sslMode;
    public Property<String> sslRootCert;
    public Property<String> sslCert;
    public Property<String> sslKey;
    public Property<String> sslKeyPassword;
    @NotNull
    public Property<String> sql;
    public Property<String> afterSQL;
    public Property<FetchType> fetchType = Property.ofValue(FetchType.FETCH);
    public Property<Boolean> fetch;
    public Property<Boolean> fetchOne;
    public Property<Boolean> store;
    public Property<Integer> fetchSize = Property.ofValue(10000);
    public Property<Map<String, Object>> parameters;
    public Property<List<String>> outputFiles;

    @Override
    public Duration getInterval() {
        return interval;
    }

    @Override
    public Optional<Execution> evaluate(ConditionContext condition, TriggerContext context) throws Exception {
        PostgresqlRows found = PostgresqlQuery.of(this).run(condition.getRunContext());
        boolean isNothing = found.size() == null || found.size() == 0;
        return isNothing ? Optional.empty() : Optional.of(TriggerService.generateExecution(this, condition, context, found));
    }
}
