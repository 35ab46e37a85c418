package flowsmith.engine;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.kestra.core.models.annotations.Plugin;
import io.kestra.core.models.tasks.RunnableTask;
import io.kestra.core.models.tasks.Task;
import io.kestra.core.plugins.DefaultPluginRegistry.ClassTypeIdentifier;
import io.kestra.core.plugins.PluginClassAndMetadata;
import io.kestra.core.plugins.PluginRegistry;
import io.kestra.core.runners.RunContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A task in place of a plugin that is not published: it takes every property, and answers what it was told to. */
@Plugin
public class StandIn extends Task implements RunnableTask<StandIn.Output> {
    private static final Map<String, Map<String, Object>> ANSWERS = new ConcurrentHashMap<>();

    /** Registers the types, each with the outputs of its tasks. */
    static void register(PluginRegistry plugins, Map<String, Map<String, Object>> answers) {
        ANSWERS.putAll(answers);
        answers.keySet().forEach(type -> plugins.registerClassForIdentifier(
            ClassTypeIdentifier.create(type),
            new PluginClassAndMetadata<>(StandIn.class, Task.class, null, null, null, null, null)));
    }

    @JsonAnySetter
    void take(String property, Object value) {
        // What a plugin would check, nobody can check here.
    }

    @Override
    public Output run(RunContext runContext) {
        return new Output(ANSWERS.getOrDefault(getType(), Map.of()));
    }

    record Output(Map<String, Object> answers) implements io.kestra.core.models.tasks.Output {
        @Override
        public Map<String, Object> toMap() {
            return answers;
        }
    }
}
