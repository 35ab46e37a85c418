package flowsmith.engine;

import io.kestra.core.storages.Namespace;
import io.kestra.core.storages.NamespaceFactory;
import io.kestra.core.storages.StorageInterface;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;

/** The namespace files that tasks see. */
final class Files {
    private final NamespaceFactory namespaces;
    private final StorageInterface storage;

    Files(Engine engine) {
        namespaces = engine.bean(NamespaceFactory.class);
        storage = engine.bean(StorageInterface.class);
    }

    void put(Put put) throws Exception {
        namespace(put.namespace()).putFile(Path.of(put.path()), new ByteArrayInputStream(put.content()));
    }

    void delete(Delete delete) throws Exception {
        Namespace namespace = namespace(delete.namespace());
        if (namespace.exists(Path.of(delete.path()))) {
            namespace.delete(Path.of(delete.path()));
        }
    }

    private Namespace namespace(String name) {
        return namespaces.of(Engine.TENANT, name, storage);
    }

    /** @param content in base64 */
    record Put(String namespace, String path, byte[] content) {
    }

    record Delete(String namespace, String path) {
    }
}
