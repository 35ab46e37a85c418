"""Executions on Kestra's own engine: what happens is read back, and what can be done to them is done."""

import os
import unittest

from kestrapy.exceptions import UnprocessableEntityException
from kestrapy.models.execution_controller_set_labels_by_ids_request import (
    ExecutionControllerSetLabelsByIdsRequest as SetLabels,
)
from kestrapy.models.label import Label

from kit import TENANT, Client, Scenario, lenient, where

# Seconds: an engine that was started just now takes a while to execute the first flow.
PATIENCE = 60

GREET = """\
id: greet
namespace: {namespace}
inputs:
  - id: who
    type: STRING
    defaults: world
tasks:
  - id: say
    type: io.kestra.plugin.core.debug.Return
    format: "hello {{{{ inputs.who }}}}"
outputs:
  - id: greeting
    type: STRING
    value: "{{{{ outputs.say.value }}}}"
"""
FAIL = """\
id: fail
namespace: {namespace}
tasks:
  - id: fail
    type: io.kestra.plugin.core.execution.Fail
"""
PAUSE = """\
id: pause
namespace: {namespace}
tasks:
  - id: wait
    type: io.kestra.plugin.core.flow.Pause
"""


@unittest.skipUnless(os.environ.get("EXECUTING"), "no engine")
class Executing(Scenario):
    def setUp(self):
        super().setUp()
        client = Client(os.environ["EXECUTING"], timeout=PATIENCE)
        self.executions, self.outputs, self.logs = client.executions, client.outputs, client.logs
        for flow in [GREET, FAIL, PAUSE]:
            client.flows.create_flow(TENANT, flow.format(namespace=self.namespace))

    def start(self, flow, **options):
        return self.executions.create_execution(TENANT, self.namespace, flow, **options)

    def reaches(self, execution, state):
        """Follows the execution until it is in a state."""
        with lenient():
            events = self.executions.follow_execution(execution, TENANT)
            next(events)
            states = (event.state.current.value for event in events)
            self.assertIn(state, states)

    def test_outputs_and_logs_are_read_back(self):
        made = self.start("greet", inputs={"who": "Ann"}, wait=True)
        self.assertEqual(made.state.current.value, "SUCCESS")
        self.assertEqual(self.outputs.execution_outputs(made.id, TENANT), {"greeting": "hello Ann"})
        (task,) = self.outputs.task_outputs_information(made.id, TENANT)
        self.assertEqual(task.task_id, "say")
        self.assertEqual(self.outputs.task_run_outputs(made.id, task.task_run_id, TENANT), {"value": "hello Ann"})
        self.assertTrue(self.logs.list_logs_from_execution(made.id, TENANT, min_level="TRACE"))

    def test_an_execution_is_followed_to_its_end(self):
        made = self.start("greet")
        with lenient():
            events = list(self.executions.follow_execution(made.id, TENANT))
        self.assertEqual(events[-1].state.current.value, "SUCCESS")

    def test_what_has_ended_gets_labels(self):
        label = [Label(key="done", value="yes")]
        made = self.start("greet", wait=True).id
        labelled = self.executions.set_labels_on_terminated_execution(made, TENANT, label)
        self.assertIn(("done", "yes"), [(label.key, label.value) for label in labelled.labels])
        by_ids = SetLabels(executionsId=[made], executionLabels=label)
        here = [where("namespace", "EQUALS", self.namespace)]
        for answer in [
            self.executions.set_labels_on_terminated_executions_by_ids(TENANT, by_ids),
            self.executions.set_labels_on_terminated_executions_by_query(TENANT, label, filters=here),
        ]:
            self.assertEqual(answer["totalItems"], 1)

    def test_what_has_failed_is_restarted(self):
        made = self.start("fail", wait=True)
        self.assertEqual(made.state.current.value, "FAILED")
        restarted = self.executions.restart_execution(made.id, TENANT)
        self.assertEqual(restarted.id, made.id)
        self.assertNotEqual(restarted.state.current.value, "FAILED")
        self.reaches(made.id, "FAILED")
        states = [past.state.value for past in self.executions.execution(made.id, TENANT).state.histories]
        self.assertIn("RESTARTED", states)
        replayed = self.executions.replay_execution(made.id, TENANT)
        self.reaches(replayed.id, "FAILED")

    def test_what_waits_is_resumed_or_killed(self):
        resumed, killed = self.start("pause").id, self.start("pause").id
        for execution in [resumed, killed]:
            self.reaches(execution, "PAUSED")
        self.executions.resume_execution(resumed, TENANT)
        self.reaches(resumed, "SUCCESS")
        self.executions.kill_execution(killed, TENANT)
        self.reaches(killed, "KILLED")
        with self.assertRaises(UnprocessableEntityException):
            self.executions.force_run_execution(killed, TENANT)
