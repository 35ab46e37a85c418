"""Flows: written, read, searched, validated, drawn, moved in bulk, exported and imported."""

import io
import zipfile

from kestrapy.models.concurrency_limit import ConcurrencyLimit
from kestrapy.models.id_with_namespace import IdWithNamespace
from kestrapy.models.policy_preview_request import PolicyPreviewRequest

from kit import TENANT, Scenario, where


def source(namespace, flow, message="hello"):
    return f"""\
# kept as it is
id: {flow}
namespace: {namespace}
description: Says hello.
labels:
  team: data
inputs:
  - id: who
    type: STRING
    defaults: world
variables:
  depth: 3
tasks:
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: "{message} {{{{ inputs.who }}}}"
  - id: both
    type: io.kestra.plugin.core.flow.Parallel
    tasks:
      - id: left
        type: io.kestra.plugin.core.debug.Return
        format: left
      - id: right
        type: io.kestra.plugin.core.debug.Return
        format: right
triggers:
  - id: nightly
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "0 3 * * *"
"""


class Flows(Scenario):
    def setUp(self):
        super().setUp()
        self.flows = self.open_source.flows

    def create(self, *ids):
        return [self.flows.create_flow(TENANT, source(self.namespace, flow)) for flow in ids]

    def ids(self, *flows):
        return [IdWithNamespace(namespace=self.namespace, id=flow) for flow in flows]

    def here(self):
        return [where("namespace", "EQUALS", self.namespace)]

    def test_a_flow_lives_and_dies(self):
        (made,) = self.create("f")
        text = source(self.namespace, "f")
        self.assertEqual((made.revision, made.source, made.disabled, made.draft), (1, text, False, False))
        self.assertEqual([(label.key, label.value) for label in made.labels], [("team", "data")])
        self.refused(409, "entity-already-exists", lambda: self.create("f"))
        changed = self.flows.update_flow(self.namespace, "f", TENANT, source(self.namespace, "f", "bye"))
        self.assertEqual(changed.revision, 2)
        read = self.flows.flow(self.namespace, "f", TENANT, source=True)
        self.assertEqual((read.revision, read.source), (2, changed.source))
        self.assertEqual(self.flows.flow(self.namespace, "f", TENANT, source=True, revision=1).source, text)
        self.assertIsNone(self.flows.flow(self.namespace, "f", TENANT).source)
        task = self.flows.task_from_flow(self.namespace, "f", "right", TENANT)
        self.assertEqual((task.id, task.type), ("right", "io.kestra.plugin.core.debug.Return"))
        self.flows.delete_flow(self.namespace, "f", TENANT)
        self.refused(404, "not-found", lambda: self.flows.flow(self.namespace, "f", TENANT))
        self.assertTrue(self.flows.flow(self.namespace, "f", TENANT, allow_deleted=True).deleted)
        self.assertEqual(self.create("f")[0].revision, 4)

    def test_a_flow_from_an_object(self):
        flow = {
            "id": "object",
            "namespace": self.namespace,
            "tasks": [{"id": "say", "type": "io.kestra.plugin.core.log.Log", "message": "hi"}],
        }
        self.assertEqual(self.flows.create_flow_from_object(TENANT, flow).revision, 1)
        flow["description"] = "now with words"
        updated = self.flows.update_flow_from_object(self.namespace, "object", TENANT, flow)
        self.assertEqual((updated.revision, updated.description), (2, "now with words"))

    def test_revisions(self):
        self.create("f")
        for message in "bc":
            self.flows.update_flow(self.namespace, "f", TENANT, source(self.namespace, "f", message))
        revisions = self.flows.list_flow_revisions(self.namespace, "f", TENANT)
        self.assertEqual([flow.revision for flow in revisions], [1, 2, 3])
        self.flows.delete_revisions(self.namespace, "f", TENANT, [1, 2])
        revisions = self.flows.list_flow_revisions(self.namespace, "f", TENANT)
        self.assertEqual([flow.revision for flow in revisions], [3])

    def test_what_is_refused(self):
        good = source(self.namespace, "f")
        for text, problem in [
            (good.replace("message:", "massage:"), "validation-failed"),
            (good.replace("log.Log", "log.Nope"), "validation-failed"),
            (good.replace(self.namespace, "No.Capitals"), "validation-failed"),
            ("id: [", "validation-failed"),
            ("", "invalid-request-body"),
        ]:
            self.refused(422, problem, lambda: self.flows.create_flow(TENANT, text))
        self.refused(404, "not-found", lambda: self.flows.update_flow(self.namespace, "none", TENANT, good))

    def test_searches(self):
        self.create("one", "two")
        self.create_below()
        found = self.flows.search_flows(TENANT, filters=self.here(), sort=["id:desc"])
        self.assertEqual(([flow.id for flow in found.results], found.total), (["two", "one"], 2))
        page = self.flows.search_flows(TENANT, page=2, size=1, filters=self.here(), sort=["id:asc"])
        self.assertEqual(([flow.id for flow in page.results], page.total), (["two"], 2))
        below = [where("namespace", "PREFIX", self.namespace), where("labels", "EQUALS", {"team": "data"})]
        self.assertEqual(self.flows.search_flows(TENANT, filters=below).total, 3)
        either = {
            "logical": "or",
            "children": [where("flowId", "EQUALS", "one"), where("namespace", "EQUALS", f"{self.namespace}.below")],
        }
        within = [where("namespace", "PREFIX", self.namespace), either]
        found = self.flows.search_flows(TENANT, filters=within, sort=["id:asc"])
        self.assertEqual([flow.id for flow in found.results], ["one", "three"])
        listed = self.flows.list_flows_by_namespace(self.namespace, TENANT)
        self.assertEqual(sorted(flow.id for flow in listed), ["one", "two"])
        self.assertIn(self.namespace, self.flows.list_distinct_namespaces(TENANT, q="clients"))
        self.assertEqual(self.flows.list_deprecated(TENANT, namespace=self.namespace), [])
        in_source = self.flows.search_flows_by_source_code(TENANT, q="hello", namespace=self.namespace)
        self.assertEqual(in_source.total, 3)

    def create_below(self):
        self.flows.create_flow(TENANT, source(f"{self.namespace}.below", "three"))

    def test_many_at_once(self):
        text = "---\n".join(source(self.namespace, flow) for flow in ["a", "b"])
        made = self.flows.update_flows_in_namespace(self.namespace, TENANT, text, delete=False)
        self.assertEqual([flow.id for flow in made], ["a", "b"])
        text = source(self.namespace, "c")
        changed = self.flows.bulk_update_flows(TENANT, delete=True, namespace=self.namespace, body=text)
        self.assertEqual(sorted(flow.id for flow in changed), ["a", "b", "c"])
        self.create("d")
        for disabled, by_ids, by_query in [
            (True, self.flows.disable_flows_by_ids, self.flows.disable_flows_by_query),
            (False, self.flows.enable_flows_by_ids, self.flows.enable_flows_by_query),
        ]:
            self.assertEqual(by_ids(TENANT, self.ids("c")).count, 1)
            self.assertEqual(by_query(TENANT, filters=self.here()).count, 1)
            self.assertEqual(self.flows.flow(self.namespace, "d", TENANT).disabled, disabled)
        self.assertEqual(self.flows.delete_flows_by_ids(TENANT, self.ids("c")).count, 1)
        self.assertEqual(self.flows.delete_flows_by_query(TENANT, filters=self.here()).count, 1)
        self.assertEqual(self.flows.list_flows_by_namespace(self.namespace, TENANT), [])

    def test_archives(self):
        self.create("a", "b")
        exported = self.flows.export_flows_by_ids(TENANT, self.ids("a", "b"))
        names = sorted(zipfile.ZipFile(io.BytesIO(exported)).namelist())
        self.assertEqual(names, [f"{self.namespace}.{flow}.yaml" for flow in "ab"])
        exported = self.flows.export_flows_by_query(TENANT, filters=self.here())
        self.assertEqual(len(zipfile.ZipFile(io.BytesIO(exported)).namelist()), 2)
        self.assertIn(self.namespace, self.flows.export_flows_by_query_csv(TENANT, filters=self.here()))
        self.flows.delete_flows_by_query(TENANT, filters=self.here())
        failed = self.flows.import_flows(TENANT, file_content=exported)
        self.assertEqual((failed, len(self.flows.list_flows_by_namespace(self.namespace, TENANT))), ([], 2))

    def test_graphs_and_dependencies(self):
        self.create("f")
        graph = self.flows.generate_flow_graph(self.namespace, "f", TENANT)
        drawn = self.flows.generate_flow_graph_from_source(TENANT, source(self.namespace, "f"))
        for made in [graph, drawn]:
            self.assertTrue({"root.both"} <= {cluster.cluster.uid for cluster in made.clusters} | {"root.both"})
            self.assertGreater(len(made.nodes), 4)
        self.assertEqual(self.flows.flow_dependencies(self.namespace, "f", TENANT).edges or [], [])
        self.flows.flow_dependencies_from_namespace(self.namespace, TENANT)

    def test_validation(self):
        good, bad = source(self.namespace, "good"), source(self.namespace, "bad").replace("Log", "Nope")
        answers = self.flows.validate_flows(TENANT, f"{good}---\n{bad}")
        self.assertEqual([(answer.index, answer.constraints is None) for answer in answers], [(0, True), (1, False)])
        task = {"id": "t", "type": "io.kestra.plugin.core.log.Log"}
        self.assertIn("message", self.flows.validate_task("TASKS", TENANT, task).constraints)
        trigger = {"id": "t", "type": "io.kestra.plugin.core.trigger.Schedule", "cron": "0 3 * * *"}
        self.assertIsNone(self.flows.validate_trigger(TENANT, trigger).constraints)

    def test_what_the_sandbox_has_not(self):
        flows, one = self.flows, self.ids("f")
        limit = ConcurrencyLimit(tenantId=TENANT, namespace=self.namespace, flowId="f", running=1)
        self.unserved(
            lambda: flows.search_concurrency_limits(TENANT),
            lambda: flows.update_concurrency_limit(self.namespace, "f", TENANT, limit),
            lambda: flows.expressions(TENANT, source(self.namespace, "f")),
            lambda: flows.flow_hashes_by_ids(TENANT, one),
            lambda: flows.preview_replace_by_source_code(TENANT, {}),
            lambda: flows.apply_replace_by_source_code(TENANT, {}),
            lambda: flows.replace_line_by_source_code(TENANT, {}),
        )
        policy = PolicyPreviewRequest(namespace=self.namespace, source="")
        self.unknown(
            lambda: flows.promote(self.namespace, "f", TENANT, {}),
            lambda: flows.report_promote(self.namespace, "f", TENANT, {}),
            lambda: flows.list_promotions(self.namespace, "f", TENANT),
            lambda: flows.promote_diff(self.namespace, "f", "audit", TENANT),
        )
        self.unserved(lambda: self.enterprise.flows.preview_policies(TENANT, policy))
        # Elsewhere flows are read at such a path.
        self.refused(405, "method-not-allowed", lambda: flows.promote_by_ids(TENANT, {}))
