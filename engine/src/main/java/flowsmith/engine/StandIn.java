package flowsmith.engine;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.kestra.core.models.Plugin;
import io.kestra.core.models.tasks.Task;
import io.kestra.core.models.triggers.AbstractTrigger;
import io.kestra.core.plugins.DefaultPluginRegistry.ClassTypeIdentifier;
import io.kestra.core.plugins.PluginClassAndMetadata;
import io.kestra.core.plugins.PluginRegistry;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What is known about a plugin that is not published. Kestra's reader gets a class of it, so that it judges flows as it would
 * with the plugin.
 *
 * @param kind what the plugin is
 * @param required properties that have to be there
 * @param optional properties that may be there
 * @param outputs what its tasks answer when they run
 */
record StandIn(Kind kind, Set<String> required, Set<String> optional, Map<String, Object> outputs) {
    StandIn {
        required = own(kind, required);
        optional = own(kind, optional);
        outputs = outputs == null ? Map.of() : outputs;
    }

    /** Lets flows use the types. Where Kestra has a class of a type, that one judges. */
    static void register(PluginRegistry plugins, Map<String, StandIn> standIns) {
        standIns.forEach((type, standIn) -> {
            Class<?> known = plugins.findClassByIdentifier(type);
            if (known == null || StandInClasses.made(known)) {
                plugins.registerClassForIdentifier(ClassTypeIdentifier.create(type), standIn.kind().metadata(StandInClasses.of(type, standIn)));
            }
        });
    }

    /** In the order of the alphabet, without what all plugins of a kind have. */
    private static SortedSet<String> own(Kind kind, Set<String> properties) {
        SortedSet<String> own = new TreeSet<>(properties == null ? Set.of() : properties);
        own.removeAll(kind.common);
        return own;
    }

    Stream<String> properties() {
        return Stream.concat(required.stream(), optional.stream());
    }

    /** What stood in for can be. */
    enum Kind {
        @JsonProperty("task")
        TASK(StandInTask.class, Task.class),
        @JsonProperty("trigger")
        TRIGGER(StandInTrigger.class, AbstractTrigger.class);

        final Class<? extends Plugin> base;
        private final Class<? extends Plugin> kestras;
        private final Set<String> common;

        Kind(Class<? extends Plugin> base, Class<? extends Plugin> kestras) {
            this.base = base;
            this.kestras = kestras;
            common = Accepted.by(base).names();
        }

        @SuppressWarnings({"unchecked", "rawtypes"})
        private PluginClassAndMetadata<Plugin> metadata(Class<?> type) {
            return new PluginClassAndMetadata(type, kestras, null, null, null, null, null);
        }
    }
}
