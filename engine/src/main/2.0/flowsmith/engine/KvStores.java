package flowsmith.engine;

import io.kestra.core.runners.KVMetadataStateStore;
import io.kestra.core.storages.StorageInterface;
import io.kestra.core.storages.kv.InternalKVStore;
import io.kestra.core.storages.kv.KVStore;

/** The KV store of any namespace; Kestra's own service refuses those that have no flow yet. */
final class KvStores {
    private final StorageInterface storage;
    private final KVMetadataStateStore metadata;

    KvStores(Engine engine) {
        storage = engine.bean(StorageInterface.class);
        metadata = engine.bean(KVMetadataStateStore.class);
    }

    KVStore of(String namespace) {
        return new InternalKVStore(Engine.TENANT, namespace, storage, metadata);
    }
}
