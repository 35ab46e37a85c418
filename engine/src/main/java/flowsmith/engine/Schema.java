package flowsmith.engine;

import io.kestra.core.docs.JsonSchemaGenerator;
import io.kestra.core.models.flows.Flow;

/** Kestra's JSON schema of a flow, as its API gives it. */
final class Schema implements Command {
    private final Engine engine;

    Schema(Engine engine) {
        this.engine = engine;
    }

    @Override
    public void answer(Lines lines) throws Exception {
        lines.write(engine.bean(JsonSchemaGenerator.class).schemas(Flow.class));
    }
}
