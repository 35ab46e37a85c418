package flowsmith.engine;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.kestra.core.models.Plugin;
import io.kestra.core.models.tasks.Task;
import io.kestra.core.plugins.PluginRegistry;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What is known about a plugin that is not published. Kestra's reader gets a class of it, so that it judges flows as it would
 * with the plugin; nothing executes it.
 *
 * @param kind what the plugin is
 * @param required properties that have to be there
 * @param optional properties that may be there
 */
record Unpublished(Kind kind, Set<String> required, Set<String> optional) {
    Unpublished {
        required = kind.own(required == null ? Set.of() : required);
        optional = kind.own(optional == null ? Set.of() : optional);
    }

    /** Lets flows use the types. Where Kestra has a class of a type, that one judges. */
    static void register(PluginRegistry plugins, Map<String, Unpublished> unpublished) {
        unpublished.forEach((name, plugin) -> {
            Class<?> known = plugins.findClassByIdentifier(name);
            if (known == null || UnpublishedClasses.made(known)) {
                Plugins.register(plugins, name, UnpublishedClasses.of(name, plugin));
            }
        });
    }

    Stream<String> properties() {
        return Stream.concat(required.stream(), optional.stream());
    }

    /** What such a plugin can be. */
    enum Kind {
        @JsonProperty("task")
        TASK(UnpublishedTask.class),
        @JsonProperty("trigger")
        TRIGGER(UnpublishedTrigger.class);

        /** What the classes that are made extend: it has no properties of its own. */
        final Class<? extends Plugin> base;
        private final Set<String> common;

        Kind(Class<? extends Plugin> base) {
            this.base = base;
            common = Accepted.by(base).names();
        }

        static Kind of(Class<? extends Plugin> type) {
            return Task.class.isAssignableFrom(type) ? TASK : TRIGGER;
        }

        /** Properties in the order of the alphabet, without those that all plugins of the kind have. */
        SortedSet<String> own(Set<String> properties) {
            SortedSet<String> own = new TreeSet<>(properties);
            own.removeAll(common);
            return own;
        }
    }
}
