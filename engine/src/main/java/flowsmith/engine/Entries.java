package flowsmith.engine;

import io.kestra.core.models.kv.KVType;
import io.kestra.core.repositories.KvMetadataRepositoryInterface;
import io.kestra.core.storages.kv.KVEntry;
import io.kestra.core.storages.kv.KVMetadata;
import io.kestra.core.storages.kv.KVStore;
import io.kestra.core.storages.kv.KVValueAndMetadata;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The KV entries that flows read and set. */
final class Entries {
    private final KvStores stores;
    private final KvMetadataRepositoryInterface metadata;

    Entries(Engine engine) {
        stores = new KvStores(engine);
        metadata = engine.bean(KvMetadataRepositoryInterface.class);
    }

    void put(Put put) throws Exception {
        KVMetadata metadata = new KVMetadata(put.description(), put.expirationDate());
        stores.of(put.namespace()).put(put.key(), new KVValueAndMetadata(metadata, read(put.type(), put.value())));
    }

    void delete(Delete delete) throws Exception {
        stores.of(delete.namespace()).delete(delete.key());
    }

    /** Those of all namespaces: flows may write to others than their own. */
    List<Put> list(ListAll list) throws Exception {
        List<Put> found = new ArrayList<>();
        for (String namespace : metadata.findDistinctNamespace(Engine.TENANT)) {
            KVStore store = stores.of(namespace);
            for (KVEntry entry : store.list()) {
                Object value = store.getValue(entry.key()).orElseThrow().value();
                KVType type = KVType.from(value);
                found.add(new Put(
                    namespace, entry.key(), type, written(type, value), entry.description(), entry.expirationDate()));
            }
        }
        return found;
    }

    /** JSON has no dates and no durations. */
    private static Object read(KVType type, Object value) {
        return switch (type) {
            case DATETIME -> Instant.parse(value.toString());
            case DATE -> LocalDate.parse(value.toString());
            case DURATION -> Duration.parse(value.toString());
            default -> value;
        };
    }

    private static Object written(KVType type, Object value) {
        return switch (type) {
            case DATETIME, DATE, DURATION -> value.toString();
            default -> value;
        };
    }

    record Put(
        String namespace,
        String key,
        KVType type,
        Object value,
        String description,
        Instant expirationDate) {
    }

    record Delete(String namespace, String key) {
    }

    record ListAll() {
    }
}
