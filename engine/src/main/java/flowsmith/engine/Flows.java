package flowsmith.engine;

import io.kestra.core.models.flows.FlowInterface;
import io.kestra.core.models.flows.GenericFlow;
import io.kestra.core.repositories.FlowRepositoryInterface;
import io.kestra.core.services.FlowService;
import io.kestra.jdbc.AbstractJdbcRepository;
import java.util.Map;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** The flows that can be executed, with the revisions that their owner has given them. */
final class Flows {
    private static final Field<Object> SOURCE = DSL.field(DSL.quotedName("source_code"));

    private final FlowRepositoryInterface repository;
    private final FlowService service;
    private final AbstractJdbcRepository<FlowInterface> table;
    private final Actions actions;

    @SuppressWarnings("unchecked")
    Flows(Engine engine) {
        repository = engine.bean(FlowRepositoryInterface.class);
        service = engine.bean(FlowService.class);
        table = engine.bean(AbstractJdbcRepository.class, "flows");
        actions = new Actions(engine);
    }

    Saved put(Put put) throws Exception {
        GenericFlow flow = GenericFlow.fromYaml(Engine.TENANT, put.source());
        int next = last(flow) + 1;
        int wanted = put.revision() == null ? next : put.revision();
        if (wanted < next) {
            store(flow, wanted, false);
            return new Saved(wanted);
        }
        if (wanted > next) {
            // Kestra counts on from the last revision, and a deletion is one.
            store(flow, wanted - 1, true);
        }
        return new Saved(service.importFlow(Engine.TENANT, put.source()).getRevision());
    }

    private int last(GenericFlow flow) {
        return repository.findRevisions(Engine.TENANT, flow.getNamespace(), flow.getId(), true).stream()
            .mapToInt(FlowInterface::getRevision)
            .max()
            .orElse(0);
    }

    /** Writes one revision into the table, which nobody hears of. */
    private void store(GenericFlow flow, int revision, boolean deleted) {
        FlowInterface numbered = flow.toBuilder().revision(revision).deleted(deleted).build();
        Map<Field<Object>, Object> fields = table.persistFields(numbered);
        fields.put(SOURCE, flow.getSource());
        table.persist(numbered, fields);
    }

    void delete(Delete delete) {
        repository.findByIdWithSource(Engine.TENANT, delete.namespace(), delete.flowId()).ifPresent(actions::delete);
    }

    /** @param revision the next one where there is none; an older one than the last changes nothing for others */
    record Put(String source, Integer revision) {
    }

    record Saved(Integer revision) {
    }

    record Delete(String namespace, String flowId) {
    }
}
