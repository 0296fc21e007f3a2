#!/usr/bin/env bash
# Breaks the code in one way at a time and demands that the simulator finds it:
# `bash crates/simulator/mutations/run.sh [NAME...]`, all patches by default.
#
# Each patch in this directory says in its first line within how many seeds. It fails if
# a patch no longer applies, does not build, or is not found.
set -euo pipefail
cd "$(dirname "$0")/../../.."

export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}"
mutations="$PWD/crates/simulator/mutations"
# Under one path, so that only what a patch touches is built anew.
copy="$CARGO_TARGET_DIR/mutated"
rm -rf "$copy"
mkdir -p "$copy"
git ls-files -z | tar --create --null --files-from - | tar --extract --directory "$copy"
cd "$copy"
# Under a name of its own, so that nobody takes a broken program for the real one.
cat >>crates/simulator/Cargo.toml <<'EOF'

[[bin]]
name = "readonce-simulator-mutated"
path = "src/main.rs"
EOF
# Of its own: in a folder that another repository ignores, git applies nothing.
git init --quiet

names=("$@")
if [ "$#" = 0 ]; then
    mapfile -t names < <(basename --suffix .patch "$mutations"/*.patch)
fi
missed=()
for name in "${names[@]}"; do
    patch="$mutations/$name.patch"
    seeds="$(sed -n '1s/^Found within \([0-9]*\) seeds$/\1/p' "$patch")"
    git apply -p0 "$patch"
    cargo build --quiet --locked --bin readonce-simulator-mutated 2>"$copy/build.log" || { cat "$copy/build.log"; exit 1; }
    if found="$("$CARGO_TARGET_DIR/debug/readonce-simulator-mutated" --first 0 --seeds "$seeds" --quick 2>&1)"; then
        missed+=("$name")
        echo "$name: not found within $seeds seeds"
    else
        echo "$name: $(head -n 1 <<<"$found")"
    fi
    git apply -p0 --reverse "$patch"
done
[ "${#missed[@]}" = 0 ]
