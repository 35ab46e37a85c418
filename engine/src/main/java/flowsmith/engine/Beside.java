package flowsmith.engine;

import java.util.Map;

/**
 * Outputs that are kept beside an execution.
 *
 * @param execution those of the execution
 * @param taskRuns those of its task runs, by the ids of the task runs; {@code null} for one that has none
 */
record Beside(Map<String, Object> execution, Map<String, Map<String, Object>> taskRuns) {
}
