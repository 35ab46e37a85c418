package flowsmith.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Function;

/** JSON lines: a request per line comes in, an answer per line goes out. */
final class Lines {
    private static final ObjectMapper JSON = new ObjectMapper()
        .registerModule(new JavaTimeModule())
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private final BufferedReader requests;
    private final PrintStream answers;

    Lines(InputStream requests, PrintStream answers) {
        this.requests = new BufferedReader(new InputStreamReader(requests, StandardCharsets.UTF_8));
        this.answers = answers;
    }

    /** Answers every request, in order, each before the next is read. */
    <T> void answerEach(Class<T> type, Function<T, Object> answer) throws IOException {
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            write(answer.apply(JSON.readValue(line, type)));
        }
    }

    /** Hands over every request, in order; whoever takes it answers. */
    <T> void readEach(Class<T> type, Consumer<T> taker) throws IOException {
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            taker.accept(JSON.readValue(line, type));
        }
    }

    /** Writes one document; several threads may. */
    synchronized void write(Object document) throws IOException {
        answers.write(JSON.writeValueAsBytes(document));
        answers.write('\n');
        answers.flush();
    }
}
