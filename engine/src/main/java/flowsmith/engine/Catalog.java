package flowsmith.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Everything that flows are made of, an {@link Entry} per line, sorted by name, without prose. */
final class Catalog implements Command {
    private final Engine engine;
    private final Plugins plugins;

    Catalog(Engine engine) {
        this.engine = engine;
        plugins = new Plugins(engine);
    }

    @Override
    public void answer(Lines lines) throws Exception {
        Definitions definitions = new Definitions(engine, plugins);
        Types types = new Types(plugins, definitions);
        List<Entry> entries = new ArrayList<>();
        definitions.forEach((name, schema) -> {
            if (!plugins.isOnlyForTests(name)) {
                entries.add(entry(types, name, schema));
            }
        });
        for (Entry entry : factored(entries)) {
            lines.write(entry);
        }
    }

    private Entry entry(Types types, String name, JsonNode schema) {
        Accepted accepted = Accepted.by(Definitions.classOf(name));
        SortedMap<String, Property> properties = types.properties(schema);
        properties.replaceAll(accepted::completed);
        // What Kestra reads and does not document is still no mistake.
        accepted.names().forEach(property -> properties.computeIfAbsent(property, accepted::undocumented));
        if (!plugins.kind(name).equals(Plugins.MODEL)) {
            // The name and the aliases say it.
            properties.remove("type");
        }
        return new Entry(
            name,
            plugins.kind(name),
            plugins.aliases(name),
            null,
            Definitions.classOf(name).isAnnotationPresent(Deprecated.class),
            accepted.open(),
            Produced.byExecutor(Definitions.classOf(name)),
            Produced.by(Definitions.classOf(name)),
            properties);
    }

    /** The same entries, where what all plugins of a kind have in common is said once, in an entry of their base class. */
    private List<Entry> factored(List<Entry> entries) {
        Map<String, List<Entry>> byKind = entries.stream().collect(Collectors.groupingBy(Entry::kind));
        List<Entry> factored = new ArrayList<>(byKind.getOrDefault(Plugins.MODEL, List.of()));
        plugins.bases().forEach((kind, base) -> {
            List<Entry> members = byKind.getOrDefault(kind, List.of());
            SortedMap<String, Property> common = common(members);
            factored.add(new Entry(base, Plugins.MODEL, null, null, false, false, false, null, common));
            for (Entry member : members) {
                SortedMap<String, Property> own = new TreeMap<>(member.properties());
                own.entrySet().removeAll(common.entrySet());
                factored.add(member.withBase(base, own));
            }
        });
        factored.sort(Comparator.comparing(Entry::name));
        return factored;
    }

    /** What all have by name, as most of them have it. */
    private static SortedMap<String, Property> common(List<Entry> members) {
        SortedMap<String, Property> common = new TreeMap<>();
        for (String name : members.getFirst().properties().keySet()) {
            List<Property> variants = members.stream().map(member -> member.properties().get(name)).toList();
            if (members.size() > 1 && !variants.contains(null)) {
                common.put(name, most(variants));
            }
        }
        return common;
    }

    private static Property most(List<Property> variants) {
        return variants.stream().max(Comparator.comparing(variant -> Collections.frequency(variants, variant))).orElseThrow();
    }
}
