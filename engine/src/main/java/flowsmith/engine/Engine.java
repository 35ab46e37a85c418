package flowsmith.engine;

import io.micronaut.context.ApplicationContext;
import io.micronaut.core.type.Argument;
import io.micronaut.inject.qualifiers.Qualifiers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** Kestra's beans with everything in memory, a storage folder of their own, and no HTTP server. */
final class Engine implements AutoCloseable {
    /** The tenant of open-source Kestra. */
    static final String TENANT = "main";

    private final Path storage;
    private final ApplicationContext context;

    Engine() throws IOException {
        storage = Files.createTempDirectory("flowsmith-engine");
        Loopback loopback = Loopback.open();
        context = ApplicationContext.builder()
            // `application-test.yml`: the beans of Kestra's own tests want that environment.
            .environments("test")
            .deduceEnvironment(false)
            // Variables of the machine must not configure Kestra.
            .environmentPropertySource(false)
            .properties(Map.of("kestra.storage.local.base-path", storage.toString()))
            .properties(loopback.properties())
            .start();
    }

    /** A bean of Kestra. */
    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** One of several beans of a type. */
    <T> T bean(Class<T> type, String name) {
        return context.getBean(type, Qualifiers.byName(name));
    }

    /** A bean of a type with parameters. */
    <T> T bean(Argument<T> type) {
        return context.getBean(type);
    }

    /**
     * Removes the files, and the folder that whoever started the program has made for it: nobody else may be left to do
     * so. Kestra itself ends with the process: its services take long to stop, and complain.
     */
    @Override
    public void close() {
        String scratch = System.getProperty("flowsmith.scratch");
        try (Stream<Path> files = Files.walk(scratch == null ? storage : Path.of(scratch))) {
            files.sorted(Comparator.reverseOrder()).forEach(Engine::remove);
        } catch (IOException | UncheckedIOException changing) {
            changing.printStackTrace();
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException busy) {
            // Kestra's threads still write; whoever has started the program removes the rest.
        }
    }
}
