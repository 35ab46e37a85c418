package flowsmith.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kestra.core.models.executions.Execution;
import io.kestra.core.models.executions.LogEntry;
import io.kestra.core.runners.TestRunner;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** Executes whatever it is asked to, many at a time, and says what happens: executions as they change, and their logs. */
final class Serve implements Command {
    /** The one request whose answer may take as long as an execution. */
    private static final String WEBHOOK = "webhook";

    private static final int REMEMBERED = 256;

    private final Engine engine;
    private final ObjectMapper api;
    private final Outputs outputs;
    private final Map<String, Action> actions = new HashMap<>();

    /** What was said last of each of the executions that have changed last: nothing is said twice. */
    private final Map<String, ObjectNode> said = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ObjectNode> eldest) {
            return size() > REMEMBERED;
        }
    });

    Serve(Engine engine) {
        this.engine = engine;
        // The mapper of Kestra's HTTP server: what is written is what its API writes.
        api = engine.bean(ObjectMapper.class);
        outputs = new Outputs(engine);
        Flows flows = new Flows(engine);
        answers("put_flow", Flows.Put.class, flows::put);
        does("delete_flow", Flows.Delete.class, flows::delete);
        Executions executions = new Executions(engine);
        answers("start", Executions.Start.class, executions::start);
        does("execute", Executions.Execute.class, executions::execute);
        does("kill", Executions.Kill.class, executions::kill);
        does("pause", Executions.Pause.class, executions::pause);
        does("resume", Executions.Resume.class, executions::resume);
        does("restart", Executions.Restart.class, executions::restart);
        answers("replay", Executions.Replay.class, executions::replay);
        does("remember", Executions.Remember.class, executions::remember);
        does("change_state", Executions.ChangeState.class, executions::changeState);
        does("change_task_run_state", Executions.ChangeTaskRunState.class, executions::changeTaskRunState);
        does("unqueue", Executions.ChangeState.class, executions::unqueue);
        does("force_run", Executions.ForceRun.class, executions::forceRun);
        does("resume_from_breakpoint", Executions.ResumeFromBreakpoint.class, executions::resumeFromBreakpoint);
        Questions questions = new Questions(engine, executions);
        answers("evaluate", Questions.Evaluate.class, questions::evaluate);
        answers("graph", Questions.Graph.class, questions::graph);
        answers("check_resume", Questions.CheckResume.class, questions::checkResume);
        answers(WEBHOOK, Webhooks.Call.class, new Webhooks(engine, executions)::call);
        Entries entries = new Entries(engine);
        does("put_kv", Entries.Put.class, entries::put);
        does("delete_kv", Entries.Delete.class, entries::delete);
        answers("list_kv", Entries.ListAll.class, entries::list);
        Files files = new Files(engine);
        does("put_file", Files.Put.class, files::put);
        does("delete_file", Files.Delete.class, files::delete);
        answers("list_written_files", Files.ListWritten.class, files::written);
        does("put_execution_file", Files.PutOfExecution.class, files::putOfExecution);
        answers("get_execution_file", Files.GetOfExecution.class, files::getOfExecution);
        engine.bean(TestRunner.class).run();
    }

    private <T> void answers(String name, Class<T> request, Handler<T> handler) {
        actions.put(name, document -> handler.handle(api.treeToValue(document, request)));
    }

    private <T> void does(String name, Class<T> request, Effect<T> effect) {
        answers(name, request, document -> {
            effect.happen(document);
            return null;
        });
    }

    @Override
    public void answer(Lines lines) throws IOException {
        new Changes(engine).follow(execution -> changed(lines, execution), log -> logged(lines, log));
        lines.write(Map.of("ready", true));
        lines.readEach(Request.class, request -> {
            Runnable answering = () -> happened(lines, () -> answer(request));
            if (request.request().containsKey(WEBHOOK)) {
                Thread.startVirtualThread(answering);
            } else {
                answering.run();
            }
        });
    }

    private Object answer(Request request) {
        try {
            var asked = request.request().entrySet().iterator().next();
            Action action = actions.get(asked.getKey());
            if (action == null) {
                return new Problem(request.id(), "no request is called " + asked.getKey());
            }
            return new Answer(request.id(), api.valueToTree(action.answer(asked.getValue())));
        } catch (Exception problem) {
            return new Problem(request.id(), problem.getMessage() == null ? problem.toString() : problem.getMessage());
        }
    }

    private void changed(Lines lines, Execution execution) {
        happened(lines, () -> {
            ObjectNode change = api.createObjectNode().set("execution", api.valueToTree(execution));
            outputs.beside(execution).ifPresent(beside -> change.set("outputs", api.valueToTree(beside)));
            return change.equals(said.put(execution.getId(), change)) ? null : change;
        });
    }

    private void logged(Lines lines, LogEntry log) {
        happened(lines, () -> api.createObjectNode().set("log", api.valueToTree(log)));
    }

    /** Writes a document, if there is one. What goes wrong with it must not end the thread that brings the next. */
    private static void happened(Lines lines, Callable<Object> event) {
        try {
            Object document = event.call();
            if (document != null) {
                lines.write(document);
            }
        } catch (Exception failure) {
            failure.printStackTrace();
        }
    }

    /** @param request one member, whose name says what is wanted */
    record Request(long id, Map<String, JsonNode> request) {
    }

    record Answer(long id, JsonNode answer) {
    }

    record Problem(long id, String problem) {
    }

    /** What a request of any kind does. */
    private interface Action {
        Object answer(JsonNode request) throws Exception;
    }

    /** What a request of one kind does, with an answer. */
    private interface Handler<T> {
        Object handle(T request) throws Exception;
    }

    /** What a request of one kind does, without one. */
    private interface Effect<T> {
        void happen(T request) throws Exception;
    }
}
