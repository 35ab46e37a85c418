package flowsmith.engine;

import io.kestra.core.storages.Namespace;
import io.kestra.core.storages.NamespaceFactory;
import io.kestra.core.storages.StorageInterface;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;

/** The namespace files that tasks see, and the files that executions are given and make. */
final class Files {
    /** As much as a line of an answer should hold. */
    private static final long LARGEST = 64 * 1024 * 1024;

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

    void putOfExecution(PutOfExecution put) throws Exception {
        storage.put(Engine.TENANT, put.namespace(), put.uri(), new ByteArrayInputStream(put.content()));
    }

    Content getOfExecution(GetOfExecution get) throws Exception {
        long size = storage.getAttributes(Engine.TENANT, get.namespace(), get.uri()).getSize();
        if (size > LARGEST) {
            throw new IllegalArgumentException(get.uri() + " has " + size + " bytes, more than " + LARGEST);
        }
        try (InputStream content = storage.get(Engine.TENANT, get.namespace(), get.uri())) {
            return new Content(content.readAllBytes());
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

    /** @param uri below {@code kestra:///} */
    record PutOfExecution(String namespace, URI uri, byte[] content) {
    }

    record GetOfExecution(String namespace, URI uri) {
    }

    record Content(byte[] content) {
    }
}
