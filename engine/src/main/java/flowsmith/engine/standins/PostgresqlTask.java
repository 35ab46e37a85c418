package flowsmith.engine.standins;

import io.kestra.core.models.property.Property;
import io.kestra.core.models.tasks.Task;
import io.kestra.core.runners.RunContext;
import io.micronaut.core.annotation.Introspected;
import jakarta.validation.constraints.NotNull;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Properties;

/** What works on a PostgreSQL database, with PostgreSQL's own driver. */
@Introspected(accessKind = Introspected.AccessKind.FIELD)
public abstract class PostgresqlTask extends Task {
    @NotNull
    public Property<String> url;
    public Property<String> username;
    public Property<String> password;
    public Property<String> timeZoneId;
    public Property<Boolean> connectionPooling;
    public Property<Integer> connectionPoolSize;
    public Property<Boolean> ssl;
    public Property<SslMode> sslMode;
    public Property<String> sslRootCert;
    public Property<String> sslCert;
    public Property<String> sslKey;
    public Property<String> sslKeyPassword;

    /** A connection for one transaction, after the log says who works here. */
    Connection begin(RunContext context) throws Exception {
        Work.begins(context, this);
        check();
        Connection connection = DriverManager.getConnection(Work.text(context, url), login(context));
        // Rows come in parts only inside a transaction.
        connection.setAutoCommit(false);
        return connection;
    }

    /** Fails for what only the plugin does. */
    void check() {
        Work.lacks(this, "timeZoneId", timeZoneId);
        Work.lacks(this, "connectionPooling", connectionPooling);
        Work.lacks(this, "connectionPoolSize", connectionPoolSize);
        Work.lacks(this, "sslRootCert", sslRootCert);
        Work.lacks(this, "sslCert", sslCert);
        Work.lacks(this, "sslKey", sslKey);
        Work.lacks(this, "sslKeyPassword", sslKeyPassword);
    }

    private Properties login(RunContext context) throws Exception {
        Properties login = new Properties();
        context.render(username).as(String.class).ifPresent(user -> login.setProperty("user", user));
        context.render(password).as(String.class).ifPresent(secret -> login.setProperty("password", secret));
        context.render(ssl).as(Boolean.class).ifPresent(wanted -> login.setProperty("ssl", wanted.toString()));
        context.render(sslMode).as(SslMode.class).ifPresent(mode -> login.setProperty("sslmode", mode.word()));
        return login;
    }

    /** How much a connection is protected. */
    public enum SslMode {
        DISABLE, ALLOW, PREFER, REQUIRE, VERIFY_CA, VERIFY_FULL;

        /** The word that PostgreSQL's driver knows. */
        String word() {
            return name().toLowerCase().replace('_', '-');
        }
    }
}
