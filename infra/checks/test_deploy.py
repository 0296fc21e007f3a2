"""infra/deploy.sh and infra/drift.sh, with stubs for all that they call.

Run by .ci/run, with unittest. Needs no account and no network.
"""

import json
import os
import pathlib
import pty
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

CHECKOUT = pathlib.Path(__file__).parents[2]
SYSTEM = "awk bash basename cat cut dirname env find sed seq sh sleep sort tr".split()

# Writes each call to the log, a JSON list to a line, and answers as the test
# says: $STUBS/NAME holds lines of PATTERN, tab, exit code, tab, answer.
STUB = f"#!{sys.executable} -IS\n" + """
import json, os, re, sys
name, arguments = os.path.basename(sys.argv[0]), sys.argv[1:]
with open(os.environ["LOG"], "a") as log:
    log.write(json.dumps([name, *arguments]) + "\\n")
with open(os.environ["STUBS"]) as answers:
    for line in answers:
        pattern, code, answer = line.rstrip("\\n").split("\\t")
        if re.search(pattern, " ".join([name, *arguments])):
            if answer:
                print(answer.encode().decode("unicode_escape"))
            sys.exit(int(code))
"""

ANSWERS = {
    "sts get-caller-identity": (0, "123456789012"),
    "describe-stacks .*'Bucket'": (0, "the-bucket"),
    "describe-stacks .*'ApiUrl'": (0, "https://api.example"),
    # The AWS CLI's word for nothing.
    "describe-stacks .*'SiteUrl'": (0, "None"),
    "describe-stacks .*EnableTerminationProtection": (0, "False"),
}


class Checkout:
    """A copy of what the scripts read, with stubs on a PATH of its own."""

    def __init__(self, directory):
        self.root = pathlib.Path(directory) / "checkout"
        shutil.copytree(CHECKOUT / "infra", self.root / "infra")
        shutil.copy(CHECKOUT / "template.yaml", self.root)
        self.region("here", "region=eu-central-1", "stack=readonce", "AlarmEmail=you@example.com")
        self.build = self.root / ".aws-sam/build"
        (self.build / "ShareFunction").mkdir(parents=True)
        (self.build / "template.yaml").write_text("Resources: {}\n")
        (self.build / "ShareFunction/bootstrap").write_text("binary")
        rust = pathlib.Path(directory) / "rust"
        (rust / "lib/rustlib/aarch64-unknown-linux-gnu").mkdir(parents=True)
        self.bin = pathlib.Path(directory) / "bin"
        self.bin.mkdir()
        hash_command = "sha256sum" if shutil.which("sha256sum") else "shasum"
        for command in [*SYSTEM, hash_command]:
            (self.bin / command).symlink_to(shutil.which(command))
        for command in ("aws", "sam", "cargo", "cargo-lambda", "cc", "curl", "rustc"):
            self.stub(self.bin / command)
        (self.root / "infra/smoke-test.sh").unlink()
        self.stub(self.root / "infra/smoke-test.sh")
        self.log = pathlib.Path(directory) / "log"
        self.stubs = pathlib.Path(directory) / "stubs"
        self.answers = {**ANSWERS, "rustc --print sysroot": (0, str(rust))}

    def stub(self, path):
        path.write_text(STUB)
        path.chmod(0o755)

    def region(self, name, *lines):
        (self.root / "infra/regions" / name).write_text("".join(f"{line}\n" for line in lines))

    def run(self, script, *arguments, environment=None, stdin=subprocess.DEVNULL):
        """The exit code, what was printed, and the calls that were made."""
        self.log.write_text("")
        self.stubs.write_text("".join(f"{p}\t{c}\t{a}\n" for p, (c, a) in self.answers.items()))
        variables = {"PATH": str(self.bin), "LOG": str(self.log), "STUBS": str(self.stubs), "HOME": "/nowhere"}
        done = subprocess.run(
            [self.root / "infra" / script, *arguments],
            env={**variables, **(environment or {})},
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd="/",
        )
        return done.returncode, done.stdout, [json.loads(line) for line in self.log.read_text().splitlines()]


class WithCheckout(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()
        self.addCleanup(self.directory.cleanup)
        self.here = Checkout(self.directory.name)

    def deploy(self, *arguments, **options):
        return self.here.run("deploy.sh", *arguments, **options)

    def refused(self, *arguments, saying, **options):
        """The call ends with 2 and these words, and has changed nothing."""
        code, printed, calls = self.deploy(*arguments, **options)
        self.assertEqual(code, 2, printed)
        self.assertRegex(printed, saying)
        self.assertEqual(changes(calls), [])


def changes(calls):
    """What a list of calls changes at AWS, as `service command stack`."""
    found = []
    for name, *arguments in calls:
        if name == "aws" and not re.match("get-|describe-|detect-", arguments[1]):
            stack = arguments[arguments.index("--stack-name") + 1] if "--stack-name" in arguments else ""
            found.append(" ".join([*arguments[:2], stack]).strip())
        if name == "smoke-test.sh":
            found.append("try " + " ".join(arguments))
    return found


def parameters(calls):
    """The parameters of the main stack's deployment."""
    (deployment,) = [call for call in calls if "--parameter-overrides" in call and call[0] == "aws"]
    return dict(item.split("=", 1) for item in deployment[deployment.index("--parameter-overrides") + 1 :])


class Deployment(WithCheckout):
    def test_one_command_builds_deploys_tries_and_prints_the_address(self):
        code, printed, calls = self.deploy("--yes", "here")
        self.assertEqual(code, 0, printed)
        self.assertIn(["sam", "build", "--build-dir", ".aws-sam/build"], calls)
        self.assertEqual(
            changes(calls),
            [
                "cloudformation deploy artifacts-readonce",
                "cloudformation package",
                "cloudformation deploy readonce",
                "cloudformation update-termination-protection readonce",
                "try https://api.example",
            ],
        )
        self.assertRegex(printed, "account 123456789012")
        self.assertEqual(printed.splitlines()[-1], "here is deployed: https://api.example")
        given = parameters(calls)
        self.assertEqual(given["AlarmEmail"], "you@example.com")
        self.assertRegex(given["Release"], "^[0-9a-f]{64}$")

    def test_the_pipeline_deploys_what_was_built_and_hands_its_role_over(self):
        role = "arn:aws:iam::1:role/executor"
        self.here.answers["describe-stacks .*EnableTerminationProtection"] = (0, "True")
        for missing in ("sam", "cargo", "cargo-lambda", "cc", "rustc"):
            (self.here.bin / missing).unlink()
        code, printed, calls = self.deploy("--built", "--yes", "here", environment={"EXECUTION_ROLE_ARN": role})
        self.assertEqual(code, 0, printed)
        self.assertEqual(
            changes(calls),
            ["cloudformation package", "cloudformation deploy readonce", "try https://api.example"],
        )
        (deployment,) = [call for call in calls if "--role-arn" in call]
        self.assertEqual(deployment[deployment.index("--role-arn") + 1], role)

    def test_a_host_of_its_own_is_what_is_printed(self):
        self.here.answers["describe-stacks .*'SiteUrl'"] = (0, "https://eu.example.com")
        code, printed, calls = self.deploy("--yes", "here")
        self.assertEqual(code, 0, printed)
        self.assertIn("here is deployed: https://eu.example.com", printed)
        self.assertEqual(changes(calls)[-1], "try https://api.example")
        self.here.answers["describe-stacks .*'ApiUrl'"] = (0, "")
        self.assertEqual(changes(self.deploy("--yes", "here")[2])[-1], "try https://eu.example.com")

    def test_a_release_is_the_build_and_the_settings_and_nothing_else(self):
        def release(*lines):
            self.here.region("here", *lines)
            return parameters(self.deploy("--yes", "here")[2])["Release"]

        settings = ("region=eu-central-1", "stack=readonce", "OpenDomains=a.example")
        first = release(*settings)
        self.assertEqual(first, release("# Reworded.", "", *settings))
        self.assertNotEqual(first, release(*settings[:2], "OpenDomains=b.example"))
        (self.here.build / "ShareFunction/bootstrap").write_text("another binary")
        self.assertNotEqual(first, release(*settings))

    def test_values_with_blanks_and_empty_ones_arrive(self):
        self.here.region("here", "region=eu-central-1", "stack=readonce", "BrandName=One two = 3", "OpenDomains=")
        given = parameters(self.deploy("--yes", "here")[2])
        self.assertEqual((given["BrandName"], given["OpenDomains"]), ("One two = 3", ""))

    def test_a_failed_deployment_says_why_and_is_not_tried(self):
        self.here.answers["cloudformation deploy --stack-name readonce"] = (255, "")
        self.here.answers["describe-stack-events"] = (0, "the reason of it")
        code, printed, calls = self.deploy("--yes", "here")
        self.assertEqual(code, 1)
        self.assertIn("the reason of it", printed)
        self.assertEqual(changes(calls)[-1], "cloudformation deploy readonce")

    def test_whatever_fails_ends_it(self):
        for failing, last in (
            ("^sam build", []),
            ("--stack-name artifacts-readonce --template", ["cloudformation deploy artifacts-readonce"]),
            ("cloudformation package", ["cloudformation deploy artifacts-readonce", "cloudformation package"]),
        ):
            answers = self.here.answers
            self.here.answers = {failing: (254, ""), **answers}
            code, _, calls = self.deploy("--yes", "here")
            self.assertEqual((code, changes(calls)), (1, last), failing)
            self.here.answers = answers

    def test_what_does_not_work_is_no_success(self):
        self.here.answers["smoke-test.sh"] = (1, "FAIL  reveal answers")
        code, printed, _ = self.deploy("--yes", "here")
        self.assertEqual(code, 1)
        self.assertNotIn("here is deployed:", printed)

    def test_a_region_without_creation_is_deployed_and_not_tried(self):
        self.here.region("here", "region=eu-central-1", "stack=readonce", "Creation=stopped")
        code, _, calls = self.deploy("--yes", "here")
        self.assertEqual((code, changes(calls)[-1]), (0, "cloudformation update-termination-protection readonce"))

    def test_a_caller_who_may_not_protect_the_stack_is_told_and_goes_on(self):
        self.here.answers["update-termination-protection"] = (254, "")
        code, printed, calls = self.deploy("--yes", "here")
        self.assertEqual((code, changes(calls)[-1]), (0, "try https://api.example"))
        self.assertIn("not protected from deletion", printed)

    def test_it_asks_a_person_and_takes_no_for_an_answer(self):
        for answer, deployed in (("y", True), ("n", False), ("", False)):
            controller, terminal = pty.openpty()
            os.write(controller, f"{answer}\n".encode())
            code, _, calls = self.deploy("here", stdin=terminal)
            self.assertEqual((code, changes(calls) != []), (0, True) if deployed else (2, False), answer)
            os.close(controller)
            os.close(terminal)


class DryRun(WithCheckout):
    def test_it_needs_no_account_and_prints_what_would_change(self):
        (self.here.bin / "aws").unlink()
        code, printed, calls = self.deploy("--dry-run", "here")
        self.assertEqual(code, 0, printed)
        self.assertEqual({call[0] for call in calls}, {"rustc", "sam"})
        would = [line for line in printed.splitlines() if line.startswith("would run: ")]
        self.assertEqual(len(would), 5, printed)
        self.assertRegex(would[2], "AlarmEmail=you@example.com Release=[0-9a-f]{64}$")

    def test_every_region_of_the_repository_passes(self):
        for file in (CHECKOUT / "infra/regions").iterdir():
            code, printed, _ = self.deploy("--dry-run", "--built", file.name)
            self.assertEqual(code, 0, printed)


class Refusals(WithCheckout):
    def test_wrong_calls(self):
        self.refused(saying="usage: ")
        self.refused("--no-such-option", "here", saying="no option --no-such-option")
        self.refused("here", "here", saying="one region at a time")
        self.refused("--yes", "nowhere", saying="no region nowhere in infra/regions, only: ca eu here nz us")
        self.refused("--yes", "../deploy.sh", saying="no region ")

    def test_nobody_to_ask(self):
        self.refused("here", saying="give --yes")

    def test_settings_that_would_do_nothing(self):
        for lines, saying in (
            (["SitHost=eu.example.com"], "no parameter 'SitHost'"),
            (["Type=String"], "no parameter 'Type'"),
            (["Table=x"], "no parameter 'Table'"),
            (["Release=1"], "Release is computed"),
            (["SiteHost eu.example.com"], "is not NAME=VALUE"),
            (["region=Frankfurt"], "region must be"),
            (["stack=Read Once"], "stack must be"),
        ):
            self.here.region("here", "region=eu-central-1", "stack=readonce", *lines)
            self.refused("--yes", "here", saying=saying)
        self.here.region("here", "stack=readonce")
        self.refused("--yes", "here", saying="region must be")

    def test_a_tool_that_is_missing_is_named_with_the_way_to_it(self):
        for tool, way in (
            ("sam", "infra/requirements.txt"),
            ("cargo-lambda", "infra/requirements.txt"),
            ("cargo", "rustup"),
            ("cc", "gcc"),
            ("aws", "version 2"),
            ("curl", "packages"),
        ):
            moved = self.here.bin / tool
            moved.rename(moved.with_name("hidden"))
            self.refused("--yes", "here", saying=f"{tool} is missing: .*{way}")
            moved.with_name("hidden").rename(moved)

    def test_rust_that_cannot_build_for_lambda(self):
        self.here.region("here", "region=eu-central-1", "stack=readonce", "Architecture=x86_64")
        self.refused("--yes", "here", saying="rustup target add x86_64-unknown-linux-gnu")

    def test_no_credentials(self):
        self.here.answers["sts get-caller-identity"] = (253, "Unable to locate credentials")
        self.refused("--yes", "here", saying="(?s)no credentials that eu-central-1 takes.*aws sso login")

    def test_nothing_was_built(self):
        (self.here.build / "template.yaml").unlink()
        self.refused("--built", "--yes", "here", saying="leave out --built")

    def test_the_pipeline_before_the_first_deployment(self):
        self.here.answers["describe-stacks .*'Bucket'"] = (254, "")
        role = {"EXECUTION_ROLE_ARN": "arn:aws:iam::1:role/executor"}
        self.refused("--built", "--yes", "here", environment=role, saying="first deployment of a region is made by hand")


class Drift(WithCheckout):
    def drift(self, *states, drifts=""):
        self.here.answers["detect-stack-drift"] = (0, "the-detection")
        self.here.answers["describe-stack-drift-detection-status"] = (0, states[-1])
        self.here.answers["describe-stack-resource-drifts"] = (0, drifts)
        return self.here.run("drift.sh", "here")

    def test_a_stack_as_its_template_says_passes(self):
        code, printed, calls = self.drift("DETECTION_COMPLETE\\tIN_SYNC\\tNone")
        self.assertEqual(code, 0, printed)
        self.assertIn("readonce in eu-central-1 is as its template says", printed)
        self.assertEqual(changes(calls), [])

    def test_what_was_changed_by_hand_is_named(self):
        code, printed, _ = self.drift("DETECTION_COMPLETE\\tDRIFTED\\tNone", drifts="ShareFunction MODIFIED")
        self.assertEqual(code, 1, printed)
        self.assertIn("ShareFunction MODIFIED", printed)

    def test_a_detection_that_fails_is_no_success(self):
        code, printed, _ = self.drift("DETECTION_FAILED\\tIN_SYNC\\tnot allowed to read the table")
        self.assertEqual(code, 2, printed)
        self.assertIn("not allowed to read the table", printed)


if __name__ == "__main__":
    unittest.main()
