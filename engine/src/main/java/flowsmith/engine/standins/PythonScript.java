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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs a script with the Python of this machine, whatever the container image: the sandbox starts no containers. */
@Plugin
@Introspected(accessKind = Introspected.AccessKind.FIELD)
public class PythonScript extends AbstractExecScript implements RunnableTask<ScriptOutput> {
    @NotNull
    public Property<String> script;
    public Property<String> containerImage;
    public Property<List<String>> dependencies;
    public Property<String> pythonVersion;
    // These say how the plugin comes by packages and how long it keeps them; here pip fetches them each time.
    public Property<Boolean> dependencyCacheEnabled;
    public Property<String> packageManager;
    public Property<Boolean> uvAutoInstallEnabled;

    @Override
    public Property<String> getContainerImage() {
        return containerImage;
    }

    @Override
    public ScriptOutput run(RunContext context) throws Exception {
        Work.begins(context, this);
        // A version that this machine lacks fails with the shell's words.
        String python = "python" + context.render(pythonVersion).as(String.class).orElse("3");
        CommandsWrapper wrapper = commands(context).withTaskRunner(Process.instance());
        Path file = context.workingDir().createTempFile(".py");
        Files.writeString(file, wrapper.render(context, script));
        return wrapper
            .addEnv(environment(context, python))
            .withInterpreter(interpreter)
            .withBeforeCommands(beforeCommands)
            .withBeforeCommandsWithOptions(true)
            .withFailFast(context.render(failFast).as(Boolean.class).orElse(true))
            .withCommands(Property.ofValue(List.of(python + " '" + file + "'")))
            .run();
    }

    /** Where packages come from is said in variables, too. */
    private Map<String, String> environment(RunContext context, String python) throws Exception {
        Map<String, String> environment = new HashMap<>(context.render(env).asMap(String.class, String.class));
        environment.put("PYTHONUNBUFFERED", "true");
        List<String> packages = context.render(dependencies).asList(String.class);
        if (!packages.isEmpty()) {
            Path folder = Files.createDirectory(context.workingDir().path().resolve(".packages"));
            List<String> install = new ArrayList<>(List.of(
                python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--target", folder.toString(), "--"));
            install.addAll(packages);
            Work.start(context, context.workingDir().path(), environment, install);
            environment.put("PYTHONPATH", folder.toString());
        }
        return environment;
    }
}
