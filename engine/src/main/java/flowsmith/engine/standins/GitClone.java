package flowsmith.engine.standins;

import io.kestra.core.models.annotations.Plugin;
import io.kestra.core.models.property.Property;
import io.kestra.core.models.tasks.RunnableTask;
import io.kestra.core.models.tasks.Task;
import io.kestra.core.runners.RunContext;
import io.micronaut.core.annotation.Introspected;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Clones a repository with the git of this machine, over HTTP or from a folder. */
@Plugin
@Introspected(accessKind = Introspected.AccessKind.FIELD)
public class GitClone extends Task implements RunnableTask<GitClone.Output> {
    /** Git asks this for a user and a password, which stand on no command line. */
    private static final String LOGIN =
        "!login() { printf 'username=%s\\npassword=%s\\n' \"$CLONE_USERNAME\" \"$CLONE_PASSWORD\"; }; login";

    public Property<String> url;
    public Property<String> directory;
    public Property<String> branch;
    public Property<String> tag;
    public Property<String> commit;
    public Property<Integer> depth = Property.ofValue(1);
    public Property<Boolean> cloneSubmodules;
    public Property<Boolean> noTags;
    public Property<String> username;
    public Property<String> password;
    public Property<String> privateKey;
    public Property<String> passphrase;

    @Override
    public Output run(RunContext context) throws Exception {
        Work.begins(context, this);
        Work.lacks(this, "privateKey", privateKey);
        Work.lacks(this, "passphrase", passphrase);
        Path folder = context.workingDir().path();
        if (directory != null) {
            folder = Files.createDirectories(context.workingDir().resolve(Path.of(Work.text(context, directory))));
        }
        Optional<String> exact = context.render(commit).as(String.class);
        Work.start(context, folder, environment(context), clone(context, exact.isPresent()));
        if (exact.isPresent()) {
            Work.start(context, folder, Map.of(), List.of("git", "checkout", "--detach", exact.get()));
        }
        return new Output(folder.toString());
    }

    /** As with the plugin, a commit counts more than a tag, and a tag more than a branch; both want the whole history. */
    private List<String> clone(RunContext context, boolean isExact) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "clone"));
        if (!isExact) {
            Optional<String> named = context.render(tag == null ? branch : tag).as(String.class);
            named.ifPresent(name -> command.add("--branch=" + name));
        }
        if (!isExact && tag == null) {
            command.add("--depth=" + context.render(depth).as(Integer.class).orElse(1));
        }
        if (context.render(cloneSubmodules).as(Boolean.class).orElse(false)) {
            command.add("--recurse-submodules");
        }
        if (context.render(noTags).as(Boolean.class).orElse(false)) {
            command.add("--no-tags");
        }
        command.addAll(List.of("--", Work.text(context, url), "."));
        return command;
    }

    private Map<String, String> environment(RunContext context) throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of("GIT_TERMINAL_PROMPT", "0"));
        if (password != null) {
            environment.putAll(Map.of(
                "GIT_CONFIG_COUNT", "1",
                "GIT_CONFIG_KEY_0", "credential.helper",
                "GIT_CONFIG_VALUE_0", LOGIN,
                "CLONE_USERNAME", context.render(username).as(String.class).orElse(""),
                "CLONE_PASSWORD", Work.text(context, password)));
        }
        return environment;
    }

    /** Where the files are. */
    public record Output(String directory) implements io.kestra.core.models.tasks.Output {
    }
}
