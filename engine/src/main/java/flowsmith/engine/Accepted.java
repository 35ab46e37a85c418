package flowsmith.engine;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import io.kestra.core.serializers.JacksonMapper;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What Kestra's reader takes for a class, which is more than its schema documents.
 *
 * @param names the properties
 * @param aliases other names of properties
 * @param open whether it takes any other property too
 */
record Accepted(SortedSet<String> names, SortedMap<String, SortedSet<String>> aliases, boolean open) {
    static Accepted by(Class<?> type) {
        ObjectMapper reader = JacksonMapper.ofYaml();
        JavaType java = reader.constructType(type);
        BeanDescription bean = reader.getDeserializationConfig().introspect(java);
        SortedMap<String, SortedSet<String>> aliases = new TreeMap<>();
        for (BeanPropertyDefinition property : bean.findProperties()) {
            for (PropertyName alias : property.findAliases()) {
                aliases.computeIfAbsent(property.getName(), name -> new TreeSet<>()).add(alias.getSimpleName());
            }
        }
        var ignored = reader.getDeserializationConfig().getDefaultPropertyIgnorals(type, bean.getClassInfo());
        boolean open = bean.findAnySetterAccessor() != null || (ignored != null && ignored.getIgnoreUnknown());
        return new Accepted(names(reader, java), aliases, open);
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

    Property withAliases(String name, Property found) {
        return new Property(
            found.type(), found.required(), found.dynamic(), found.deprecated(), found.fallback(), aliases.get(name),
            false);
    }

    Property undocumented(String name) {
        return new Property(Types.ANY, false, false, false, null, aliases.get(name), true);
    }
}
