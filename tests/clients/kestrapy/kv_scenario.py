"""The KV store: values of every type, listed, inherited and deleted."""

from kestrapy.models.kv_controller_api_delete_bulk_request import KVControllerApiDeleteBulkRequest

from kit import TENANT, Scenario, where

VALUES = [
    ("text", '"hello world"', "STRING", "hello world"),
    ("number", "42", "NUMBER", 42),
    ("fraction", "3.5", "NUMBER", 3.5),
    ("flag", "true", "BOOLEAN", True),
    ("day", "2026-02-28", "DATE", "2026-02-28"),
    ("moment", "2026-02-28T01:02:03Z", "DATETIME", "2026-02-28T01:02:03Z"),
    ("while", '"PT1H"', "DURATION", "PT1H"),
    ("object", '{"a": [1, {"b": "c"}]}', "JSON", {"a": [1, {"b": "c"}]}),
]


class KV(Scenario):
    def test_every_type_comes_back(self):
        kv = self.open_source.kv
        for key, body, kind, value in VALUES:
            with self.subTest(key=key):
                kv.set_key_value(self.namespace, key, TENANT, body)
                detail = kv.key_value(self.namespace, key, TENANT)
                self.assertEqual((detail.type.value, detail.value, detail.revision), (kind, value, 1))

    def test_lists(self):
        kv, namespace = self.open_source.kv, f"{self.namespace}.lists"
        for key in ["a", "b", "c"]:
            kv.set_key_value(namespace, key, TENANT, "1")
        kv.set_key_value(f"{namespace}.child", "d", TENANT, "1")
        here = [where("namespace", "EQUALS", namespace)]
        listed = kv.list_all_keys(TENANT, size=2, sort=["key:desc"], filters=here)
        self.assertEqual(([entry.key for entry in listed.results], listed.total), (["c", "b"], 3))
        self.assertEqual(listed.results[0].revision, 1)
        inherited = kv.list_keys_with_inheritance(f"{namespace}.child", TENANT)
        self.assertEqual([entry.key for entry in inherited if entry.namespace == namespace], ["a", "b", "c"])

    def test_deletion(self):
        kv, namespace = self.open_source.kv, f"{self.namespace}.deletion"
        for key in ["a", "b"]:
            kv.set_key_value(namespace, key, TENANT, "1")
        self.assertIs(kv.delete_key_value(namespace, "a", TENANT), True)
        self.assertIs(kv.delete_key_value(namespace, "a", TENANT), False)
        self.refused(404, "not-found", lambda: kv.key_value(namespace, "a", TENANT))
        deleted = kv.delete_key_values(namespace, TENANT, KVControllerApiDeleteBulkRequest(keys=["a", "b"]))
        self.assertEqual(deleted.keys, ["b"])

    def test_a_bad_key(self):
        set_value = self.open_source.kv.set_key_value
        self.refused(422, "invalid-argument", lambda: set_value(self.namespace, "-bad", TENANT, "1"))
