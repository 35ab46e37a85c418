package flowsmith.engine;

import io.kestra.core.exceptions.IllegalVariableEvaluationException;
import io.kestra.core.models.executions.Execution;
import io.kestra.core.models.executions.TaskRun;
import io.kestra.core.models.flows.FlowWithSource;
import io.kestra.core.models.flows.Input;
import io.kestra.core.models.flows.input.InputAndValue;
import io.kestra.core.models.hierarchies.FlowGraph;
import io.kestra.core.runners.RunContext;
import io.kestra.core.runners.RunContextFactory;
import io.kestra.core.runners.SecureVariableRendererFactory;
import io.kestra.core.services.ExecutionService;
import io.kestra.core.services.GraphService;
import io.micronaut.http.MediaType;
import io.micronaut.http.multipart.CompletedPart;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.lang3.exception.ExceptionUtils;
import reactor.core.publisher.Flux;

/** What people ask about an execution, answered as the controllers of Kestra's API answer it. */
final class Questions {
    private final Executions executions;
    private final ExecutionService service;
    private final GraphService graphs;
    private final RunContextFactory contexts;
    private final SecureVariableRendererFactory renderers;

    Questions(Engine engine, Executions executions) {
        this.executions = executions;
        service = engine.bean(ExecutionService.class);
        graphs = engine.bean(GraphService.class);
        contexts = engine.bean(RunContextFactory.class);
        renderers = engine.bean(SecureVariableRendererFactory.class);
    }

    /** Renders an expression as a task run would see it, with secrets masked. */
    Evaluated evaluate(Evaluate evaluate) throws Exception {
        Execution execution = executions.execution(evaluate.executionId());
        FlowWithSource flow = executions.flow(execution);
        try {
            var variables = context(flow, execution, evaluate.taskRunId()).getVariables();
            return new Evaluated(renderers.createOrGet().render(evaluate.expression(), variables), null, null);
        } catch (IllegalVariableEvaluationException unrenderable) {
            return new Evaluated(null, unrenderable.getMessage(), ExceptionUtils.getStackTrace(unrenderable));
        }
    }

    /** What an execution knows, or one of its task runs; what is encrypted stays so. */
    private RunContext context(FlowWithSource flow, Execution execution, String taskRun) throws Exception {
        if (taskRun == null) {
            return contexts.of(flow, execution, false);
        }
        TaskRun run = execution.findTaskRunByTaskRunId(taskRun);
        return contexts.of(flow, flow.findTaskByTaskId(run.getTaskId()), execution, run, false);
    }

    /** The graph of the flow with the task runs in it. */
    FlowGraph graph(Graph graph) throws Exception {
        Execution execution = executions.execution(graph.executionId());
        return graphs.executionGraph(executions.flow(execution), graph.subflows(), execution).forExecution();
    }

    /** What Kestra says about the inputs that a paused execution waits for. */
    List<Checked> checkResume(CheckResume check) throws Exception {
        Execution execution = executions.execution(check.executionId());
        Flux<CompletedPart> parts = Flux.fromIterable(check.inputs().entrySet())
            .map(input -> new Part(input.getKey(), input.getValue().getBytes(StandardCharsets.UTF_8)));
        return service.validateForResume(execution, executions.flow(execution), parts).block().stream()
            .map(Questions::checked)
            .toList();
    }

    private static Checked checked(InputAndValue input) {
        List<InputError> errors = input.exceptions() == null ? List.of() : input.exceptions().stream()
            .map(exception -> new InputError(exception.getMessage(), exception.isRenderError()))
            .toList();
        return new Checked(input.input(), input.value(), input.enabled(), input.isDefault(), errors);
    }

    record Evaluate(String executionId, String taskRunId, String expression) {
    }

    record Evaluated(String result, String error, String stackTrace) {
    }

    record Graph(String executionId, List<String> subflows) {
    }

    record CheckResume(String executionId, Map<String, String> inputs) {
    }

    record Checked(Input<?> input, Object value, boolean enabled, boolean isDefault, List<InputError> errors) {
    }

    record InputError(String message, boolean renderError) {
    }

    /** A field of a form, as Kestra's HTTP server would hand it over. */
    private record Part(String getName, byte[] content) implements CompletedPart {
        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(content);
        }

        @Override
        public byte[] getBytes() {
            return content;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return ByteBuffer.wrap(content);
        }

        @Override
        public Optional<MediaType> getContentType() {
            return Optional.empty();
        }
    }
}
