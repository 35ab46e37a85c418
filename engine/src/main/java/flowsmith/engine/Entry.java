package flowsmith.engine;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * One class of the flow language.
 *
 * @param name what `type` says for a plugin, otherwise the name by which properties refer to it
 * @param kind `task`, `trigger` and so on; `model` for what is no plugin
 * @param aliases other values of `type` for the same plugin
 * @param base the entry whose properties it has too
 * @param open whether it takes properties that nobody has heard of
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
@JsonPropertyOrder({"name", "kind", "aliases", "extends", "deprecated", "open", "properties"})
record Entry(
    String name,
    String kind,
    SortedSet<String> aliases,
    @JsonProperty("extends") String base,
    boolean deprecated,
    boolean open,
    SortedMap<String, Property> properties) {

    Entry withBase(String name, SortedMap<String, Property> own) {
        return new Entry(this.name, kind, aliases, name, deprecated, open, own);
    }
}
