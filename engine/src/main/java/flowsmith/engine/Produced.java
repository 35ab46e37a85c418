package flowsmith.engine;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import io.kestra.core.models.tasks.ExecutableTask;
import io.kestra.core.models.tasks.FlowableTask;
import io.kestra.core.models.tasks.Output;
import io.kestra.core.models.tasks.RunnableTask;
import io.kestra.core.models.tasks.Task;
import io.kestra.core.models.triggers.TriggerOutput;
import io.kestra.core.serializers.JacksonMapper;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What comes out of a task or trigger, by its class. */
final class Produced {
    /** Each has the class of the outputs as its one parameter. */
    private static final List<Class<?>> PRODUCERS =
        List.of(RunnableTask.class, FlowableTask.class, ExecutableTask.class, TriggerOutput.class);

    private Produced() {
    }

    /** The names of the outputs; `null` when they depend on more than the class. */
    static SortedSet<String> by(Class<?> type) {
        ObjectMapper writer = JacksonMapper.ofJson();
        JavaType java = writer.constructType(type);
        return PRODUCERS.stream()
            .filter(producer -> producer.isAssignableFrom(type))
            .map(producer -> java.findTypeParameters(producer)[0])
            .findFirst()
            .filter(output -> isFixed(output.getRawClass()) && isOnlyOne(type, output.getRawClass()))
            .map(output -> names(writer, output))
            .orElse(null);
    }

    /** Whether the executor runs a task itself, without a worker. */
    static boolean byExecutor(Class<?> type) {
        return Task.class.isAssignableFrom(type) && !RunnableTask.class.isAssignableFrom(type);
    }

    private static boolean isFixed(Class<?> output) {
        if (Modifier.isAbstract(output.getModifiers())) {
            return false;
        }
        try {
            return output.getMethod("toMap").getDeclaringClass() == Output.class;
        } catch (NoSuchMethodException missing) {
            throw new IllegalStateException("every output has a map", missing);
        }
    }

    /** A class with more outputs inside than it declares has them only sometimes. */
    private static boolean isOnlyOne(Class<?> type, Class<?> output) {
        return Arrays.stream(type.getDeclaredClasses()).filter(Output.class::isAssignableFrom).allMatch(output::equals);
    }

    private static SortedSet<String> names(ObjectMapper writer, JavaType output) {
        var bean = writer.getSerializationConfig().introspect(output);
        if (bean.findAnyGetter() != null) {
            return null;
        }
        SortedSet<String> names = new TreeSet<>();
        bean.findProperties().stream().filter(BeanPropertyDefinition::couldSerialize).forEach(property -> names.add(property.getName()));
        return names;
    }
}
