package flowsmith.engine.standins;

import io.kestra.core.models.annotations.Plugin;
import io.kestra.core.models.property.Property;
import io.kestra.core.models.tasks.RunnableTask;
import io.kestra.core.runners.RunContext;
import io.kestra.plugin.core.runner.Process;
import io.kestra.plugin.scripts.exec.AbstractExecScript;
import io.kestra.plugin.scripts.exec.scripts.models.ScriptOutput;
import io.kestra.plugin.scripts.exec.scripts.runners.CommandsWrapper;
import io.micronaut.core.annotation.Introspected;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs the dbt of this machine, whatever the container image: the sandbox starts no containers. */
@Plugin
@Introspected(accessKind = Introspected.AccessKind.FIELD)
public class DbtCli extends AbstractExecScript implements RunnableTask<ScriptOutput> {
    @NotNull
    public Property<List<String>> commands;
    public Property<String> containerImage;
    public Property<String> profiles;
    public Property<String> projectDir;
    public Property<Boolean> parseRunResults = Property.ofValue(true);
    public Property<LogFormat> logFormat = Property.ofValue(LogFormat.JSON);
    public Property<DbtEngine> engine;
    public Map<String, Object> storeManifest;
    public Map<String, Object> loadManifest;

    @Override
    public Property<String> getContainerImage() {
        return containerImage;
    }

    @Override
    public ScriptOutput run(RunContext context) throws Exception {
        Work.begins(context, this);
        Work.lacks(this, "storeManifest", storeManifest);
        Work.lacks(this, "loadManifest", loadManifest);
        String options = options(context);
        List<String> wanted = context.render(commands).asList(String.class).stream()
            .map(command -> command.startsWith("dbt") ? command + options : command)
            .toList();
        CommandsWrapper wrapper = commands(context).withTaskRunner(Process.instance());
        if (profiles != null) {
            Path file = wrapper.getWorkingDirectory().resolve("profiles.yml");
            Files.writeString(file, Work.text(context, profiles));
        }
        return wrapper
            .withInterpreter(interpreter)
            .withBeforeCommands(beforeCommands)
            .withCommands(Property.ofValue(wanted))
            .run();
    }

    /** What the plugin adds to each command of dbt. */
    private String options(RunContext context) throws Exception {
        String project = context.render(projectDir).as(String.class).map(folder -> " --project-dir " + folder).orElse("");
        LogFormat format = context.render(logFormat).as(LogFormat.class).orElse(LogFormat.JSON);
        return format == LogFormat.NONE ? project : project + " --log-format " + format.name().toLowerCase();
    }

    /** How dbt writes its log. */
    public enum LogFormat {
        JSON, TEXT, DEBUG, NONE
    }

    /** Which dbt the plugin's container has. */
    public enum DbtEngine {
        CORE, FUSION
    }
}
