package flowsmith.engine;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.SortedSet;

/**
 * One property.
 *
 * @param type see {@link Types}
 * @param dynamic nothing where Kestra renders no expressions; `text` where it reads the value when the flow is saved and renders
 *     the texts in it later; `any` where it keeps whatever is there until the flow runs
 * @param fallback the value it has when it is left out
 * @param aliases other names that Kestra reads
 * @param undocumented whether Kestra reads it without saying so anywhere
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
record Property(
    Object type,
    boolean required,
    String dynamic,
    boolean deprecated,
    @JsonProperty("default") JsonNode fallback,
    SortedSet<String> aliases,
    boolean undocumented) {
}
