package flowsmith.engine;

import io.kestra.core.models.executions.Execution;
import io.kestra.core.models.executions.TaskRun;
import io.kestra.core.models.flows.FlowWithSource;
import io.kestra.core.runners.FlowInputOutput;
import io.kestra.core.runners.TestRunner;
import io.kestra.core.runners.TestRunnerUtils;
import io.kestra.core.services.FlowService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Executes flows, one at a time, with all of Kestra's services in this process. */
final class Run implements Command {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final FlowService flows;
    private final FlowInputOutput inputs;
    private final Outputs outputs;
    private final TestRunnerUtils runner;

    Run(Engine engine) {
        flows = engine.bean(FlowService.class);
        inputs = engine.bean(FlowInputOutput.class);
        outputs = new Outputs(engine);
        runner = engine.bean(TestRunnerUtils.class);
        engine.bean(TestRunner.class).run();
    }

    @Override
    public void answer(Lines lines) throws Exception {
        lines.answerEach(Request.class, request -> {
            try {
                return run(request);
            } catch (Exception failure) {
                // What comes after the first line is the whole execution.
                return new Failure(request.id(), String.valueOf(failure.getMessage()).lines().findFirst().orElse(""));
            }
        });
    }

    private Result run(Request request) throws Exception {
        for (String other : request.flows()) {
            flows.importFlow(Engine.TENANT, other);
        }
        FlowWithSource flow = flows.importFlow(Engine.TENANT, request.source());
        Execution execution = runner.runOne(
            Engine.TENANT,
            flow.getNamespace(),
            flow.getId(),
            flow.getRevision(),
            (definition, started) -> inputs.readExecutionInputs(definition, started, request.inputs()),
            request.timeout());
        return new Result(request.id(), execution.getState().getCurrent().name(), taskRuns(execution), outputs.of(execution));
    }

    private List<TaskResult> taskRuns(Execution execution) throws Exception {
        if (execution.getTaskRunList() == null) {
            return List.of();
        }
        List<TaskResult> results = new ArrayList<>();
        for (TaskRun run : execution.getTaskRunList()) {
            results.add(new TaskResult(run.getTaskId(), run.getValue(), run.getState().getCurrent().name(), outputs.of(run)));
        }
        return results;
    }

    /**
     * @param flows the sources of other flows that it calls
     * @param timeout how long it may run
     */
    record Request(String id, String source, List<String> flows, Map<String, Object> inputs, Duration timeout) {
        Request {
            flows = flows == null ? List.of() : flows;
            inputs = inputs == null ? Map.of() : inputs;
            timeout = timeout == null ? LONGEST : timeout;
        }
    }

    record Result(String id, String state, List<TaskResult> taskRuns, Map<String, Object> outputs) {
    }

    record TaskResult(String taskId, String value, String state, Map<String, Object> outputs) {
    }

    record Failure(String id, String problem) {
    }
}
