package flowsmith.engine;

import flowsmith.engine.standins.StandIns;
import io.kestra.core.plugins.PluginRegistry;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** The command line: one command, which answers on standard output and ends with the process. */
public final class Main {
    private static final Duration LONGEST_START = Duration.ofMinutes(5);

    private Main() {
    }

    public static void main(String[] arguments) {
        // Standard output belongs to the answers, whatever Kestra's libraries print.
        PrintStream answers = System.out;
        System.setOut(System.err);
        int status = 1;
        try {
            run(List.of(arguments), new Lines(System.in, answers));
            status = 0;
        } catch (Throwable failure) {
            failure.printStackTrace();
        } finally {
            // Kestra leaves threads behind that would keep the process alive.
            answers.flush();
            Runtime.getRuntime().halt(status);
        }
    }

    /** @param arguments the command, and {@code stand-ins} for an engine with them */
    private static void run(List<String> arguments, Lines lines) throws Exception {
        Deadline start = Deadline.in(LONGEST_START, "Kestra did not start");
        try (Engine engine = new Engine()) {
            PluginRegistry plugins = engine.bean(PluginRegistry.class);
            Plugins.register(plugins, Fixture.class.getName(), Fixture.class);
            if (arguments.contains("stand-ins")) {
                StandIns.types().forEach((name, type) -> Plugins.register(plugins, name, type));
            }
            Command command = switch (arguments.isEmpty() ? "" : arguments.getFirst()) {
                case "validate" -> new Validate(engine);
                case "run" -> new Run(engine);
                case "catalog" -> new Catalog(engine);
                case "cron" -> new Cron();
                case "schema" -> new Schema(engine);
                case "serve" -> new Serve(engine);
                case "stand-ins" -> new StandInTypes();
                default -> throw new IllegalArgumentException(
                    "the command is validate, run, serve, catalog, cron, schema or stand-ins");
            };
            start.met();
            command.answer(lines);
        }
    }
}
