"""Triggers: found, switched off and on, filled back, unlocked and deleted."""

from kestrapy.models.delete_triggers_by_query_request import DeleteTriggersByQueryRequest
from kestrapy.models.trigger_controller_api_trigger_id import TriggerControllerApiTriggerId
from kestrapy.models.trigger_controller_set_disabled_request import TriggerControllerSetDisabledRequest

from kit import TENANT, Scenario, where

FLOW = """\
id: f
namespace: {namespace}
tasks:
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: hello
triggers:
  - id: nightly
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "0 3 * * *"
"""
START, END = "2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z"


class Triggers(Scenario):
    def setUp(self):
        super().setUp()
        self.triggers = self.open_source.triggers
        self.open_source.flows.create_flow(TENANT, FLOW.format(namespace=self.namespace))
        self.trigger = {"namespace": self.namespace, "flowId": "f", "triggerId": "nightly"}
        self.here = [where("namespace", "EQUALS", self.namespace)]

    def state(self):
        (found,) = self.triggers.search_triggers_for_flow(TENANT, self.namespace, "f")["results"]
        return found

    def test_searches(self):
        found = self.triggers.search_triggers(TENANT, filters=self.here)
        self.assertEqual(found["total"], 1)
        self.assertEqual(found["results"][0]["trigger"]["id"], "nightly")
        self.assertEqual(self.state()["triggerId"], "nightly")
        self.assertIn("nightly", self.triggers.export_triggers(TENANT, filters=self.here))

    def test_off_and_on(self):
        off = self.triggers.disable_trigger_by_id(TENANT, {**self.trigger, "disabled": True})
        self.assertIs(off["disabled"], True)
        ids = [TriggerControllerApiTriggerId.from_dict(self.trigger)]
        on = TriggerControllerSetDisabledRequest(triggers=ids, disabled=False)
        self.assertEqual(self.triggers.disabled_triggers_by_ids(TENANT, on)["totalItems"], 1)
        self.triggers.disabled_triggers_by_query(TENANT, disabled=True, filters=self.here)
        self.assertIs(self.state()["disabled"], True)

    def test_backfills(self):
        request = {**self.trigger, "backfill": {"start": START, "end": END}}
        made = self.triggers.create_backfill(TENANT, request)
        self.assertEqual(made["backfill"]["start"], START)
        self.assertIs(self.triggers.pause_backfill(TENANT, self.trigger)["backfill"]["paused"], True)
        self.assertIs(self.triggers.unpause_backfill(TENANT, self.trigger)["backfill"]["paused"], False)
        for by_ids, by_query in [
            (self.triggers.pause_backfill_by_ids, self.triggers.pause_backfill_by_query),
            (self.triggers.unpause_backfill_by_ids, self.triggers.unpause_backfill_by_query),
            (self.triggers.delete_backfill_by_ids, self.triggers.delete_backfill_by_query),
        ]:
            self.assertEqual(by_ids(TENANT, [self.trigger])["totalItems"], 1)
            self.assertIn("totalItems", by_query(TENANT, filters=self.here))
        self.assertNotIn("backfill", self.state())
        self.triggers.create_backfill(TENANT, request)
        self.assertNotIn("backfill", self.triggers.delete_backfill(TENANT, self.trigger))

    def test_locks(self):
        one = (TENANT, self.namespace, "f", "nightly")
        self.refused(409, "conflict", lambda: self.triggers.unlock_trigger(*one))
        self.assertIn("totalItems", self.triggers.unlock_triggers_by_ids(TENANT, [self.trigger]))
        self.assertIn("totalItems", self.triggers.unlock_triggers_by_query(TENANT, filters=self.here))
        self.assertEqual(self.triggers.restart_trigger(*one)["triggerId"], "nightly")

    def test_deletion(self):
        self.triggers.delete_trigger(TENANT, self.namespace, "f", "nightly")
        self.triggers.delete_triggers_by_ids(TENANT, [self.trigger])
        query = DeleteTriggersByQueryRequest(filters=self.here)
        self.triggers.delete_triggers_by_query(TENANT, query)
