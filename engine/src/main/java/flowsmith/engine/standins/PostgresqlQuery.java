package flowsmith.engine.standins;

import io.kestra.core.models.annotations.Plugin;
import io.kestra.core.models.tasks.RunnableTask;
import io.kestra.core.runners.RunContext;
import io.micronaut.core.annotation.Introspected;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.sql.ResultSet;

/** Asks a PostgreSQL database with one statement. */
@Plugin
@Introspected(accessKind = Introspected.AccessKind.FIELD)
public class PostgresqlQuery extends PostgresqlStatement implements RunnableTask<PostgresqlRows> {
    /** The query of a trigger, which has the same properties. */
    static PostgresqlQuery of(PostgresqlTrigger trigger) throws ReflectiveOperationException {
        PostgresqlQuery query = new PostgresqlQuery();
        query.type = trigger.getType();
        for (Field property : PostgresqlQuery.class.getFields()) {
            if (!Modifier.isStatic(property.getModifiers())) {
                property.set(query, PostgresqlTrigger.class.getField(property.getName()).get(trigger));
            }
        }
        return query;
    }

    @Override
    public PostgresqlRows run(RunContext context) throws Exception {
        String text = Work.text(context, sql);
        // As the plugin does it: a semicolon in a quoted text counts.
        if (text.split(";[^']").length > 1) {
            throw new IllegalArgumentException("a query is one statement; `io.kestra.plugin.jdbc.postgresql.Queries` takes several");
        }
        return send(context, text, answered -> {
            ResultSet found = answered.getResultSet();
            return found == null ? PostgresqlRows.NONE : rows(context, found);
        });
    }
}
