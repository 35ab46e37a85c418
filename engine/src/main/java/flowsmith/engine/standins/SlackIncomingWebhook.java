package flowsmith.engine.standins;

import io.kestra.core.http.client.configurations.HttpConfiguration;
import io.kestra.core.models.annotations.Plugin;
import io.kestra.core.models.property.Property;
import io.kestra.core.models.tasks.RunnableTask;
import io.kestra.core.models.tasks.Task;
import io.kestra.core.models.tasks.VoidOutput;
import io.kestra.core.runners.RunContext;
import io.kestra.core.serializers.JacksonMapper;
import io.micronaut.core.annotation.Introspected;
import jakarta.validation.constraints.NotNull;
import java.util.Map;

/** Posts a message to an incoming webhook of Slack. */
@Plugin
@Introspected(accessKind = Introspected.AccessKind.FIELD)
public class SlackIncomingWebhook extends Task implements RunnableTask<VoidOutput> {
    @NotNull
    public Property<String> url;
    public Property<String> messageText;
    public Property<String> payload;
    public HttpConfiguration options;

    @Override
    public VoidOutput run(RunContext context) throws Exception {
        Work.begins(context, this);
        Object message = messageText == null
            ? JacksonMapper.ofJson().readTree(Work.text(context, payload))
            : Map.of("text", Work.text(context, messageText));
        String answer = Work.call(context, options, "POST", Work.text(context, url), Map.of(), message);
        context.logger().info("Slack has answered {}", answer);
        return null;
    }
}
