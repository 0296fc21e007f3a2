#!/usr/bin/env bash
# The Release parameter of template.yaml: what is deployed, as 64 hex digits.
#
#   infra/release-hash.sh BUILD_DIRECTORY CONFIG_ENV
#       prints the SHA-256 over every file of the build and over the
#       environment's sections of samconfig.toml. Same files, same settings,
#       same hash; a new one makes the stack publish new versions, which a
#       changed parameter alone would not.
#
#   infra/release-hash.sh --parameters BUILD_DIRECTORY CONFIG_ENV
#       prints what to give to `sam deploy --parameter-overrides`, one to a
#       line: the environment's parameter_overrides, with that Release. sam puts
#       what is on its command line in the place of samconfig.toml's list, so
#       the list has to be handed over with it.
set -euo pipefail
export LC_ALL=C

usage() {
    echo "usage: release-hash.sh [--parameters] BUILD_DIRECTORY CONFIG_ENV" >&2
    exit 2
}

fail() {
    echo "release-hash.sh: $1" >&2
    exit 1
}

# macOS has only the other one.
sha256() {
    if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi
}

# The environment's sections, without comments and blank lines: rewording a
# comment is no release.
settings() {
    awk -v environment="$environment" '
        /^[[:space:]]*(#|$)/ { next }
        /^\[/ { inside = index($0, "[" environment ".") == 1 }
        inside { print }
    ' "$config"
}

# Names are relative to the directory, so that it may lie anywhere.
build_hashes() {
    (
        cd "$build"
        find . -type f -print | sort | while IFS= read -r file; do
            sha256 "$file"
        done
    )
}

# The items of parameter_overrides, which stand one to a line in quotes.
overrides() {
    settings | awk '
        /^parameter_overrides[[:space:]]*=[[:space:]]*\[[[:space:]]*$/ { inside = 1; next }
        /^parameter_overrides/ { exit 1 }
        inside && /^\]/ { inside = 0 }
        inside {
            item = $0
            gsub(/^[[:space:]]+|[[:space:]]*,?[[:space:]]*$/, "", item)
            quote = substr(item, 1, 1)
            if (quote != "\"" && quote != "\047" || substr(item, length(item)) != quote) exit 1
            item = substr(item, 2, length(item) - 2)
            if (item !~ /^[A-Za-z0-9]+=[^[:space:]]+$/) exit 1
            if (item !~ /^Release=/) print item
        }
    '
}

mode='hash'
if [ "${1-}" = --parameters ]; then
    mode='parameters'
    shift
fi
[ $# -eq 2 ] || usage
build=$1
environment=$2
config=$(dirname "$0")/../samconfig.toml

[ -f "$build/template.yaml" ] || fail "$build holds no template.yaml; run sam build first"
[ -n "$(settings)" ] || fail "samconfig.toml has no environment $environment"
# Before the hash is printed, so that a list nobody can read fails in both modes.
parameters=$(overrides) ||
    fail "cannot read parameter_overrides of $environment: write one \"Name=value\" to a line, without blanks"

release=$({ build_hashes; settings; } | sha256 | cut -d ' ' -f 1)

if [ "$mode" = parameters ]; then
    [ -z "$parameters" ] || printf '%s\n' "$parameters"
    printf 'Release=%s\n' "$release"
else
    printf '%s\n' "$release"
fi
