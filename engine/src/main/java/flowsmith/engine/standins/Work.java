package flowsmith.engine.standins;

import io.kestra.core.http.HttpRequest;
import io.kestra.core.http.client.HttpClient;
import io.kestra.core.http.client.configurations.HttpConfiguration;
import io.kestra.core.models.property.Property;
import io.kestra.core.models.tasks.Task;
import io.kestra.core.runners.RunContext;
import java.io.BufferedReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What stand-ins have in common: the execution's log says that one works, they call servers as Kestra's tasks do, and start programs. */
final class Work {
    private Work() {
    }

    /** Says in the log of the execution who works here. */
    static void begins(RunContext context, Task task) {
        context.logger().warn("flowsmith stands in for the plugin of {}, which is not published", task.getType());
    }

    /** Fails for a property that only the plugin knows what to do with. */
    static void lacks(Task task, String name, Object value) {
        if (value != null) {
            throw new UnsupportedOperationException(
                "what stands in for " + task.getType() + " does not do `" + name + "`; use Kestra with the plugin");
        }
    }

    /** A text that must be there. */
    static String text(RunContext context, Property<String> property) throws Exception {
        return context.render(property).as(String.class).orElseThrow();
    }

    /** The body of an answer; an answer that is none of success is an exception with the server's words. */
    static String call(RunContext context, HttpConfiguration options, String method, String uri, Map<String, String> headers, Object body) throws Exception {
        HttpRequest.HttpRequestBuilder request = HttpRequest.builder().method(method).uri(URI.create(uri));
        headers.forEach(request::addHeader);
        if (body != null) {
            request.body(HttpRequest.JsonRequestBody.builder().content(body).build());
        }
        try (HttpClient client = new HttpClient(context, options)) {
            return client.request(request.build(), String.class).getBody();
        }
    }

    /** Starts a program and waits for its end; what it says goes into the log of the execution. */
    static void start(RunContext context, Path folder, Map<String, String> environment, List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (BufferedReader said = process.inputReader()) {
            said.lines().forEach(line -> context.logger().info("{}", line));
        }
        int code = process.waitFor();
        if (code != 0) {
            throw new IllegalStateException("`" + command.getFirst() + "` ended with " + code + "; the log has its words");
        }
    }
}
