package flowsmith.engine.standins;

import io.kestra.core.models.annotations.Plugin;
import io.kestra.core.models.property.Property;
import io.kestra.core.models.tasks.RunnableTask;
import io.kestra.core.runners.RunContext;
import io.micronaut.core.annotation.Introspected;
import jakarta.validation.constraints.NotNull;
import java.io.InputStream;
import java.net.URI;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/** Loads a file into a table of a PostgreSQL database, with PostgreSQL's COPY. */
@Plugin
@Introspected(accessKind = Introspected.AccessKind.FIELD)
public class PostgresqlCopyIn extends PostgresqlTask implements RunnableTask<PostgresqlCopyIn.Output> {
    @NotNull
    public Property<String> from;
    public Property<String> table;
    public Property<List<String>> columns;
    public Property<Format> format = Property.ofValue(Format.TEXT);
    public Property<Boolean> freeze;
    public Property<String> delimiter;
    public Property<String> nullString;
    public Property<Boolean> header;
    public Property<String> quote;
    public Property<String> escape;
    public Property<List<String>> forceQuote;
    public Property<List<String>> forceNotNull;
    public Property<List<String>> forceNull;
    public Property<String> encoding;

    @Override
    public Output run(RunContext context) throws Exception {
        try (Connection connection = begin(context);
             InputStream file = context.storage().getFile(URI.create(Work.text(context, from)))) {
            long rows = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement(context), file);
            connection.commit();
            return new Output(rows);
        }
    }

    /** Names of tables and columns are SQL, as with the plugin: they may be quoted. */
    private String statement(RunContext context) throws Exception {
        List<String> named = context.render(columns).asList(String.class);
        String into = named.isEmpty() ? "" : " (" + String.join(", ", named) + ")";
        return "COPY " + Work.text(context, table) + into + " FROM STDIN WITH (" + String.join(", ", options(context)) + ")";
    }

    private List<String> options(RunContext context) throws Exception {
        List<String> options = new ArrayList<>();
        options.add("FORMAT " + context.render(format).as(Format.class).orElse(Format.TEXT));
        addTruth(context, options, "FREEZE", freeze);
        addTruth(context, options, "HEADER", header);
        addText(context, options, "DELIMITER", delimiter);
        addText(context, options, "NULL", nullString);
        addText(context, options, "QUOTE", quote);
        addText(context, options, "ESCAPE", escape);
        addText(context, options, "ENCODING", encoding);
        addColumns(context, options, "FORCE_QUOTE", forceQuote);
        addColumns(context, options, "FORCE_NOT_NULL", forceNotNull);
        addColumns(context, options, "FORCE_NULL", forceNull);
        return options;
    }

    private static void addTruth(RunContext context, List<String> options, String name, Property<Boolean> value) throws Exception {
        context.render(value).as(Boolean.class).ifPresent(truth -> options.add(name + " " + truth));
    }

    private static void addText(RunContext context, List<String> options, String name, Property<String> value) throws Exception {
        context.render(value).as(String.class).ifPresent(text -> options.add(name + " '" + text.replace("'", "''") + "'"));
    }

    private static void addColumns(RunContext context, List<String> options, String name, Property<List<String>> value) throws Exception {
        List<String> columns = context.render(value).asList(String.class);
        if (!columns.isEmpty()) {
            options.add(name + " (" + String.join(", ", columns) + ")");
        }
    }

    /** How the file is written. */
    public enum Format {
        TEXT, CSV, BINARY
    }

    /** How many rows the table has got. */
    public record Output(Long rowCount) implements io.kestra.core.models.tasks.Output {
    }
}
