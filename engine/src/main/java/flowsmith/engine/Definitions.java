package flowsmith.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kestra.core.docs.JsonSchemaGenerator;
import io.kestra.core.models.flows.Flow;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Kestra's JSON schemas, by class name: of a flow, of all that it refers to, and of every plugin. */
final class Definitions {
    private static final String PREFIX = "#/definitions/";

    private final ObjectMapper json = new ObjectMapper();
    private final JsonSchemaGenerator schemas;
    private final SortedMap<String, JsonNode> definitions = new TreeMap<>();
    private final SortedMap<String, JsonNode> alternatives = new TreeMap<>();

    Definitions(Engine engine, Plugins plugins) {
        schemas = engine.bean(JsonSchemaGenerator.class);
        add(Flow.class);
        for (String name : plugins.names()) {
            if (!definitions.containsKey(name)) {
                add(classOf(name));
            }
        }
    }

    private void add(Class<?> type) {
        JsonNode document = json.valueToTree(schemas.schemas(type));
        document.get("definitions").properties().forEach(definition -> {
            String name = nameOf(definition.getKey());
            JsonNode schema = definition.getValue();
            if (schema.has("anyOf")) {
                alternatives.put(name, schema.get("anyOf"));
            } else if (schema.has("$ref")) {
                alternatives.put(name, json.createArrayNode().add(schema));
            } else if (schema.has("properties") || schema.has("allOf")) {
                definitions.merge(name, schema, Definitions::merged);
            }
        });
    }

    /** A class that is told apart by its `type` comes twice: by itself, and as itself with that `type`. */
    private static JsonNode merged(JsonNode one, JsonNode other) {
        JsonNode itself = one.has("properties") ? one : other;
        JsonNode told = itself == one ? other : one;
        if (told.path("allOf").size() != 2) {
            return itself;
        }
        ObjectNode merged = itself.deepCopy();
        JsonNode mark = told.get("allOf").get(1);
        ((ObjectNode) merged.get("properties")).setAll((ObjectNode) mark.get("properties"));
        merged.withArray("required").addAll((ArrayNode) mark.get("required"));
        return merged;
    }

    /** What may stand for a class that is only a name for others; `null` for every other class. */
    JsonNode alternatives(String name) {
        return alternatives.get(name);
    }

    /** Hands over every definition, sorted by name. */
    void forEach(BiConsumer<String, JsonNode> consumer) {
        definitions.forEach(consumer);
    }

    /** The class name in a reference. */
    static String referred(JsonNode reference) {
        return nameOf(reference.textValue().substring(PREFIX.length()));
    }

    /** Kestra's generator numbers what comes twice, and joins nested classes with a dash. */
    private static String nameOf(String key) {
        return key.replaceFirst("-[0-9]+$", "").replace('-', '$');
    }

    static Class<?> classOf(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException("a definition of a class that does not exist", missing);
        }
    }
}
