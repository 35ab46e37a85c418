package flowsmith.engine.standins;

import io.kestra.core.models.tasks.Output;
import io.kestra.core.models.tasks.common.FetchType;
import io.kestra.core.runners.RunContext;
import io.kestra.core.serializers.FileSerde;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows that a statement has answered with, where the task was asked for them, or the file that has them. */
public record PostgresqlRows(Map<String, Object> row, List<Map<String, Object>> rows, URI uri, Long size) implements Output {
    /** For a statement that answers with no rows, or whose rows nobody wants. */
    static final PostgresqlRows NONE = new PostgresqlRows(null, null, null, null);

    static PostgresqlRows of(RunContext context, FetchType wanted, ResultSet found) throws Exception {
        return switch (wanted) {
            case NONE -> NONE;
            case FETCH_ONE -> found.next()
                ? new PostgresqlRows(row(found), null, null, 1L)
                : new PostgresqlRows(null, null, null, 0L);
            case FETCH -> fetched(found);
            case STORE -> stored(context, found);
        };
    }

    private static PostgresqlRows fetched(ResultSet found) throws SQLException {
        List<Map<String, Object>> all = new ArrayList<>();
        while (found.next()) {
            all.add(row(found));
        }
        return new PostgresqlRows(null, all, null, (long) all.size());
    }

    private static PostgresqlRows stored(RunContext context, ResultSet found) throws Exception {
        Path file = context.workingDir().createTempFile(".ion");
        long size = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            while (found.next()) {
                FileSerde.write(out, row(found));
                size++;
            }
        }
        return new PostgresqlRows(null, null, context.storage().putFile(file.toFile()), size);
    }

    private static Map<String, Object> row(ResultSet found) throws SQLException {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
            row.put(found.getMetaData().getColumnLabel(column), value(found.getObject(column)));
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
}
