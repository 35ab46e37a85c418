package flowsmith.engine;

import io.kestra.core.repositories.FlowRepositoryInterface;
import io.kestra.core.services.FlowService;

/** The flows that can be executed. */
final class Flows {
    private final FlowRepositoryInterface repository;
    private final FlowService service;
    private final Actions actions;

    Flows(Engine engine) {
        repository = engine.bean(FlowRepositoryInterface.class);
        service = engine.bean(FlowService.class);
        actions = new Actions(engine);
    }

    Saved put(Put put) throws Exception {
        return new Saved(service.importFlow(Engine.TENANT, put.source()).getRevision());
    }

    void delete(Delete delete) {
        repository.findByIdWithSource(Engine.TENANT, delete.namespace(), delete.flowId()).ifPresent(actions::delete);
    }

    record Put(String source) {
    }

    record Saved(Integer revision) {
    }

    record Delete(String namespace, String flowId) {
    }
}
