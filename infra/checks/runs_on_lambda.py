"""Checks that built functions start on Lambda: the architecture, and the glibc they need.

A function that is linked against a newer glibc than provided.al2023 has does not
start at all. Needs readelf, which comes with every linker.
Usage: runs_on_lambda.py ARCHITECTURE BUILD_DIR
"""

import os
import pathlib
import re
import subprocess
import sys

# https://docs.aws.amazon.com/linux/al2023/ug/compare-with-al2.html
AL2023_GLIBC = (2, 34)
# By the template's name, as readelf calls it.
MACHINES = {"arm64": "AArch64", "x86_64": "Advanced Micro Devices X86-64"}


def readelf(*arguments):
    command = ["readelf", "--wide", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=True, text=True, env=os.environ | {"LC_ALL": "C"}).stdout


def glibc_needed(binary):
    """The newest version of glibc that a binary names, for example (2, 34)."""
    versions = re.findall(r"GLIBC_(\d+)\.(\d+)", readelf("--version-info", binary))
    return max(((int(major), int(minor)) for major, minor in versions), default=(0, 0))


def problems(architecture, binary):
    machine = re.search(r"Machine:\s+(.+)", readelf("--file-header", binary)).group(1)
    if machine != MACHINES[architecture]:
        yield f"is for {machine}, not {architecture}"
    needed = glibc_needed(binary)
    if needed == (0, 0):
        yield "names no glibc"
    if needed > AL2023_GLIBC:
        yield f"needs glibc {needed[0]}.{needed[1]}; provided.al2023 has {AL2023_GLIBC[0]}.{AL2023_GLIBC[1]}"


def main(architecture, directory):
    binaries = sorted(pathlib.Path(directory).glob("*/bootstrap"))
    found = [f"{binary} {problem}" for binary in binaries for problem in problems(architecture, binary)]
    if not binaries:
        found = [f"{directory} holds no built function"]
    for binary in binaries:
        print(f"{binary.parent.name}: {architecture}, glibc {'.'.join(map(str, glibc_needed(binary)))}")
    sys.exit("\n".join(found) or None)


if __name__ == "__main__":
    main(*sys.argv[1:])
