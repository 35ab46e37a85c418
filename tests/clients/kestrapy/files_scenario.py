"""Namespace files: written, read in revisions, listed, moved, found, exported and deleted."""

import io
import zipfile

from kit import TENANT, Scenario


class Files(Scenario):
    def setUp(self):
        super().setUp()
        self.files = self.open_source.files

    def put(self, path, content):
        self.files.create_namespace_file(self.namespace, path, TENANT, file_content=content)

    def get(self, path, **options):
        return self.files.file_content(self.namespace, path, TENANT, **options)

    def test_contents_and_revisions(self):
        every_byte = bytes(range(256))
        self.put("/src/main.py", b"print(1)\n")
        self.put("/src/main.py", every_byte)
        self.put("/with space.txt", "grüße".encode())
        self.assertEqual(self.get("/src/main.py"), every_byte)
        self.assertEqual(self.get("/src/main.py", revision=1), b"print(1)\n")
        self.assertEqual(self.get("/with space.txt").decode(), "grüße")
        revisions = self.files.file_revisions(self.namespace, TENANT, path="/src/main.py")
        self.assertEqual([revision.revision for revision in revisions], [1, 2])
        about = self.files.file_metadatas(self.namespace, TENANT, path="/src/main.py")
        self.assertEqual((about.file_name, about.size, about.type.value), ("main.py", 256, "File"))

    def test_directories(self):
        self.files.create_namespace_directory(self.namespace, TENANT, path="/empty")
        self.put("/full/a.txt", b"a")
        listed = self.files.list_namespace_directory_files(self.namespace, TENANT)
        self.assertEqual(sorted((file.file_name, file.type.value) for file in listed), [
            ("empty", "Directory"),
            ("full", "Directory"),
        ])
        self.files.move_file_directory(self.namespace, "/full", "/moved", TENANT)
        self.assertEqual(self.get("/moved/a.txt"), b"a")
        self.files.delete_file_directory(self.namespace, "/moved", TENANT)
        self.refused(404, "not-found", lambda: self.get("/moved/a.txt"))

    def test_search_and_export(self):
        for name in ["one.sql", "two.sql", "three.py"]:
            self.put(f"/{name}", name.encode())
        found = self.files.search_namespace_files(self.namespace, "sql", TENANT)
        self.assertEqual(sorted(found), ["/one.sql", "/two.sql"])
        exported = zipfile.ZipFile(io.BytesIO(self.files.export_namespace_files(self.namespace, TENANT)))
        self.assertEqual({name: exported.read(name) for name in exported.namelist()}, {
            name: name.encode() for name in ["one.sql", "two.sql", "three.py"]
        })

    def test_what_is_refused(self):
        self.refused(404, "not-found", lambda: self.get("/nothing.txt"))
        self.refused(422, "invalid-argument", lambda: self.put("/../outside.txt", b""))
