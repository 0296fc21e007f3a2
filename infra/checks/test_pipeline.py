"""The workflows and the role that they take on. Run by .ci/run, with unittest."""

import json
import pathlib
import re
import subprocess
import textwrap
import unittest

import yaml
from samtranslator.yaml_helper import yaml_parse

CHECKOUT = pathlib.Path(__file__).parents[2]
WORKFLOWS = {path.name: yaml.safe_load(path.read_text()) for path in (CHECKOUT / ".github/workflows").iterdir()}
JOBS = [(f"{file}: {name}", workflow, job) for file, workflow in WORKFLOWS.items() for name, job in workflow["jobs"].items()]
DEPLOY = WORKFLOWS["deploy.yml"]["jobs"]
# Whatever puts a program on the machine that was not there.
INSTALLS = re.compile(r"\b(pip|pipx|uv|npm|npx|apt|apt-get|brew|gem|cargo|rustup|docker)\b|\bgo install\b|\.ci/run|\| *(ba)?sh\b")


def commands(job):
    return "\n".join(step.get("run", "") for step in job["steps"])


def permissions(workflow, job):
    return job.get("permissions", workflow["permissions"])


class Jobs(unittest.TestCase):
    def test_nothing_is_installed_where_a_token_for_aws_can_be_had(self):
        with_token = [(name, job) for name, workflow, job in JOBS if "id-token" in permissions(workflow, job)]
        self.assertEqual([name for name, _ in with_token], ["deploy.yml: deploy"])
        for name, job in with_token:
            self.assertNotRegex(commands(job), INSTALLS, name)
            used = {step["uses"].split("@")[0] for step in job["steps"] if "uses" in step}
            known = {"actions/checkout", "actions/download-artifact", "aws-actions/configure-aws-credentials"}
            self.assertEqual(used, known, name)

    def test_what_is_deployed_is_built_where_no_test_tool_has_run(self):
        self.assertNotRegex(commands(DEPLOY["build"]), r"\.ci/run|cargo test|lint|checkov")
        uploads = {name for name, job in DEPLOY.items() if "actions/upload-artifact" in json.dumps(job)}
        self.assertEqual(uploads, {"build"})
        self.assertIn(".ci/run", commands(DEPLOY["check"]))
        self.assertEqual(DEPLOY["deploy"]["needs"], ["check", "build"])

    def test_python_packages_come_by_hash(self):
        for name, _, job in JOBS:
            for command in re.findall(r"pip\"? install.*", commands(job).replace("\\\n", " ")):
                command = " ".join(command.split())
                self.assertIn("--no-deps --require-hashes -r infra/requirements.txt", command, name)
        lines = (CHECKOUT / "infra/requirements.txt").read_text().replace("\\\n", "").splitlines()
        for line in lines:
            if line and not line.startswith("#"):
                self.assertRegex(line, r"^[a-z0-9._-]+==[^ ]+ .*--hash=sha256:[0-9a-f]{64}")
        for wanted in (CHECKOUT / "infra/requirements.in").read_text().splitlines():
            self.assertTrue(wanted.startswith("#") or any(line.startswith(wanted + " ") for line in lines), wanted)

    def test_regions_are_deployed_in_the_order_of_a_variable_until_one_fails(self):
        deploy = DEPLOY["deploy"]
        strategy = deploy["strategy"]
        self.assertEqual((strategy["max-parallel"], strategy["fail-fast"]), (1, True))
        self.assertIn("fromJSON(vars.DEPLOY_REGIONS ", strategy["matrix"]["region"])
        self.assertEqual(deploy["if"], "vars.DEPLOY_REGIONS != ''")
        self.assertEqual(deploy["environment"], "${{ matrix.region }}")
        self.assertIn('infra/deploy.sh --built --yes "$REGION"', commands(deploy))

    def test_no_region_sets_another_architecture_than_the_one_build_has(self):
        (built,) = re.findall(r"Architecture=(\w+)", commands(DEPLOY["build"]))
        for region in (CHECKOUT / "infra/regions").iterdir():
            for architecture in re.findall(r"(?m)^Architecture=(.*)$", region.read_text()):
                self.assertEqual(architecture, built, region)

    def test_the_smoke_test_runs_by_the_clock_and_without_credentials_of_aws(self):
        smoke = WORKFLOWS["smoke.yml"]
        # YAML 1.1 reads "on" as true.
        self.assertEqual(len(smoke[True]["schedule"]), 1)
        self.assertEqual(smoke["permissions"], {"contents": "read"})
        (job,) = smoke["jobs"].values()
        self.assertIn("infra/smoke-test.sh", commands(job))


class Role(unittest.TestCase):
    template = yaml_parse((CHECKOUT / "infra/deploy-role.yaml").read_text())

    def trusted(self, prefix):
        """The subjects that the deployer trusts, and the whole condition."""
        values = {"Repository": "o/n", "SubjectPrefix": prefix, "Environment": "eu", "Branch": "main"}

        def text(value):
            for name, filled in values.items():
                value = value.replace(f"${{{name}}}", filled)
            return value

        def holds(condition):
            ((function, argument),) = condition.items()
            if function == "Fn::Not":
                return not holds(argument[0])
            if function == "Fn::Or":
                return any(map(holds, argument))
            self.assertEqual(function, "Fn::Equals")
            sides = [values[side["Ref"]] if "Ref" in side else side for side in argument]
            left, right = [text(side["Fn::Sub"]) if "Fn::Sub" in side else side for side in sides]
            return left == right

        (statement,) = self.template["Resources"]["Deployer"]["Properties"]["AssumeRolePolicyDocument"]["Statement"]
        subjects = []
        for subject in statement["Condition"]["StringEquals"]["token.actions.githubusercontent.com:sub"]:
            if "Fn::If" in subject:
                condition, subject, otherwise = subject["Fn::If"]
                self.assertEqual(otherwise, {"Ref": "AWS::NoValue"})
                if not holds(self.template["Conditions"][condition]):
                    continue
            subjects.append(text(subject["Fn::Sub"]))
        return subjects, statement["Condition"]

    def test_both_forms_of_githubs_subject_are_trusted_and_exactly_they(self):
        plain = "repo:o/n:environment:eu:ref:refs/heads/main"
        with_ids = "repo:o@12/n@34:environment:eu:ref:refs/heads/main"
        self.assertEqual(self.trusted("repo:o@12/n@34")[0], [plain, with_ids])
        self.assertEqual(self.trusted("repo:o/n")[0], [plain])
        subjects, condition = self.trusted("")
        self.assertEqual(subjects, [plain])
        self.assertEqual(list(condition), ["StringEquals"])
        audience = condition["StringEquals"]["token.actions.githubusercontent.com:aud"]
        self.assertEqual(audience, "sts.amazonaws.com")

    def test_no_parameter_of_the_subject_takes_a_wildcard(self):
        for parameter in ("Repository", "SubjectPrefix", "Environment", "Branch"):
            pattern = self.template["Parameters"][parameter]["AllowedPattern"]
            good = {"Repository": "o/n", "SubjectPrefix": "repo:o@12/n@34"}.get(parameter, "main")
            self.assertRegex(good, pattern)
            for character in "*?$":
                self.assertNotRegex(good + character, pattern, parameter)
                self.assertNotRegex(good.replace("n", character), pattern, parameter)

    def test_the_roles_of_a_region_are_for_that_region(self):
        template = json.dumps(self.template).replace("${AWS::Region}", "HERE")
        arns = re.findall(r"arn:\$\{AWS::Partition\}:([a-z0-9]+):([^:]*):", template)
        self.assertGreater(len(arns), 20)
        for service, region in arns:
            of_the_world = service in ("iam", "s3", "route53")
            self.assertEqual(region, "" if of_the_world else "HERE", service)

    def test_the_deployer_can_delete_nothing(self):
        policies = self.template["Resources"]["Deployer"]["Properties"]["Policies"]
        self.assertNotRegex(json.dumps(policies), "Delete|UpdateTerminationProtection|CreateStack")

    def test_a_failed_first_deployment_leaves_no_provider_behind(self):
        self.assertEqual(self.template["Resources"]["Provider"]["DeletionPolicy"], "RetainExceptOnCreate")


class Documents(unittest.TestCase):
    """The commands of the README and the runbook, as far as that shows without running them."""

    blocks = [
        textwrap.dedent(block)
        for file in ("README.md", "infra/runbook.md")
        for block in re.findall(r"(?ms)^ *```(?:bash|console)\n(.*?)^ *```$", (CHECKOUT / file).read_text())
    ]

    def test_they_are_commands_that_bash_understands(self):
        self.assertGreater(len(self.blocks), 40)
        for block in self.blocks:
            checked = subprocess.run(["bash", "-n"], input=block, text=True, capture_output=True)
            self.assertEqual(checked.stderr, "", block)

    def test_they_name_files_and_parameters_that_there_are(self):
        overrides = 0
        for block in self.blocks:
            for path in re.findall(r"(?<![\w/~.-])(?:infra|functions|crates)/[\w./-]+", block):
                self.assertTrue((CHECKOUT / path.rstrip("/")).exists(), path)
            self.assertNotIn("/tmp/", block)
            command = r"--template-file (\S+)(?:[^\n]|\\\n)*?--parameter-overrides((?:\\\n|[^\n])*)"
            for template, given in re.findall(command, block):
                parameters = yaml_parse((CHECKOUT / template).read_text())["Parameters"]
                names = re.findall(r"(?<!\S)(\w+)=", given)
                overrides += len(names)
                for name in names:
                    self.assertIn(name, parameters, template)
        self.assertGreater(overrides, 20)

    def test_what_they_import_is_what_the_template_has(self):
        template = yaml_parse((CHECKOUT / "template.yaml").read_text())["Resources"]
        imports = re.findall(r"--template-body \"\$\((echo 'Resources:'; sed .*?)\)\"", "\n".join(self.blocks))
        self.assertEqual(len(imports), 2)
        for command, resources in zip(imports, (["Table", "Key"], ["Table"])):
            printed = subprocess.run(["bash", "-c", command], cwd=CHECKOUT, text=True, capture_output=True, check=True)
            imported = yaml_parse(printed.stdout)["Resources"]
            self.assertEqual(imported, {name: template[name] for name in resources})
            for resource in imported.values():
                self.assertIn("DeletionPolicy", resource, "an import needs one")

    def test_the_key_policy_they_restore_is_the_templates(self):
        template = yaml_parse((CHECKOUT / "template.yaml").read_text())["Resources"]["Key"]["Properties"]["KeyPolicy"]
        text = json.dumps(template)
        text = text.replace('{"Ref": "Table"}', '"TABLE"')
        text = re.sub(r'\{"Fn::Sub": "([^"]*)"\}', r'"\1"', text)
        text = text.replace("${AWS::Partition}", "aws").replace("${AWS::AccountId}", "ACCOUNT")
        (policy,) = re.findall(r"(?ms)--policy '(\{.*?\})'$", "\n".join(self.blocks))
        policy = policy.replace("""'"$ACCOUNT"'""", "ACCOUNT").replace("""'"$(output TableName)"'""", "TABLE")
        self.assertEqual(json.loads(policy), json.loads(text))


class Budget(unittest.TestCase):
    def test_somebody_is_told_before_and_after_the_money_is_spent(self):
        template = yaml_parse((CHECKOUT / "infra/budget.yaml").read_text())
        (budget,) = template["Resources"].values()
        notices = budget["Properties"]["NotificationsWithSubscribers"]
        kinds = {(notice["Notification"]["NotificationType"], notice["Notification"]["Threshold"]) for notice in notices}
        self.assertEqual(kinds, {("ACTUAL", 80), ("ACTUAL", 100), ("FORECASTED", 100)})
        for notice in notices:
            self.assertEqual(notice["Subscribers"], [{"SubscriptionType": "EMAIL", "Address": {"Ref": "AlarmEmail"}}])
        self.assertNotIn("Default", template["Parameters"]["AlarmEmail"])


if __name__ == "__main__":
    unittest.main()
