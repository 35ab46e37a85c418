package flowsmith.engine.standins;

import io.kestra.core.models.Plugin;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tasks and triggers in place of plugins that are not published as jars. Each takes the properties of its plugin and no others, and does
 * the work: it talks to the server, or starts the program, that the plugin would. What it can't do, it says and fails.
 */
public final class StandIns {
    private static final SortedMap<String, Class<? extends Plugin>> TYPES = new TreeMap<>(Map.ofEntries(
        Map.entry("io.kestra.plugin.airbyte.connections.Sync", AirbyteSync.class),
        Map.entry("io.kestra.plugin.compress.FileDecompress", FileDecompress.class),
        Map.entry("io.kestra.plugin.dbt.cli.DbtCLI", DbtCli.class),
        Map.entry("io.kestra.plugin.git.Clone", GitClone.class),
        Map.entry("io.kestra.plugin.hightouch.Sync", HightouchSync.class),
        Map.entry("io.kestra.plugin.jdbc.postgresql.CopyIn", PostgresqlCopyIn.class),
        Map.entry("io.kestra.plugin.jdbc.postgresql.Queries", PostgresqlQueries.class),
        Map.entry("io.kestra.plugin.jdbc.postgresql.Query", PostgresqlQuery.class),
        Map.entry("io.kestra.plugin.jdbc.postgresql.Trigger", PostgresqlTrigger.class),
        Map.entry("io.kestra.plugin.notifications.slack.SlackIncomingWebhook", SlackIncomingWebhook.class),
        Map.entry("io.kestra.plugin.scripts.python.Script", PythonScript.class),
        Map.entry("io.kestra.plugin.slack.SlackIncomingWebhook", SlackIncomingWebhook.class),
        Map.entry("io.kestra.plugin.slack.notifications.SlackIncomingWebhook", SlackIncomingWebhook.class),
        Map.entry("io.kestra.plugin.terraform.cli.TerraformCLI", TerraformCli.class)));

    private StandIns() {
    }

    /** The classes by the types that they stand in for. */
    public static SortedMap<String, Class<? extends Plugin>> types() {
        return TYPES;
    }
}
