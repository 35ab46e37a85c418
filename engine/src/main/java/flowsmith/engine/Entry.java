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
 * @param executor whether it is a task that the executor runs itself, without a worker
 * @param outputs the names of what comes out; `null` when nobody knows before it runs
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
@JsonPropertyOrder({"name", "kind", "aliases", "extends", "deprecated", "open", "executor", "outputs", "properties"})
record Entry(
    String name,
    String kind,
    SortedSet<String> aliases,
    @JsonProperty("extends") String base,
    boolean deprecated,
    boolean open,
    boolean executor,
    @JsonInclude(JsonInclude.Include.NON_NULL) SortedSet<String> outputs,
    SortedMap<String, Property> properties) {

    Entry withBase(String name, SortedMap<String, Property> own) {
        return new Entry(this.name, kind, aliases, name, deprecated, open, executor, outputs, own);
    }
}
