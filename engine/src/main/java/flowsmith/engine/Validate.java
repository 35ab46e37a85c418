package flowsmith.engine;

import io.kestra.core.models.flows.FlowSource;
import io.kestra.core.models.validations.ValidateConstraintViolation;
import io.kestra.core.plugins.PluginRegistry;
import io.kestra.core.services.FlowService;
import java.util.List;
import java.util.Map;

/** What `POST /flows/validate` of a server answers about each document. */
final class Validate implements Command {
    private final FlowService flows;
    private final PluginRegistry plugins;

    Validate(Engine engine) {
        flows = engine.bean(FlowService.class);
        plugins = engine.bean(PluginRegistry.class);
    }

    @Override
    public void answer(Lines lines) throws Exception {
        lines.answerEach(Request.class, this::verdict);
    }

    private Verdict verdict(Request request) {
        StandIn.register(plugins, request.standIns());
        ValidateConstraintViolation answer =
            flows.validate(Engine.TENANT, List.of(new FlowSource(null, request.source()))).getFirst();
        List<String> problems = answer.getConstraints() == null ? List.of() : answer.getConstraints().lines().toList();
        return new Verdict(request.id(), problems.isEmpty(), problems);
    }

    /** @param standIns types that may be used although their plugins are not there */
    record Request(String id, String source, Map<String, Map<String, Object>> standIns) {
        Request {
            standIns = standIns == null ? Map.of() : standIns;
        }
    }

    record Verdict(String id, boolean valid, List<String> problems) {
    }
}
