package flowsmith.engine;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import io.kestra.core.serializers.JacksonMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What Kestra's reader takes for a class, which is more than its schema documents.
 *
 * @param names the properties
 * @param aliases other names of properties
 * @param enums the names of the values of properties whose classes are enums; schemas leave some out
 * @param unread properties whose values Kestra keeps as they are until the flow runs
 * @param open whether it takes any other property too
 */
record Accepted(SortedSet<String> names, SortedMap<String, SortedSet<String>> aliases, SortedMap<String, List<String>> enums, SortedSet<String> unread, boolean open) {
    /** Classes of properties that hold whatever a flow says. */
    private static final Set<Class<?>> UNREAD = Set.of(io.kestra.core.models.property.Property.class, Object.class);

    static Accepted by(Class<?> type) {
        ObjectMapper reader = JacksonMapper.ofYaml();
        JavaType java = reader.constructType(type);
        BeanDescription bean = reader.getDeserializationConfig().introspect(java);
        SortedMap<String, SortedSet<String>> aliases = new TreeMap<>();
        SortedMap<String, List<String>> enums = new TreeMap<>();
        SortedSet<String> unread = new TreeSet<>();
        for (BeanPropertyDefinition property : bean.findProperties()) {
            if (UNREAD.contains(property.getRawPrimaryType())) {
                unread.add(property.getName());
            }
            if (property.getRawPrimaryType().isEnum()) {
                enums.put(property.getName(), Stream.of(property.getRawPrimaryType().getEnumConstants())
                    .map(constant -> reader.convertValue(constant, String.class))
                    .toList());
            }
            for (PropertyName alias : property.findAliases()) {
                aliases.computeIfAbsent(property.getName(), name -> new TreeSet<>()).add(alias.getSimpleName());
            }
        }
        var ignored = reader.getDeserializationConfig().getDefaultPropertyIgnorals(type, bean.getClassInfo());
        boolean open = bean.findAnySetterAccessor() != null || (ignored != null && ignored.getIgnoreUnknown());
        return new Accepted(names(reader, java), aliases, enums, unread, open);
    }

    private static SortedSet<String> names(ObjectMapper reader, JavaType type) {
        DeserializationContext context = ((DefaultDeserializationContext) reader.getDeserializationContext())
            .createInstance(reader.getDeserializationConfig(), null, null);
        SortedSet<String> names = new TreeSet<>();
        try {
            JsonDeserializer<?> deserializer = context.findContextualValueDeserializer(type, null);
            if (deserializer.getKnownPropertyNames() != null) {
                deserializer.getKnownPropertyNames().forEach(name -> names.add(name.toString()));
            }
        } catch (JsonMappingException unreadable) {
            throw new IllegalStateException(type + " can't be read", unreadable);
        }
        return names;
    }

    /** What the schema says about a property, and what only its class says. */
    Property completed(String name, Property found) {
        String dynamic = found.dynamic() != null && unread.contains(name) ? "any" : found.dynamic();
        Object type = enums.containsKey(name) && isChoice(found.type()) ? Map.of("enum", enums.get(name)) : found.type();
        return new Property(
            type, found.required(), dynamic, found.deprecated(), found.fallback(), aliases.get(name), false);
    }

    /** Whether a type leaves a choice; one value alone tells a class from others. */
    private static boolean isChoice(Object type) {
        return type instanceof Map<?, ?> map && map.get("enum") instanceof JsonNode values && values.size() > 1;
    }

    Property undocumented(String name) {
        return new Property(Types.ANY, false, null, false, null, aliases.get(name), true);
    }
}
