"""`readonce-local --aws` and `readonce-admin` on moto, over HTTP. Run by .ci/run, with unittest."""

import base64
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import unittest
import urllib.error
import urllib.parse
import urllib.request

import stack
from moto.ses.models import ses_backends
from server import Moto

ROOT = pathlib.Path(__file__).parents[2]
SITE = "https://secrets.example.com"
SECRETS, READERS = 60, 8


def build():
    # As cargo builds them for the tests of readonce-local and readonce-admin, which
    # have been run before: so nothing is compiled with other features.
    command = ["cargo", "test", "--workspace", "--locked", "--quiet", "--no-run"]
    subprocess.run([*command, "--test", "process", "--test", "main"], cwd=ROOT, check=True)


def program(name):
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    return str(target / "debug" / name)


class Server:
    """A local server on AWS, in a process of its own."""

    def __init__(self, environment):
        command = [program("readonce-local"), "--aws", "--listen", "127.0.0.1:0", "--site-url", SITE]
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        self.origin = self.process.stdout.readline().removeprefix("Readonce is listening on ").strip()

    def call(self, method, path, form=None, basic=None):
        body = urllib.parse.urlencode(form or {}).encode() if method == "POST" else None
        request = urllib.request.Request(f"{self.origin}/api/v1{path}", body, method=method)
        if basic:
            request.add_header("authorization", "Basic " + base64.b64encode(basic.encode()).decode())
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refusal:
            return refusal.code, json.load(refusal)

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


class Processes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        build()
        cls.moto = Moto()
        cls.addClassCleanup(cls.moto.stop)
        cls.environment = os.environ | stack.make(cls.moto.origin) | {"RUST_LOG": "warn"}
        cls.servers = [Server(cls.environment), Server(cls.environment)]
        for server in cls.servers:
            cls.addClassCleanup(server.stop)

    def admin(self, *arguments):
        command = [program("readonce-admin"), "--table", stack.TABLE, *arguments]
        # The doctor would try the mail identity, which moto never calls verified
        # although it sends from it.
        environment = {name: value for name, value in self.environment.items() if name != "MAIL_SENDER"}
        return subprocess.run(command, env=environment, capture_output=True, text=True)

    def account(self, email):
        made = self.admin("account", "create", email, "--json")
        self.assertEqual(made.returncode, 0, made.stderr)
        return f"{email}:{json.loads(made.stdout)['token']}"

    def shared(self, basic=None, **form):
        status, answer = self.servers[0].call("POST", "/share", {"secret": "text", **form}, basic)
        self.assertEqual(status, 200, answer)
        return answer

    def state(self, shared):
        return self.servers[1].call("GET", f"/private/{shared['metadata_key']}")[1]["state"]

    def test_a_secret_is_revealed_once_and_its_receipt_says_so(self):
        shared = self.shared(passphrase="horse")
        path = f"/secret/{shared['secret_key']}"
        self.assertEqual(self.state(shared), "new")
        self.assertEqual(self.servers[1].call("POST", path, {"passphrase": "cow"})[0], 404)
        status, revealed = self.servers[1].call("POST", path, {"passphrase": "horse"})
        self.assertEqual((status, revealed["value"]), (200, "text"))
        self.assertEqual(self.servers[0].call("POST", path, {"passphrase": "horse"})[0], 404)
        self.assertEqual(self.state(shared), "received")

    def test_a_burned_secret_is_gone(self):
        shared = self.shared()
        self.assertEqual(self.servers[1].call("POST", f"/private/{shared['metadata_key']}/burn")[0], 200)
        self.assertEqual(self.servers[0].call("POST", f"/secret/{shared['secret_key']}")[0], 404)
        self.assertEqual(self.state(shared), "burned")

    def test_an_account_lists_its_secrets(self):
        basic = self.account("tom@example.com")
        made = [self.shared(basic)["metadata_key"] for _ in range(3)]
        status, listed = self.servers[1].call("GET", "/private/recent", basic=basic)
        self.assertEqual(status, 200, listed)
        self.assertEqual(sorted(entry["metadata_key"] for entry in listed), sorted(made))

    def test_the_link_in_a_mail_reveals(self):
        basic = self.account("ann@example.com")
        self.shared(basic, recipient="jo@example.com")
        # moto keeps a mail's HTML and drops its text.
        (mail,) = ses_backends["123456789012"][stack.REGION].sent_messages
        self.assertEqual(mail.destinations["ToAddresses"], ["jo@example.com"])
        key = re.search(re.escape(f"{SITE}/secret/") + r"(\w+)", mail.body).group(1)
        self.assertEqual(self.servers[1].call("POST", f"/secret/{key}")[1]["value"], "text")

    def test_the_doctor_finds_nothing_wrong(self):
        doctor = self.admin("doctor")
        self.assertEqual(doctor.returncode, 0, doctor.stdout + doctor.stderr)

    def test_of_many_readers_at_two_processes_one_wins(self):
        with concurrent.futures.ThreadPoolExecutor(READERS) as readers:
            for secret in range(SECRETS):
                shared = self.shared(secret=f"text {secret}")
                path = f"/secret/{shared['secret_key']}"
                reveal = lambda reader: self.servers[reader % 2].call("POST", path)
                answers = list(readers.map(reveal, range(READERS)))
                winners = [answer["value"] for status, answer in answers if status == 200]
                self.assertEqual(winners, [f"text {secret}"])
                self.assertEqual({status for status, _ in answers}, {200, 404})
                self.assertEqual(self.state(shared), "received")


if __name__ == "__main__":
    unittest.main()
