package flowsmith.engine.standins;

import io.kestra.core.models.annotations.Plugin;
import io.kestra.core.models.property.Property;
import io.kestra.core.models.tasks.InputFilesInterface;
import io.kestra.core.models.tasks.NamespaceFiles;
import io.kestra.core.models.tasks.NamespaceFilesInterface;
import io.kestra.core.models.tasks.OutputFilesInterface;
import io.kestra.core.models.tasks.RunnableTask;
import io.kestra.core.models.tasks.Task;
import io.kestra.core.models.tasks.runners.TaskRunner;
import io.kestra.core.runners.RunContext;
import io.kestra.plugin.core.runner.Process;
import io.kestra.plugin.scripts.exec.scripts.models.ScriptOutput;
import io.kestra.plugin.scripts.exec.scripts.runners.CommandsWrapper;
import io.micronaut.core.annotation.Introspected;
import jakarta.validation.constraints.NotNull;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs commands with the Terraform of this machine, whatever the container image: the sandbox starts no containers. */
@Plugin
@Introspected(accessKind = Introspected.AccessKind.FIELD)
public class TerraformCli extends Task
    implements RunnableTask<ScriptOutput>, NamespaceFilesInterface, InputFilesInterface, OutputFilesInterface {
    @NotNull
    public Property<List<String>> commands;
    public Property<List<String>> beforeCommands;
    public Property<Map<String, String>> env;
    public Property<String> containerImage;
    public TaskRunner<?> taskRunner;
    public Property<Boolean> failFast = Property.ofValue(true);
    public NamespaceFiles namespaceFiles;
    public Object inputFiles;
    public Property<List<String>> outputFiles;

    @Override
    public NamespaceFiles getNamespaceFiles() {
        return namespaceFiles;
    }

    @Override
    public Object getInputFiles() {
        return inputFiles;
    }

    @Override
    public Property<List<String>> getOutputFiles() {
        return outputFiles;
    }

    @Override
    public ScriptOutput run(RunContext context) throws Exception {
        Work.begins(context, this);
        return new CommandsWrapper(context)
            .withTaskRunner(Process.instance())
            .withEnv(new HashMap<>(context.render(env).asMap(String.class, String.class)))
            .withNamespaceFiles(namespaceFiles)
            .withInputFiles(inputFiles)
            .withOutputFiles(context.render(outputFiles).asList(String.class))
            .withInterpreter(Property.ofValue(List.of("/bin/sh", "-c")))
            .withBeforeCommands(beforeCommands)
            .withBeforeCommandsWithOptions(true)
            .withFailFast(context.render(failFast).as(Boolean.class).orElse(true))
            .withCommands(commands)
            .run();
    }
}
