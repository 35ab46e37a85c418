"""Dashboards, namespaces, secrets, outputs, logs, metrics, plugins, and what a server says about itself."""

from kestrapy.models.api_autocomplete import ApiAutocomplete
from kestrapy.models.api_secret_meta_ee import ApiSecretMetaEE
from kestrapy.models.api_secret_value import ApiSecretValue
from kestrapy.models.basic_auth_credentials import BasicAuthCredentials
from kestrapy.models.chart_filters_overrides import ChartFiltersOverrides
from kestrapy.models.dashboard_controller_preview_request import DashboardControllerPreviewRequest
from kestrapy.models.namespace import Namespace
from kestrapy.models.setup_configuration_setup_data import SetupConfigurationSetupData

from kit import TENANT, Scenario, lenient, where

LOG = "io.kestra.plugin.core.log.Log"
FLOW = """\
id: f
namespace: {namespace}
tasks:
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: hello
"""
DASHBOARD = """\
id: {id}
title: {title}
charts:
  - id: words
    type: io.kestra.plugin.core.dashboard.chart.Markdown
    content: hello
"""


class Others(Scenario):
    def execution(self, namespace):
        self.open_source.flows.create_flow(TENANT, FLOW.format(namespace=namespace))
        return self.open_source.executions.create_execution(TENANT, namespace, "f").id

    def test_dashboards(self):
        dashboards = self.open_source.dashboards
        made = dashboards.create_dashboard(TENANT, DASHBOARD.format(id="kestrapy", title="One"))
        self.assertEqual((made["id"], made["title"]), ("kestrapy", "One"))
        changed = dashboards.update_dashboard("kestrapy", TENANT, DASHBOARD.format(id="kestrapy", title="Two"))
        self.assertEqual(changed["title"], "Two")
        self.assertEqual(dashboards.dashboard("kestrapy", TENANT)["title"], "Two")
        self.assertEqual(dashboards.search_dashboards(TENANT, q="Two")["total"], 1)
        dashboards.delete_dashboard("kestrapy", TENANT)
        self.refused(404, "not-found", lambda: dashboards.dashboard("kestrapy", TENANT))
        chart, filters = DashboardControllerPreviewRequest(chart="id: c"), ChartFiltersOverrides()
        self.unserved(
            lambda: dashboards.dashboard_chart_data("d", "c", TENANT, filters),
            lambda: dashboards.preview_chart(TENANT, chart),
            lambda: dashboards.export_chart(TENANT, chart),
            lambda: dashboards.export_dashboard_chart("d", "c", TENANT, filters),
            lambda: dashboards.default_dashboards(TENANT),
            lambda: dashboards.validate_dashboard(TENANT, "id: d"),
            lambda: dashboards.validate_chart(TENANT, "id: c"),
        )

    def test_namespaces_of_open_source(self):
        namespaces, name = self.open_source.namespaces, f"{self.namespace}.open"
        self.open_source.flows.create_flow(TENANT, FLOW.format(namespace=name))
        found = namespaces.search_namespaces(TENANT, filters=[where("q", "EQUALS", name)])
        self.assertEqual([namespace.id for namespace in found.results], [name])
        self.assertEqual(namespaces.namespace("any.name", TENANT).id, "any.name")
        self.assertIn(name, namespaces.autocomplete_namespaces(TENANT, ApiAutocomplete(q=self.namespace)))
        self.assertEqual(namespaces.inherited_secrets(name, TENANT), {name: []})
        self.assertIs(namespaces.list_secrets(TENANT).read_only, True)

    def test_namespaces_of_enterprise(self):
        namespaces, name = self.enterprise.namespaces, f"{self.namespace}.enterprise"
        namespace = Namespace(id=name, deleted=False, description="one")
        self.assertEqual(namespaces.create_namespace(TENANT, namespace).description, "one")
        namespace.description = "two"
        self.assertEqual(namespaces.update_namespace(name, TENANT, namespace).description, "two")
        self.assertEqual(namespaces.namespace(name, TENANT).description, "two")
        namespaces.delete_namespace(name, TENANT)
        self.refused(404, "not-found", lambda: namespaces.namespace(name, TENANT))
        secret, about = ApiSecretValue(key="K", value="v"), ApiSecretMetaEE(key="K", tags=[])
        self.unserved(
            lambda: namespaces.put_secrets(name, TENANT, secret),
            lambda: namespaces.patch_secret(name, "K", TENANT, about),
            lambda: namespaces.delete_secret(name, "K", TENANT),
            lambda: namespaces.inherited_variables(name, TENANT),
        )
        self.unknown(
            lambda: namespaces.list_namespace_credentials(name, TENANT),
            lambda: namespaces.create_namespace_credential(name, TENANT, {}),
            lambda: namespaces.get_inherited_credentials(name, TENANT),
            lambda: namespaces.namespace_credential(name, "c", TENANT),
            lambda: namespaces.update_namespace_credential(name, "c", TENANT, {}),
            lambda: namespaces.delete_namespace_credential(name, "c", TENANT),
            lambda: namespaces.test_namespace_connection(name, "c", TENANT),
        )

    def test_outputs_are_those_of_an_engine(self):
        outputs, made = self.open_source.outputs, self.execution(f"{self.namespace}.outputs")
        self.assertEqual(outputs.execution_outputs(made, TENANT), {})
        self.assertEqual(outputs.task_outputs_information(made, TENANT), [])
        self.refused(404, "not-found", lambda: outputs.task_run_outputs(made, "nosuch", TENANT))

    def test_logs_say_that_nothing_executes(self):
        logs, namespace = self.open_source.logs, f"{self.namespace}.logs"
        made = self.execution(namespace)
        (line,) = logs.list_logs_from_execution(made, TENANT)
        self.assertIn("engine", line.message)
        self.assertIn(line.message, logs.download_logs_from_execution(made, TENANT))
        events = logs.follow_logs_from_execution(made, TENANT)
        with lenient():
            next(events)
        self.assertEqual(next(events).message, line.message)
        events.close()
        found = logs.search_logs(TENANT, filters=[where("namespace", "EQUALS", namespace)])
        self.assertEqual([entry.execution_id for entry in found.results], [made])
        logs.delete_logs_from_execution(made, TENANT)
        self.assertEqual(logs.list_logs_from_execution(made, TENANT), [])
        logs.delete_logs_from_flow(namespace, "f", "nosuch", TENANT)

    def test_metrics_are_those_of_an_engine(self):
        metrics = self.open_source.metrics
        self.unserved(
            lambda: metrics.execution_metrics("e", TENANT),
            lambda: metrics.flow_metric_names(self.namespace, "f", TENANT),
            lambda: metrics.task_metric_names(self.namespace, "f", "t", TENANT),
            lambda: metrics.tasks_with_metrics(self.namespace, "f", TENANT),
            lambda: metrics.aggregate_flow_metric(self.namespace, "f", "m", TENANT),
            lambda: metrics.aggregate_task_metric(self.namespace, "f", "t", "m", TENANT),
        )

    def test_plugins(self):
        plugins = self.open_source.plugins
        self.assertGreater(plugins.list_plugins()["total"], 0)
        self.assertIn("message", str(plugins.plugin_documentation(LOG)["schema"]["properties"]))
        self.assertIn("definitions", plugins.plugin_schema("flow"))
        self.assertIn("STRING", [kind["type"] for kind in plugins.plugin_input_types()])
        self.refused(404, "not-found", lambda: plugins.plugin_documentation("io.kestra.nope"))
        self.unserved(
            plugins.list_plugins_by_subgroups,
            plugins.plugin_icons,
            plugins.plugin_group_icons,
            lambda: plugins.plugin_icon(LOG),
            lambda: plugins.plugin_icon_svg(LOG),
            lambda: plugins.plugin_input_schema("STRING"),
            lambda: plugins.plugin_properties("flow"),
            plugins.plugin_triggers,
            lambda: plugins.plugin_ui("group", "index.js"),
            lambda: plugins.plugin_ui_manifest([]),
            lambda: plugins.plugin_versions(LOG),
            lambda: plugins.plugin_documentation_for_version(LOG, "1.0.0"),
            lambda: plugins.detect_missing_plugins("id: f"),
            lambda: plugins.install_plugins([]),
            lambda: plugins.plugin_install_job("job"),
        )

    def test_what_the_server_says_about_itself(self):
        for client, edition in [(self.open_source, "OSS"), (self.enterprise, "EE")]:
            told = client.misc.configuration()
            self.assertEqual((told.version, told.edition.value), ("2.0.0", edition))
        misc = self.open_source.misc
        self.assertIn("upper", misc.pebble_filters())
        self.assertIn("kv", str(misc.pebble_functions()))
        self.assertEqual(misc.basic_auth_validation_errors(), [])
        credentials = BasicAuthCredentials(username="admin@kestra.io", password="Kestra1234")
        self.unserved(lambda: misc.create_basic_auth(TENANT, credentials))
        self.unknown(
            misc.login_configuration,
            misc.auths,
            misc.setup_configuration,
            lambda: misc.setup_kestra(SetupConfigurationSetupData()),
            misc.license_info,
            misc.refresh_license,
            lambda: misc.worker_selector_tags(TENANT),
            lambda: misc.generate_reports(TENANT),
        )
