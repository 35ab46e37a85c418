package flowsmith.engine.standins;

import io.kestra.core.models.annotations.Plugin;
import io.kestra.core.models.property.Property;
import io.kestra.core.models.tasks.RunnableTask;
import io.kestra.core.models.tasks.Task;
import io.kestra.core.models.tasks.common.FetchType;
import io.kestra.core.runners.RunContext;
import io.kestra.core.serializers.FileSerde;
import io.micronaut.core.annotation.Introspected;
import jakarta.validation.constraints.NotNull;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Asks a PostgreSQL database, with PostgreSQL's own driver. */
@Plugin
@Introspected(accessKind = Introspected.AccessKind.FIELD)
public class PostgresqlQuery extends Task implements RunnableTask<PostgresqlQuery.Output> {
    @NotNull
    public Property<String> url;
    public Property<String> username;
    public Property<String> password;
    @NotNull
    public Property<String> sql;
    public Property<String> afterSQL;
    public Property<FetchType> fetchType = Property.ofValue(FetchType.NONE);
    public Property<Boolean> fetch;
    public Property<Boolean> fetchOne;
    public Property<Boolean> store;
    public Property<Integer> fetchSize = Property.ofValue(10000);
    public Property<String> timeZoneId;
    public Property<Boolean> connectionPooling;
    public Property<Integer> connectionPoolSize;
    public Property<Map<String, Object>> parameters;
    public Property<List<String>> outputFiles;
    public Property<Boolean> ssl;
    public Property<SslMode> sslMode;
    public Property<String> sslRootCert;
    public Property<String> sslCert;
    public Property<String> sslKey;
    public Property<String> sslKeyPassword;

    @Override
    public Output run(RunContext context) throws Exception {
        Work.begins(context, this);
        Work.lacks(this, undone());
        try (Connection connection = DriverManager.getConnection(Work.text(context, url), login(context))) {
            // Rows come in parts only inside a transaction.
            connection.setAutoCommit(false);
            Output output;
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(context.render(fetchSize).as(Integer.class).orElse(0));
                output = output(context, statement);
                if (afterSQL != null) {
                    statement.execute(Work.text(context, afterSQL));
                }
            }
            connection.commit();
            return output;
        }
    }

    private Map<String, Object> undone() {
        Map<String, Object> undone = new HashMap<>();
        undone.put("fetch", fetch);
        undone.put("fetchOne", fetchOne);
        undone.put("store", store);
        undone.put("timeZoneId", timeZoneId);
        undone.put("connectionPooling", connectionPooling);
        undone.put("connectionPoolSize", connectionPoolSize);
        undone.put("parameters", parameters);
        undone.put("outputFiles", outputFiles);
        undone.put("sslRootCert", sslRootCert);
        undone.put("sslCert", sslCert);
        undone.put("sslKey", sslKey);
        undone.put("sslKeyPassword", sslKeyPassword);
        return undone;
    }

    private Properties login(RunContext context) throws Exception {
        Properties login = new Properties();
        context.render(username).as(String.class).ifPresent(user -> login.setProperty("user", user));
        context.render(password).as(String.class).ifPresent(secret -> login.setProperty("password", secret));
        context.render(ssl).as(Boolean.class).ifPresent(wanted -> login.setProperty("ssl", wanted.toString()));
        context.render(sslMode).as(SslMode.class).ifPresent(mode -> login.setProperty("sslmode", mode.word()));
        return login;
    }

    private Output output(RunContext context, Statement statement) throws Exception {
        if (!statement.execute(Work.text(context, sql))) {
            return new Output(null, null, null, null);
        }
        try (ResultSet rows = statement.getResultSet()) {
            return switch (context.render(fetchType).as(FetchType.class).orElse(FetchType.NONE)) {
                case NONE -> new Output(null, null, null, null);
                case FETCH_ONE -> rows.next() ? new Output(row(rows), null, null, 1L) : new Output(null, null, null, 0L);
                case FETCH -> fetched(rows);
                case STORE -> stored(context, rows);
            };
        }
    }

    private static Output fetched(ResultSet rows) throws SQLException {
        List<Map<String, Object>> all = new ArrayList<>();
        while (rows.next()) {
            all.add(row(rows));
        }
        return new Output(null, all, null, (long) all.size());
    }

    private static Output stored(RunContext context, ResultSet rows) throws Exception {
        Path file = context.workingDir().createTempFile(".ion");
        long size = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            while (rows.next()) {
                FileSerde.write(out, row(rows));
                size++;
            }
        }
        return new Output(null, null, context.storage().putFile(file.toFile()), size);
    }

    private static Map<String, Object> row(ResultSet rows) throws SQLException {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
            row.put(rows.getMetaData().getColumnLabel(column), value(rows.getObject(column)));
        }
        return row;
    }

    private static Object value(Object found) {
        return switch (found) {
            case null -> null;
            case Number number -> number;
            case Boolean truth -> truth;
            case Timestamp moment -> moment.toLocalDateTime();
            case Date day -> day.toLocalDate();
            default -> found.toString();
        };
    }

    /** How much a connection is protected. */
    public enum SslMode {
        DISABLE, ALLOW, PREFER, REQUIRE, VERIFY_CA, VERIFY_FULL;

        /** The word that PostgreSQL's driver knows. */
        String word() {
            return name().toLowerCase().replace('_', '-');
        }
    }

    /** The rows, where the task was asked for them, or the file that has them. */
    public record Output(Map<String, Object> row, List<Map<String, Object>> rows, URI uri, Long size)
        implements io.kestra.core.models.tasks.Output {
    }
}
