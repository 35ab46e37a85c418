"""Runs every scenario with kestrapy against the servers at OPEN_SOURCE and ENTERPRISE, and then says which calls of kestrapy
none of them has made."""

import pathlib
import sys
import unittest

from kestrapy.api.dashboards_api import DashboardsApi
from kestrapy.api.executions_api import ExecutionsApi
from kestrapy.api.files_api import FilesApi
from kestrapy.api.flows_api import FlowsApi
from kestrapy.api.kv_api import KVApi
from kestrapy.api.logs_api import LogsApi
from kestrapy.api.metrics_api import MetricsApi
from kestrapy.api.misc_api import MiscApi
from kestrapy.api.namespaces_api import NamespacesApi
from kestrapy.api.outputs_api import OutputsApi
from kestrapy.api.plugins_api import PluginsApi
from kestrapy.api.triggers_api import TriggersApi

import kit

APIS = [
    DashboardsApi,
    ExecutionsApi,
    FilesApi,
    FlowsApi,
    KVApi,
    LogsApi,
    MetricsApi,
    MiscApi,
    NamespacesApi,
    OutputsApi,
    PluginsApi,
    TriggersApi,
]


def main():
    folder = pathlib.Path(__file__).parent
    suite = unittest.defaultTestLoader.discover(str(folder), pattern="*_scenario.py")
    result = unittest.TextTestRunner(verbosity=2).run(suite)
    uncalled = set().union(*(kit.methods(api) for api in APIS)) - kit.CALLED
    for name, method in sorted(uncalled):
        print(f"no scenario calls {name}.{method}", file=sys.stderr)
    print(f"{len(kit.CALLED)} calls of kestrapy, {result.testsRun} scenarios", file=sys.stderr)
    sys.exit(not result.wasSuccessful() or bool(uncalled))


main()
