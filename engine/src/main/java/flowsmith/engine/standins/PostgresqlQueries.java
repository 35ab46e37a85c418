package flowsmith.engine.standins;

import io.kestra.core.models.annotations.Plugin;
import io.kestra.core.models.tasks.RunnableTask;
import io.kestra.core.runners.RunContext;
import io.micronaut.core.annotation.Introspected;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Sends several statements to a PostgreSQL database, in one transaction. */
@Plugin
@Introspected(accessKind = Introspected.AccessKind.FIELD)
public class PostgresqlQueries extends PostgresqlStatement implements RunnableTask<PostgresqlQueries.Output> {
    private static final int NOTHING_MORE = -1;

    @Override
    public Output run(RunContext context) throws Exception {
        return send(context, Work.text(context, sql), answered -> new Output(all(context, answered)));
    }

    /** The answers that have rows, of a text that PostgreSQL's driver has taken apart. */
    private List<PostgresqlRows> all(RunContext context, Statement answered) throws Exception {
        List<PostgresqlRows> all = new ArrayList<>();
        do {
            ResultSet found = answered.getResultSet();
            if (found != null) {
                all.add(rows(context, found));
            }
        } while (answered.getMoreResults() || answered.getUpdateCount() != NOTHING_MORE);
        return all;
    }

    /** What each statement with rows has answered. */
    public record Output(List<PostgresqlRows> outputs) implements io.kestra.core.models.tasks.Output {
    }
}
