package flowsmith.engine;

import io.kestra.core.models.namespaces.files.NamespaceFileMetadata;
import io.kestra.core.repositories.NamespaceFileMetadataRepositoryInterface;
import io.kestra.core.storages.Namespace;
import io.kestra.core.storages.NamespaceFactory;
import io.kestra.core.storages.StorageInterface;
import io.micronaut.data.model.Pageable;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The namespace files that tasks see and write, and the files that executions are given and make. */
final class Files {
    /** As much as a line of an answer should hold. */
    private static final long LARGEST = 64 * 1024 * 1024;

    private final NamespaceFactory namespaces;
    private final StorageInterface storage;
    private final NamespaceFileMetadataRepositoryInterface metadata;

    /** When each namespace file was written that somebody else knows of. */
    private final Map<Place, Instant> known = new HashMap<>();

    Files(Engine engine) {
        namespaces = engine.bean(NamespaceFactory.class);
        storage = engine.bean(StorageInterface.class);
        metadata = engine.bean(NamespaceFileMetadataRepositoryInterface.class);
    }

    void put(Put put) throws Exception {
        namespace(put.namespace()).putFile(Path.of(put.path()), new ByteArrayInputStream(put.content()));
        metadata.findByPath(Engine.TENANT, put.namespace(), put.path())
            .ifPresent(written -> known.put(new Place(put.namespace(), put.path()), written.getUpdated()));
    }

    void delete(Delete delete) throws Exception {
        Namespace namespace = namespace(delete.namespace());
        if (namespace.exists(Path.of(delete.path()))) {
            namespace.delete(Path.of(delete.path()));
        }
        known.remove(new Place(delete.namespace(), delete.path()));
    }

    /** The namespace files that tasks have written or deleted, each told once. One that is too large is not told. */
    List<Written> written(ListWritten ask) throws Exception {
        Map<Place, Instant> now = new HashMap<>();
        List<Written> written = new ArrayList<>();
        for (NamespaceFileMetadata file : metadata.find(Pageable.UNPAGED, Engine.TENANT, List.of(), false)) {
            Place place = new Place(file.getNamespace(), file.getPath());
            if (file.isDirectory()) {
                continue;
            }
            now.put(place, file.getUpdated());
            if (!file.getUpdated().equals(known.get(place)) && file.getSize() <= LARGEST) {
                try (InputStream content = namespace(place.namespace()).getFileContent(Path.of(place.path()))) {
                    written.add(new Written(place.namespace(), place.path(), content.readAllBytes()));
                }
            }
        }
        known.keySet().stream()
            .filter(place -> !now.containsKey(place))
            .forEach(gone -> written.add(new Written(gone.namespace(), gone.path(), null)));
        known.clear();
        known.putAll(now);
        return written;
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

    record ListWritten() {
    }

    /** @param content in base64; {@code null} when the file was deleted */
    record Written(String namespace, String path, byte[] content) {
    }

    /** @param path from the root of the namespace */
    private record Place(String namespace, String path) {
    }

    record Content(byte[] content) {
    }
}
