package flowsmith.engine;

import io.kestra.core.http.HttpRequest;
import io.kestra.core.models.flows.Flow;
import io.kestra.core.services.WebhookService;
import io.kestra.plugin.core.trigger.AbstractWebhookTrigger;
import io.kestra.plugin.core.trigger.WebhookContext;

/** What a webhook is told about a call. */
final class WebhookCalls {
    private WebhookCalls() {
    }

    static WebhookContext of(HttpRequest request, String path, Flow flow, AbstractWebhookTrigger trigger, WebhookService service) {
        return new WebhookContext(request, path, flow, trigger, service);
    }
}
