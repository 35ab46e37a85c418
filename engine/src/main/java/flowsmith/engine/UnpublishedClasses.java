package flowsmith.engine;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.kestra.core.models.Plugin;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeVisibleParameterAnnotationsAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The classes of plugins that are not published, made while the program runs: each has the name of the plugin's class, a field for each of its
 * properties and a constructor that wants the required ones. All else is Kestra's, its reader and its words for mistakes included.
 */
final class UnpublishedClasses extends ClassLoader {
    private static final ClassDesc CREATOR = description(JsonCreator.class);
    private static final ClassDesc PROPERTY = description(JsonProperty.class);

    /** Requests repeat themselves, and a class per request would never be given back. */
    private static final Map<Map.Entry<String, Unpublished>, UnpublishedClasses> MADE = new ConcurrentHashMap<>();

    private final Class<? extends Plugin> type;

    private UnpublishedClasses(String name, Unpublished plugin) {
        super(UnpublishedClasses.class.getClassLoader());
        byte[] bytes = ClassFile.of().build(ClassDesc.of(name), made -> build(made, ClassDesc.of(name), plugin));
        type = defineClass(name, bytes, 0, bytes.length).asSubclass(Plugin.class);
    }

    static Class<? extends Plugin> of(String name, Unpublished plugin) {
        return MADE.computeIfAbsent(Map.entry(name, plugin), entry -> new UnpublishedClasses(name, plugin)).type;
    }

    /** Whether a class is one of these. */
    static boolean made(Class<?> type) {
        return type.getClassLoader() instanceof UnpublishedClasses;
    }

    private static void build(ClassBuilder made, ClassDesc own, Unpublished plugin) {
        ClassDesc base = description(plugin.kind().base);
        List<String> required = List.copyOf(plugin.required());
        made.withFlags(ClassFile.ACC_PUBLIC).withSuperclass(base);
        plugin.properties().forEach(property -> made.withField(property, CD_Object, ClassFile.ACC_PUBLIC));
        MethodTypeDesc takesRequired = MethodTypeDesc.of(ConstantDescs.CD_void, Collections.nCopies(required.size(), CD_Object));
        made.withMethod(INIT_NAME, takesRequired, ClassFile.ACC_PUBLIC, constructor -> {
            if (!required.isEmpty()) {
                constructor.with(RuntimeVisibleAnnotationsAttribute.of(Annotation.of(CREATOR)));
                constructor.with(RuntimeVisibleParameterAnnotationsAttribute.of(required.stream().map(UnpublishedClasses::wanted).toList()));
            }
            constructor.withCode(code -> construct(code, own, base, required));
        });
    }

    private static void construct(CodeBuilder code, ClassDesc own, ClassDesc base, List<String> required) {
        code.aload(0).invokespecial(base, INIT_NAME, MTD_void);
        for (int place = 0; place < required.size(); place++) {
            code.aload(0).aload(place + 1).putfield(own, required.get(place), CD_Object);
        }
        code.return_();
    }

    private static List<Annotation> wanted(String property) {
        return List.of(Annotation.of(
            PROPERTY, AnnotationElement.ofString("value", property), AnnotationElement.ofBoolean("required", true)));
    }

    private static ClassDesc description(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }
}
