"""Runs the black-box tests against moto, and says which it leaves out.

Usage: run.py, in an environment with moto[server]; see .ci/run. `skipped.txt`
names tests that are left out, each with its reason. A test that passes although
nobody listens is left out too: it does not use this AWS. All are printed.
"""

import collections
import os
import pathlib
import re
import subprocess
import sys

from server import Moto

HERE = pathlib.Path(__file__).parent
# With --workspace, so that nothing is compiled with other features than before.
CARGO = ["cargo", "test", "--workspace", "--locked", "--no-fail-fast"]
SUITES = ["--test", "api", "--test", "lambda"]
# Port 1 refuses connections.
NOBODY = "http://127.0.0.1:1"
PASSED = re.compile(r"^test (\S+) \.\.\. ok$", re.MULTILINE)
LISTED = re.compile(r"^(\S+): test$", re.MULTILINE)


def skipped(path):
    """Reasons by name."""
    lines = [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
    return dict(re.split(r":\s+", line, maxsplit=1) for line in lines)


def tests(arguments, origin, **how):
    environment = os.environ | {"READONCE_TEST_AWS": origin}
    command = [*CARGO, *SUITES, "--", *arguments]
    return subprocess.run(command, cwd=HERE, env=environment, text=True, **how)


def main():
    reasons = skipped(HERE / "skipped.txt")
    listed = set(LISTED.findall(tests(["--list"], NOBODY, check=True, stdout=subprocess.PIPE).stdout))
    unknown = sorted(set(reasons) - listed)
    if unknown:
        sys.exit(f"skipped.txt names tests that do not exist: {', '.join(unknown)}")

    def choice():
        return ["--exact", *(argument for name in reasons for argument in ("--skip", name))]

    # Whatever passes where nobody listens would be green here for nothing.
    unserved = tests(choice(), NOBODY, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    reasons |= dict.fromkeys(PASSED.findall(unserved), "they pass without this AWS")

    moto = Moto()
    ran = tests([*choice(), *sys.argv[1:]], moto.origin, stdout=subprocess.PIPE)
    moto.stop()
    print(ran.stdout if ran.returncode else "".join(re.findall(r"^test result.*\n", ran.stdout, re.MULTILINE)))
    for reason, count in collections.Counter(reasons.values()).items():
        print(f"skipped: {count}, since {reason}")
        print("".join(f"    {name}\n" for name, why in sorted(reasons.items()) if why == reason), end="")
    print("moto was asked:", ", ".join(f"{call} {count}" for call, count in sorted(moto.calls.items())))
    passed = len(PASSED.findall(ran.stdout))
    print(f"on moto: {passed} tests passed, {len(reasons)} were skipped")
    if passed == 0:
        sys.exit("no test has run")
    sys.exit(ran.returncode)


if __name__ == "__main__":
    main()
