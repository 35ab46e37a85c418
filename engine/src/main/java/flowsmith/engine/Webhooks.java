package flowsmith.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kestra.core.exceptions.IllegalVariableEvaluationException;
import io.kestra.core.http.HttpRequest;
import io.kestra.core.http.HttpResponse;
import io.kestra.core.models.flows.FlowWithSource;
import io.kestra.core.runners.RunContextFactory;
import io.kestra.core.services.WebhookService;
import io.kestra.plugin.core.trigger.AbstractWebhookTrigger;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;

/** Calls of webhooks, which Kestra's own triggers answer: keys, conditions, inputs, and the wait for an end are theirs. */
final class Webhooks {
    private final Executions executions;
    private final WebhookService service;
    private final RunContextFactory contexts;
    private final ObjectMapper api;

    Webhooks(Engine engine, Executions executions) {
        this.executions = executions;
        service = engine.bean(WebhookService.class);
        contexts = engine.bean(RunContextFactory.class);
        api = engine.bean(ObjectMapper.class);
    }

    Answer call(Call call) throws Exception {
        FlowWithSource flow = executions.flow(call.namespace(), call.flowId(), null);
        AbstractWebhookTrigger trigger = trigger(flow, call.key());
        HttpRequest.RequestBody body = call.body().isEmpty() ? null : HttpRequest.StringRequestBody.builder().content(call.body()).build();
        HttpRequest request = HttpRequest.of(URI.create(call.uri()), call.method(), body, call.headers());
        HttpResponse<?> answer = trigger.evaluate(WebhookCalls.of(request, call.path(), flow, trigger, service)).block();
        String contentType = answer.getHeaders() == null ? null : answer.getHeaders().firstValue("Content-Type").orElse(null);
        return new Answer(answer.getStatus().getCode(), contentType, api.valueToTree(answer.getBody()));
    }

    private AbstractWebhookTrigger trigger(FlowWithSource flow, String key) {
        return Objects.requireNonNullElse(flow.getTriggers(), List.<Object>of()).stream()
            .filter(AbstractWebhookTrigger.class::isInstance)
            .map(AbstractWebhookTrigger.class::cast)
            .filter(trigger -> key.equals(key(flow, trigger)))
            .findFirst()
            .orElseThrow(() -> new NoSuchElementException("Webhook not found"));
    }

    /** The key, which may be an expression; one that can't be rendered opens nothing. */
    private String key(FlowWithSource flow, AbstractWebhookTrigger trigger) {
        try {
            return contexts.of(flow, trigger).render(trigger.getKey()).trim();
        } catch (IllegalVariableEvaluationException unrenderable) {
            return null;
        }
    }

    /** @param uri the whole address that was called */
    record Call(
        String namespace,
        String flowId,
        String key,
        String path,
        String method,
        String uri,
        Map<String, List<String>> headers,
        String body) {
    }

    /** @param contentType {@code null} where the webhook does not say */
    record Answer(int status, String contentType, JsonNode body) {
    }
}
