package flowsmith.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * Turns JSON schemas into the types of the catalog: a name (`any`, `boolean`, `zone`), or one member that names it:
 * `string`, `integer`, `number` (limits), `enum` (values), `list` (`of`, limits), `map` (of what), `one` (alternatives),
 * `model` (the name of an entry), `plugin` (any plugin of a kind).
 */
final class Types {
    static final String ANY = "any";

    /** Limits, and what they are called in the catalog. */
    private static final Map<String, List<String>> LIMITS = Map.of(
        "string", List.of("format", "pattern", "minLength", "maxLength"),
        "integer", List.of("minimum", "maximum", "exclusiveMinimum"),
        "number", List.of("minimum", "maximum", "exclusiveMinimum"),
        "array", List.of("minItems", "maxItems"));

    private final Plugins plugins;
    private final Definitions definitions;

    Types(Plugins plugins, Definitions definitions) {
        this.plugins = plugins;
        this.definitions = definitions;
    }

    /** The properties of a definition. */
    SortedMap<String, Property> properties(JsonNode definition) {
        SortedMap<String, Property> properties = new TreeMap<>();
        Set<String> required = new HashSet<>();
        ObjectNode flat = flat(definition);
        flat.path("required").forEach(name -> required.add(name.textValue()));
        flat.path("properties").properties().forEach(property ->
            properties.put(property.getKey(), property(property.getValue(), required.contains(property.getKey()))));
        return properties;
    }

    private Property property(JsonNode schema, boolean required) {
        ObjectNode flat = flat(schema);
        return new Property(
            type(schema),
            required,
            anywhere(flat, "$dynamic") ? "text" : null,
            anywhere(flat, "$deprecated"),
            flat.get("default"),
            null,
            false);
    }

    /** Whether a mark is set on the schema or on one of its alternatives. */
    private static boolean anywhere(ObjectNode schema, String mark) {
        return schema.path(mark).asBoolean()
            || StreamSupport.stream(schema.path("anyOf").spliterator(), false)
                .anyMatch(alternative -> flat(alternative).path(mark).asBoolean());
    }

    /** The schema without `allOf`, which Kestra's generator uses to put marks beside a reference. */
    private static ObjectNode flat(JsonNode schema) {
        ObjectNode flat = JsonNodeFactory.instance.objectNode();
        schema.path("allOf").forEach(part -> flat.setAll(flat(part)));
        schema.properties().stream()
            .filter(member -> !member.getKey().equals("allOf"))
            .forEach(member -> flat.set(member.getKey(), member.getValue()));
        return flat;
    }

    private Object type(JsonNode schema) {
        ObjectNode flat = flat(schema);
        if (flat.has("$ref")) {
            return reference(Definitions.referred(flat.get("$ref")));
        }
        if (flat.has("anyOf")) {
            return alternatives(flat.get("anyOf"));
        }
        if (flat.has("const")) {
            return Map.of("enum", List.of(flat.get("const")));
        }
        if (flat.has("enum")) {
            return values(flat.get("enum"));
        }
        return switch (flat.path("type").asText()) {
            case "string", "integer", "number" -> Map.of(flat.get("type").textValue(), limits(flat));
            case "boolean" -> "boolean";
            case "array" -> list(flat);
            case "object" -> Map.of("map", flat.has("additionalProperties") ? type(flat.get("additionalProperties")) : ANY);
            default -> ANY;
        };
    }

    private Object reference(String name) {
        for (Map.Entry<String, String> base : plugins.bases().entrySet()) {
            if (base.getValue().equals(name)) {
                return Map.of("plugin", base.getKey());
            }
        }
        // Classes of the JDK are texts in a flow.
        if (name.startsWith("java.")) {
            return Map.of("string", Map.of());
        }
        JsonNode alternatives = definitions.alternatives(name);
        return alternatives == null ? Map.of("model", name) : alternatives(alternatives);
    }

    /** Kestra lists every plugin that may stand somewhere; all of them together are a kind. */
    private Object alternatives(JsonNode anyOf) {
        Set<Object> types = new LinkedHashSet<>();
        for (JsonNode alternative : anyOf) {
            Object type = type(alternative);
            if (type instanceof Map<?, ?> map && map.get("model") instanceof String name) {
                if (plugins.isOnlyForTests(name)) {
                    continue;
                }
                String kind = plugins.kind(name);
                type = kind.equals(Plugins.MODEL) ? type : Map.of("plugin", kind);
            }
            if (type instanceof Map<?, ?> map && map.get("one") instanceof List<?> nested) {
                types.addAll(nested);
            } else {
                types.add(type);
            }
        }
        return types.size() == 1 ? types.iterator().next() : Map.of("one", new ArrayList<>(types));
    }

    /** The names of the world's timezones come and go with Java's versions. */
    private static Object values(JsonNode values) {
        for (JsonNode value : values) {
            if (value.asText().equals("Etc/UTC")) {
                return "zone";
            }
        }
        return Map.of("enum", values);
    }

    private Object list(ObjectNode schema) {
        Map<String, Object> list = limits(schema);
        list.put("of", type(schema.path("items")));
        return Map.of("list", list);
    }

    private static Map<String, Object> limits(ObjectNode schema) {
        Map<String, Object> limits = new TreeMap<>();
        for (String limit : LIMITS.get(schema.get("type").textValue())) {
            if (schema.has(limit)) {
                limits.put(limit, schema.get(limit));
            }
        }
        return limits;
    }
}
