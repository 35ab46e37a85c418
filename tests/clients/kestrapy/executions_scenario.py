"""Executions without an engine: taken in, found, followed, labelled, replayed, killed and deleted, and nothing made up."""

from kestrapy.exceptions import BadRequestException
from kestrapy.models.execution_controller_set_labels_by_ids_request import (
    ExecutionControllerSetLabelsByIdsRequest as SetLabels,
)
from kestrapy.models.execution_controller_state_request import ExecutionControllerStateRequest
from kestrapy.models.execution_repository_interface_flow_filter import (
    ExecutionRepositoryInterfaceFlowFilter as FlowFilter,
)
from kestrapy.models.label import Label
from kestrapy.models.state_type import StateType

from kit import TENANT, Scenario, lenient, where

FLOW = """\
id: f
namespace: {namespace}
inputs:
  - id: who
    type: STRING
    defaults: world
  - id: count
    type: INT
    required: false
  - id: attached
    type: FILE
    required: false
tasks:
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: hello
triggers:
  - id: hook
    type: io.kestra.plugin.core.trigger.Webhook
    key: opensesame
"""


class Executions(Scenario):
    def setUp(self):
        super().setUp()
        self.executions = self.open_source.executions
        self.open_source.flows.create_flow(TENANT, FLOW.format(namespace=self.namespace))

    def start(self, **options):
        return self.executions.create_execution(TENANT, self.namespace, "f", **options)

    def here(self):
        return [where("namespace", "EQUALS", self.namespace)]

    def test_an_execution_is_kept_as_it_is(self):
        inputs = {"who": "Ann", "count": 3, "attached": b"some bytes"}
        made = self.start(inputs=inputs, labels=["team:data"])
        self.assertEqual((made.state.current.value, made.flow_id, made.flow_revision), ("CREATED", "f", 1))
        self.assertEqual((made.inputs["who"], made.inputs["count"]), ("Ann", 3))
        self.assertIn(("team", "data"), [(label.key, label.value) for label in made.labels])
        read = self.executions.execution(made.id, TENANT)
        self.assertEqual((read.id, read.inputs, read.state.current.value), (made.id, made.inputs, "CREATED"))
        path = made.inputs["attached"]
        self.assertEqual(self.executions.download_file_from_execution(made.id, path, TENANT), b"some bytes")
        self.assertEqual(self.executions.file_metadatas_from_execution(made.id, path, TENANT).size, 10)
        self.refused(404, "not-found", lambda: self.executions.execution("nosuch", TENANT))
        bad = {"count": "many"}
        self.refused(422, "invalid-entity", lambda: self.start(inputs=bad))

    def test_inputs_are_checked_before_anything_starts(self):
        inputs = {"who": "Ann", "count": "many"}
        answer = self.executions.validate_new_execution_inputs(self.namespace, "f", TENANT, inputs=inputs)
        told = {told["input"]["id"]: (told.get("value"), len(told["errors"])) for told in answer["inputs"]}
        self.assertEqual(told, {"who": ("Ann", 0), "count": ("many", 1), "attached": (None, 0)})
        self.assertEqual(self.executions.search_executions(TENANT, filters=self.here())["total"], 0)

    def test_searches(self):
        ids = {self.start().id for _ in range(3)}
        found = self.executions.search_executions(TENANT, filters=self.here(), size=2)
        self.assertEqual((found["total"], len(found["results"])), (3, 2))
        of_flow = self.executions.search_executions_by_flow_id(TENANT, self.namespace, "f")
        self.assertEqual({execution["id"] for execution in of_flow["results"]}, ids)
        latest = self.executions.latest_executions(TENANT, [FlowFilter(namespace=self.namespace, id="f")])
        self.assertIn(latest[0].id, ids)
        self.assertIn(self.namespace, self.executions.list_executable_namespaces(TENANT))
        flows = self.executions.list_executable_flows_by_namespace(self.namespace, TENANT)
        self.assertEqual([flow.id for flow in flows], ["f"])
        values = self.executions.find_distinct_execution_field_values(TENANT, "NAMESPACE")
        self.assertIn(self.namespace, values)
        self.assertIn("CREATED", self.executions.export_executions_by_query_to_csv(TENANT, filters=self.here()))

    def test_the_flow_of_an_execution(self):
        made = self.start()
        for flow in [
            self.executions.flow_from_execution_by_id(made.id, TENANT),
            self.executions.flow_from_execution(TENANT, self.namespace, "f"),
        ]:
            self.assertEqual((flow.id, [task.id for task in flow.tasks]), ("f", ["say"]))
        graph = self.executions.execution_flow_graph(made.id, TENANT)
        self.assertGreater(len(graph.nodes), 1)

    def test_followers_see_what_happens(self):
        made = self.start()
        events = self.executions.follow_execution(made.id, TENANT)
        with lenient():
            next(events)
        event = next(events)
        self.assertEqual((event.id, event.state.current.value), (made.id, "CREATED"))
        events.close()
        events = self.executions.follow_dependencies_execution(made.id, TENANT)
        with lenient():
            next(events)
        event = next(events)
        self.assertEqual((event.execution_id, event.flow_id), (made.id, "f"))
        events.close()
        for raw in [self.executions.follow_execution_raw, self.executions.follow_dependencies_execution_raw]:
            raw(made.id, TENANT).close()

    def test_labels_are_for_what_has_ended(self):
        label, made = [Label(key="done", value="yes")], self.start().id
        # The one refusal that Kestra words as bare text.
        with self.assertRaises(BadRequestException) as refused:
            self.executions.set_labels_on_terminated_execution(made, TENANT, label)
        self.assertEqual(refused.exception.body, "The execution is not terminated")
        request = SetLabels(executionsId=[made], executionLabels=label)
        for call in [
            lambda: self.executions.set_labels_on_terminated_executions_by_ids(TENANT, request),
            lambda: self.executions.set_labels_on_terminated_executions_by_query(TENANT, label, filters=self.here()),
        ]:
            self.refused(400, "bulk-validation-failed", call)

    def test_replays(self):
        made = self.start(inputs={"who": "Ann"}).id
        again = self.executions.replay_execution(made, TENANT)
        self.assertEqual((again.parent_id, again.state.current.value, again.inputs["who"]), (made, "CREATED", "Ann"))
        other = self.executions.replay_execution_with_inputs(made, TENANT, inputs={"who": "Bob"})
        self.assertEqual((other.parent_id, other.inputs["who"]), (made, "Bob"))
        self.assertEqual(self.executions.replay_executions_by_ids(TENANT, [made])["totalItems"], 1)
        replayed = self.executions.replay_executions_by_query(TENANT, filters=self.here())
        self.assertEqual(replayed["totalItems"], 4)

    def test_kills_are_wishes_and_deletions_are_not(self):
        ids = [self.start().id for _ in range(4)]
        self.assertEqual(self.executions.kill_execution(ids[0], TENANT).state.current.value, "CREATED")
        self.assertEqual(self.executions.kill_executions_by_ids(TENANT, ids[:2])["totalItems"], 2)
        self.assertEqual(self.executions.kill_executions_by_query(TENANT, filters=self.here())["totalItems"], 4)
        self.refused(400, "bulk-validation-failed", lambda: self.executions.delete_executions_by_ids(TENANT, ids))
        self.executions.delete_execution(ids[0], TENANT)
        self.refused(404, "not-found", lambda: self.executions.execution(ids[0], TENANT))
        alive = {"include_non_terminated": True}
        self.assertEqual(self.executions.delete_executions_by_ids(TENANT, ids[1:2], **alive).count, 1)
        self.executions.delete_executions_by_query(TENANT, filters=self.here(), **alive)
        self.assertEqual(self.executions.search_executions(TENANT, filters=self.here())["total"], 0)

    def test_webhooks(self):
        executions, where_to = self.executions, (TENANT, self.namespace, "f", "opensesame")
        self.assertEqual(executions.trigger_execution_by_get_webhook(*where_to).flow_id, "f")
        for call in [
            executions.trigger_execution_by_get_webhook_with_path,
            executions.trigger_execution_by_post_webhook_with_path,
            executions.trigger_execution_by_put_webhook_with_path,
        ]:
            self.assertEqual(call(*where_to, "more").namespace, self.namespace)
        wrong = (TENANT, self.namespace, "f", "closed")
        self.refused(404, "not-found", lambda: executions.trigger_execution_by_get_webhook(*wrong))

    def test_a_state_that_does_not_allow_an_action(self):
        executions, made, done = self.executions, self.start().id, StateType.SUCCESS
        wanted = ExecutionControllerStateRequest(taskRunId="nosuch", state=done)
        for status, problem, call in [
            (422, "invalid-argument", lambda: executions.pause_execution(made, TENANT)),
            (409, "conflict", lambda: executions.resume_execution(made, TENANT)),
            (409, "conflict", lambda: executions.validate_resume_execution_inputs(made, TENANT)),
            (409, "conflict", lambda: executions.resume_execution_from_breakpoint(made, TENANT)),
            (409, "conflict", lambda: executions.restart_execution(made, TENANT)),
            (422, "invalid-argument", lambda: executions.unqueue_execution(made, TENANT)),
            (422, "invalid-argument", lambda: executions.update_execution_status(made, done, TENANT)),
            (422, "invalid-argument", lambda: executions.update_task_run_state(made, TENANT, wanted)),
        ]:
            self.refused(status, problem, call)
        self.unserved(lambda: executions.force_run_execution(made, TENANT))

    def test_a_state_that_does_not_allow_an_action_on_many(self):
        executions, here, ids, done = self.executions, self.here(), [self.start().id], StateType.SUCCESS
        for call in [
            lambda: executions.pause_executions_by_ids(TENANT, ids),
            lambda: executions.pause_executions_by_query(TENANT, filters=here),
            lambda: executions.resume_executions_by_ids(TENANT, ids),
            lambda: executions.resume_executions_by_query(TENANT, filters=here),
            lambda: executions.restart_executions_by_ids(TENANT, ids),
            lambda: executions.restart_executions_by_query(TENANT, filters=here),
            lambda: executions.unqueue_executions_by_ids(TENANT, done, ids),
            lambda: executions.unqueue_executions_by_query(TENANT, new_state=done, filters=here),
            lambda: executions.update_executions_status_by_ids(TENANT, done, ids),
            lambda: executions.update_executions_status_by_query(TENANT, done, filters=here),
        ]:
            refused = self.refused(400, "bulk-validation-failed", call)
            self.assertEqual(len(refused["errors"]), 1)
        self.unserved(
            lambda: executions.force_run_by_ids(TENANT, ids),
            lambda: executions.force_run_executions_by_query(TENANT, filters=here),
        )

    def test_what_the_sandbox_has_not(self):
        executions, made = self.executions, self.start().id
        self.unserved(
            lambda: executions.eval_expression(made, TENANT, "{{ inputs }}"),
            lambda: executions.eval_task_run_expression(made, "run", TENANT, "{{ inputs }}"),
            lambda: executions.preview_file_from_execution(made, "kestra:///x", TENANT, max_rows=10),
            lambda: executions.execution_average_duration(self.namespace, "f", TENANT),
        )
