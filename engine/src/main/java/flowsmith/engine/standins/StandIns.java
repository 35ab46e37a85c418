package flowsmith.engine.standins;

import io.kestra.core.models.tasks.Task;
import io.kestra.core.plugins.DefaultPluginRegistry.ClassTypeIdentifier;
import io.kestra.core.plugins.PluginClassAndMetadata;
import io.kestra.core.plugins.PluginRegistry;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tasks in place of plugins that are not published as jars. Each takes the properties of its plugin and no others, and does
 * the work: it talks to the server, or starts the program, that the plugin would. What it can't do, it says and fails.
 */
public final class StandIns {
    private static final SortedMap<String, Class<? extends Task>> TYPES = new TreeMap<>(Map.of(
        "io.kestra.plugin.airbyte.connections.Sync", AirbyteSync.class,
        "io.kestra.plugin.dbt.cli.DbtCLI", DbtCli.class,
        "io.kestra.plugin.hightouch.Sync", HightouchSync.class,
        "io.kestra.plugin.jdbc.postgresql.Query", PostgresqlQuery.class,
        "io.kestra.plugin.notifications.slack.SlackIncomingWebhook", SlackIncomingWebhook.class,
        "io.kestra.plugin.slack.SlackIncomingWebhook", SlackIncomingWebhook.class,
        "io.kestra.plugin.slack.notifications.SlackIncomingWebhook", SlackIncomingWebhook.class));

    private StandIns() {
    }

    /** The classes by the types that they stand in for. */
    public static SortedMap<String, Class<? extends Task>> types() {
        return TYPES;
    }

    /** Lets flows use the types. */
    public static void register(PluginRegistry plugins) {
        TYPES.forEach((type, task) -> plugins.registerClassForIdentifier(
            ClassTypeIdentifier.create(type),
            new PluginClassAndMetadata<>(task, Task.class, null, null, null, null, null)));
    }
}
