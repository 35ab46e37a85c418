package flowsmith.engine;

import io.kestra.core.models.Plugin;
import io.kestra.core.models.tasks.Task;
import io.kestra.core.models.triggers.AbstractTrigger;
import io.kestra.core.plugins.DefaultPluginRegistry.ClassTypeIdentifier;
import io.kestra.core.plugins.PluginClassAndMetadata;
import io.kestra.core.plugins.PluginRegistry;
import io.kestra.core.plugins.RegisteredPlugin;
import io.kestra.core.runners.TestRunner;
import java.security.CodeSource;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The plugins that a flow can name, by class name. */
final class Plugins {
    /** The kind of what is no plugin. */
    static final String MODEL = "model";

    /** The kinds, by the names that Kestra's registry gives to its groups. */
    private static final Map<String, String> KINDS = Map.of(
        "tasks", "task",
        "triggers", "trigger",
        "conditions", "condition",
        "task-runners", "task_runner",
        "log-exporters", "log_exporter",
        "additional-plugins", "additional_plugin");

    private final SortedMap<String, String> kinds = new TreeMap<>();
    private final SortedMap<String, String> bases = new TreeMap<>();
    private final SortedMap<String, SortedSet<String>> aliases = new TreeMap<>();

    Plugins(Engine engine) {
        engine.bean(PluginRegistry.class).plugins().forEach(this::add);
    }

    /** Lets flows name a task or a trigger that no plugin brings. */
    static <T extends Plugin> void register(PluginRegistry plugins, String name, Class<? extends T> type) {
        @SuppressWarnings("unchecked")
        Class<T> base = (Class<T>) (Task.class.isAssignableFrom(type) ? Task.class : AbstractTrigger.class);
        plugins.registerClassForIdentifier(
            ClassTypeIdentifier.create(name), new PluginClassAndMetadata<>(type, base, null, null, null, null, null));
    }

    private void add(RegisteredPlugin plugin) {
        plugin.allClassGrouped().forEach((group, classes) -> classes.stream()
            .filter(type -> KINDS.containsKey(group) && !isOnlyForTests(type.getName()))
            .forEach(type -> {
                kinds.put(type.getName(), KINDS.get(group));
                bases.put(KINDS.get(group), plugin.baseClass(type.getName()).getName());
            }));
        plugin.getAliases().values().forEach(alias ->
            aliases.computeIfAbsent(alias.getValue().getName(), name -> new TreeSet<>()).add(alias.getKey()));
    }

    /** The jar of Kestra's test runner brings a task of its own. */
    boolean isOnlyForTests(String name) {
        CodeSource source = Definitions.classOf(name).getProtectionDomain().getCodeSource();
        return source != null && source.equals(TestRunner.class.getProtectionDomain().getCodeSource());
    }

    /** The names of all plugins. */
    Iterable<String> names() {
        return kinds.keySet();
    }

    /** The kind of a class. */
    String kind(String name) {
        return kinds.getOrDefault(name, MODEL);
    }

    /** The other names of a plugin. */
    SortedSet<String> aliases(String name) {
        return aliases.get(name);
    }

    /** The base class of each kind. */
    SortedMap<String, String> bases() {
        return bases;
    }
}
