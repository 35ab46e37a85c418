package flowsmith.engine.standins;

import io.kestra.core.http.HttpRequest;
import io.kestra.core.http.client.HttpClient;
import io.kestra.core.http.client.configurations.HttpConfiguration;
import io.kestra.core.models.property.Property;
import io.kestra.core.models.tasks.Task;
import io.kestra.core.runners.RunContext;
import java.net.URI;
import java.util.Map;

/** What stand-ins have in common: the execution's log says that one works, and they call servers as Kestra's tasks do. */
final class Work {
    private Work() {
    }

    /** Says in the log of the execution who works here. */
    static void begins(RunContext context, Task task) {
        context.logger().warn("flowsmith stands in for the plugin of {}, which is not published", task.getType());
    }

    /** Fails for what only the plugin does. */
    static void lacks(Task task, Map<String, Object> properties) {
        properties.forEach((name, value) -> {
            if (value != null) {
                throw new UnsupportedOperationException(
                    "what stands in for " + task.getType() + " does not do `" + name + "`; use Kestra with the plugin");
            }
        });
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
}
