package flowsmith.engine;

import java.io.PrintStream;
import java.time.Duration;

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
            run(arguments.length == 1 ? arguments[0] : "", new Lines(System.in, answers));
            status = 0;
        } catch (Throwable failure) {
            failure.printStackTrace();
        } finally {
            // Kestra leaves threads behind that would keep the process alive.
            answers.flush();
            Runtime.getRuntime().halt(status);
        }
    }

    private static void run(String name, Lines lines) throws Exception {
        Deadline start = Deadline.in(LONGEST_START, "Kestra did not start");
        try (Engine engine = new Engine()) {
            Command command = switch (name) {
                case "validate" -> new Validate(engine);
                case "run" -> new Run(engine);
                case "catalog" -> new Catalog(engine);
                case "cron" -> new Cron();
                case "schema" -> new Schema(engine);
                case "serve" -> new Serve(engine);
                default -> throw new IllegalArgumentException("the command is validate, run, serve, catalog, cron or schema");
            };
            start.met();
            command.answer(lines);
        }
    }
}
