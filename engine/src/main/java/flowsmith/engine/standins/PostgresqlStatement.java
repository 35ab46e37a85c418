package flowsmith.engine.standins;

import io.kestra.core.models.property.Property;
import io.kestra.core.models.tasks.common.FetchType;
import io.kestra.core.runners.RunContext;
import io.micronaut.core.annotation.Introspected;
import jakarta.validation.constraints.NotNull;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What sends SQL to a PostgreSQL database, and perhaps reads rows. */
@Introspected(accessKind = Introspected.AccessKind.FIELD)
public abstract class PostgresqlStatement extends PostgresqlTask {
    /** The plugin sees a parameter behind every colon, wherever it stands. */
    private static final Pattern PARAMETER = Pattern.compile(":(\\w+)");

    @NotNull
    public Property<String> sql;
    public Property<String> afterSQL;
    public Property<FetchType> fetchType = Property.ofValue(FetchType.NONE);
    public Property<Boolean> fetch;
    public Property<Boolean> fetchOne;
    public Property<Boolean> store;
    public Property<Integer> fetchSize = Property.ofValue(10000);
    public Property<Map<String, Object>> parameters;
    public Property<List<String>> outputFiles;

    /** What becomes of what the database has answered. */
    interface Reader<T> {
        T read(Statement answered) throws Exception;
    }

    /** Sends a text, reads the answer, and sends {@code afterSQL} in the same transaction. */
    <T> T send(RunContext context, String text, Reader<T> reader) throws Exception {
        try (Connection connection = begin(context)) {
            T read;
            try (Statement answered = answered(context, connection, text)) {
                read = reader.read(answered);
            }
            if (afterSQL != null) {
                try (Statement after = connection.createStatement()) {
                    after.execute(Work.text(context, afterSQL));
                }
            }
            connection.commit();
            return read;
        }
    }

    PostgresqlRows rows(RunContext context, ResultSet rows) throws Exception {
        return PostgresqlRows.of(context, context.render(fetchType).as(FetchType.class).orElse(FetchType.NONE), rows);
    }

    @Override
    void check() {
        super.check();
        Work.lacks(this, "fetch", fetch);
        Work.lacks(this, "fetchOne", fetchOne);
        Work.lacks(this, "store", store);
        Work.lacks(this, "outputFiles", outputFiles);
    }

    private Statement answered(RunContext context, Connection connection, String text) throws Exception {
        Map<String, Object> values = context.render(parameters).asMap(String.class, Object.class);
        if (values.isEmpty()) {
            Statement statement = inParts(context, connection.createStatement());
            statement.execute(text);
            return statement;
        }
        PreparedStatement statement = connection.prepareStatement(PARAMETER.matcher(text).replaceAll("?"));
        inParts(context, statement);
        List<String> names = PARAMETER.matcher(text).results().map(found -> found.group(1)).toList();
        for (int place = 0; place < names.size(); place++) {
            statement.setObject(place + 1, values.get(names.get(place)));
        }
        statement.execute();
        return statement;
    }

    private Statement inParts(RunContext context, Statement statement) throws Exception {
        statement.setFetchSize(context.render(fetchSize).as(Integer.class).orElse(0));
        return statement;
    }
}
