"""What every scenario needs: a client whose calls are noted, and answers that fit kestrapy's models exactly.

kestrapy forgives: an answer that does not fit a model becomes that model anyway. Here it is a failure, unless the table
`LOOSE` says why Kestra's own answer does not fit.
"""

import contextlib
import inspect
import json
import os
import unittest

from kestrapy import KestraClient
from kestrapy.base_api import BaseApi
from kestrapy.exceptions import ApiException
from kestrapy.models.query_filter import QueryFilter
from pydantic import TypeAdapter, ValidationError

TENANT = "main"
PROBLEMS = "https://kestra.io/docs/api-reference/problems/"

# Where kestrapy's models are not what Kestra 2.0 answers: model and property.
LOOSE = {
    # kestrapy takes the getters of a Java class for properties; Kestra sends `startDate`, and no date that there is not yet.
    ("State", "getDuration"),
    ("State", "getEndDate"),
    ("State", "getStartDate"),
    # kestrapy wants every variable to be a map; in Kestra it is any value.
    ("FlowInterface", "variables"),
    # Open-source Kestra answers with the id of a namespace and nothing else.
    ("Namespace", "deleted"),
}

# The calls of kestrapy that some scenario has made: class and method.
CALLED = set()


def strict(data, model):
    """In place of kestrapy's second try at an answer that does not fit."""
    try:
        model.from_dict(data)
    except ValidationError as refused:
        misfits = {(refused.title, error["loc"][0]) for error in refused.errors()}
        if not misfits <= LOOSE:
            raise AssertionError(f"this is no {model.__name__}: {refused}") from refused
    return forgiving(data, model)


def strict_scalar(value, annotation):
    """In place of kestrapy's way to keep a value that does not fit."""
    return TypeAdapter(annotation).validate_python(value)


@contextlib.contextmanager
def lenient():
    """Where Kestra sends something else first: a stream begins with an event that says nothing."""
    BaseApi._construct_model = staticmethod(forgiving)
    try:
        yield
    finally:
        BaseApi._construct_model = staticmethod(strict)


forgiving = BaseApi._construct_model
BaseApi._construct_model = staticmethod(strict)
BaseApi._validate_scalar = staticmethod(strict_scalar)


class Noted:
    """One of kestrapy's classes, whose calls are noted."""

    def __init__(self, api):
        self.api = api

    def __getattr__(self, name):
        CALLED.add((type(self.api).__name__, name))
        return getattr(self.api, name)


class Client:
    """The classes of a kestrapy client, by their names there."""

    def __init__(self, url, timeout=10):
        self.client = KestraClient(host=url, timeout=timeout)

    def __getattr__(self, name):
        return Noted(getattr(self.client, name))


def methods(api):
    """Everything that one of kestrapy's classes can be asked for."""
    functions = inspect.getmembers(api, inspect.isfunction)
    return {(api.__name__, name) for name, _ in functions if not name.startswith("_")}


def where(field, operation, value):
    """A condition of a search."""
    return QueryFilter(field=field, operation=operation, value=value)


class Scenario(unittest.TestCase):
    """Each test has a namespace of its own, on an open-source and on an Enterprise server."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.open_source = Client(os.environ["OPEN_SOURCE"])
        cls.enterprise = Client(os.environ["ENTERPRISE"])

    def setUp(self):
        name = self._testMethodName.removeprefix("test_").replace("_", "-")
        self.namespace = f"clients.{type(self).__name__.lower()}.{name}"

    def refused(self, status, problem, call):
        """A call that has to fail, with a problem document of this type."""
        with self.assertRaises(ApiException) as refused:
            call()
        document = json.loads(refused.exception.body)
        self.assertEqual(refused.exception.status, status, document)
        self.assertEqual(document["status"], status)
        self.assertEqual(document["type"], PROBLEMS + problem if problem else "about:blank", document)
        return document

    def unserved(self, *calls):
        """Calls to what the sandbox says that it does not serve."""
        for call in calls:
            self.refused(501, None, call)

    def unknown(self, *calls):
        """Calls to what only other editions of Kestra have."""
        for call in calls:
            self.refused(404, "not-found", call)
