package flowsmith.engine;

import io.kestra.core.models.flows.FlowSource;
import io.kestra.core.models.flows.GenericFlow;
import io.kestra.core.plugins.PluginRegistry;
import io.kestra.core.services.FlowService;
import java.util.List;
import java.util.Map;

/** What a server says about each document: `POST /flows/validate`, and what only `POST /flows` finds. */
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
        Unpublished.register(plugins, request.unpublished());
        List<String> found = validated(request.source());
        List<String> problems = found.isEmpty() ? read(request.source()) : found;
        return new Verdict(request.id(), problems.isEmpty(), problems);
    }

    private List<String> validated(String source) {
        String constraints = flows.validate(Engine.TENANT, List.of(new FlowSource(null, source))).getFirst().getConstraints();
        return constraints == null ? List.of() : constraints.lines().toList();
    }

    /** What saving a flow does first, and does more strictly: it refuses keys that come twice. */
    private static List<String> read(String source) {
        try {
            GenericFlow.fromYaml(Engine.TENANT, source);
            return List.of();
        } catch (Exception problem) {
            return String.valueOf(problem.getMessage()).lines().toList();
        }
    }

    /** @param unpublished types that may be used although their plugins are not there, and what is known about them */
    record Request(String id, String source, Map<String, Unpublished> unpublished) {
        Request {
            unpublished = unpublished == null ? Map.of() : unpublished;
        }
    }

    record Verdict(String id, boolean valid, List<String> problems) {
    }
}
