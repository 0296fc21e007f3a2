"""What runs_on_lambda.py refuses. Run by .ci/run, with unittest; needs a C compiler."""

import pathlib
import platform
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).with_name("runs_on_lambda.py")
HOST = {"x86_64": "x86_64", "aarch64": "arm64"}[platform.machine()]


class RunsOnLambda(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.build = pathlib.Path(directory.name)

    def function(self, version):
        """A program that needs this version of a library of its own."""
        (self.build / "library.c").write_text("int answer(void) { return 0; }")
        (self.build / "main.c").write_text("int answer(void); int main(void) { return answer(); }")
        (self.build / "versions").write_text(version + " { global: answer; };")
        function = self.build / "Function"
        function.mkdir()
        library = ["-shared", "-fPIC", "-Wl,--version-script=versions", "library.c", "-o", "liblibrary.so"]
        program = ["main.c", "-L.", "-llibrary", "-o", function / "bootstrap"]
        for arguments in (library, program):
            subprocess.run(["cc", *arguments], cwd=self.build, check=True)

    def check(self, architecture=HOST):
        command = [sys.executable, SCRIPT, architecture, self.build]
        return subprocess.run(command, capture_output=True, text=True)

    def test_the_glibc_of_al2023_will_do(self):
        self.function("GLIBC_2.34")
        checked = self.check()
        self.assertEqual(checked.returncode, 0, checked.stderr)
        self.assertIn("glibc 2.34", checked.stdout)

    def test_a_newer_one_is_refused(self):
        for version in ("GLIBC_2.35", "GLIBC_3.0"):
            with self.subTest(version):
                self.setUp()
                self.function(version)
                checked = self.check()
                self.assertEqual(checked.returncode, 1)
                self.assertIn("provided.al2023 has 2.34", checked.stderr)

    def test_another_architecture_is_refused(self):
        self.function("GLIBC_2.34")
        checked = self.check("arm64" if HOST == "x86_64" else "x86_64")
        self.assertEqual(checked.returncode, 1)
        self.assertIn("is for", checked.stderr)

    def test_nothing_built_is_refused(self):
        self.assertEqual(self.check().returncode, 1)


if __name__ == "__main__":
    unittest.main()
