#!/usr/bin/env bash
# Prints the size of each built function, as a zip, which is what Lambda loads:
#   sam build && infra/sizes.sh
# Usage: infra/sizes.sh [BUILD_DIR]
set -euo pipefail
build=${1:-.aws-sam/build}
[ -d "$build" ] || { echo "there is no $build: run 'sam build' first" >&2; exit 1; }
printf '%-20s %10s %10s\n' function binary zip
for binary in "$build"/*/bootstrap; do
    python3 - "$binary" <<'PYTHON'
import io, os, sys, zipfile

path = sys.argv[1]
archive = io.BytesIO()
with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as zipped:
    zipped.write(path, "bootstrap")
name = os.path.basename(os.path.dirname(path))
print(f"{name:<20} {os.path.getsize(path):>10,} {archive.tell():>10,}")
PYTHON
done
