"""Runs scenarios with the package `kestra`: against 1.3 at OPEN_SOURCE, with a token at PROTECTED, and at EXECUTING, if given,
against one that executes."""

import io
import os
import unittest

import requests
from kestra import Flow

NAMESPACE = "clients.kestra"
FLOW = """\
id: greet
namespace: clients.kestra
inputs:
  - id: who
    type: STRING
    defaults: world
  - id: attached
    type: FILE
    required: false
tasks:
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: "hello {{ inputs.who }}"
"""


def flow(hostname, api_token=None, **options):
    """The package's client, which does not wait for an end that never comes."""
    client = Flow(wait_for_completion=False, **options)
    client.hostname, client.api_token = hostname, api_token
    return client


def save(hostname, **headers):
    """The package cannot write flows."""
    headers["Content-Type"] = "application/x-yaml"
    requests.post(f"{hostname}/api/v1/main/flows", data=FLOW, headers=headers, timeout=10).raise_for_status()


class OpenSource(unittest.TestCase):
    hostname = os.environ["OPEN_SOURCE"]

    @classmethod
    def setUpClass(cls):
        save(cls.hostname)

    def test_a_flow_is_started_and_asked_about(self):
        for options in [{}, {"tenant": "main"}]:
            client = flow(self.hostname, **options)
            started = client.execute(NAMESPACE, "greet", inputs={"who": "Ann"})
            self.assertEqual(started.status, "STARTED")
            execution = client.check_status(started.execution_id).json()
            self.assertEqual((execution["state"]["current"], execution["inputs"]["who"]), ("CREATED", "Ann"))
            self.assertIn("No engine is attached", client.get_logs(started.execution_id).text)

    def test_no_inputs_and_a_file(self):
        client = flow(self.hostname)
        started = client.execute(NAMESPACE, "greet")
        self.assertEqual(client.check_status(started.execution_id).json()["inputs"]["who"], "world")
        attached = ("notes.txt", io.BytesIO(b"some bytes"), "text/plain")
        started = client.execute(NAMESPACE, "greet", inputs={"attached": attached})
        address = client.check_status(started.execution_id).json()["inputs"]["attached"]
        self.assertTrue(address.startswith("kestra:///") and address.endswith("notes.txt"), address)

    def test_labels_from_inputs(self):
        client = flow(self.hostname, labels_from_inputs=True)
        started = client.execute(NAMESPACE, "greet", inputs={"who": "Ann"})
        labels = client.check_status(started.execution_id).json()["labels"]
        self.assertIn({"key": "who", "value": "Ann"}, labels)

    def test_an_unknown_flow(self):
        with self.assertRaises(requests.HTTPError) as refused:
            flow(self.hostname).execute(NAMESPACE, "nosuch")
        self.assertEqual(refused.exception.response.status_code, 404)
        self.assertEqual(refused.exception.response.json()["message"], "Not Found: Requested Flow is not found.")


class Protected(unittest.TestCase):
    """An Enterprise server takes tokens. The package has no working way to send a password from the environment."""

    hostname, token = os.environ["PROTECTED"], os.environ["TOKEN"]

    def test_only_the_token_opens_it(self):
        save(self.hostname, Authorization=f"Bearer {self.token}")
        self.assertEqual(flow(self.hostname, self.token).execute(NAMESPACE, "greet").status, "STARTED")
        for token in [None, "wrong"]:
            with self.assertRaisesRegex(Exception, "Authentication required"):
                flow(self.hostname, token).execute(NAMESPACE, "greet")


@unittest.skipUnless(os.environ.get("EXECUTING"), "no engine")
class Executing(unittest.TestCase):
    def test_a_flow_is_waited_for(self):
        hostname = os.environ["EXECUTING"]
        save(hostname)
        client = flow(hostname)
        client.wait_for_completion = True
        ended = client.execute(NAMESPACE, "greet", inputs={"who": "Ann"})
        self.assertEqual(ended.status, "SUCCESS")
        self.assertIn("hello Ann", ended.log)


unittest.main(verbosity=2)
