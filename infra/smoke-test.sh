#!/usr/bin/env bash
# Does a deployment work? `infra/smoke-test.sh URL`, with bash and curl. Where
# creation needs an account, or to try one as well, put EMAIL:TOKEN into the
# variable SMOKE_ACCOUNT:
#
#   read -rs SMOKE_ACCOUNT && export SMOKE_ACCOUNT
#
# One line per check; exits with 0 if all is well, else with 1. What it stores
# are random texts that live for a minute. Neither keys nor texts nor the token
# are printed, nor do they show in a list of processes: curl gets them through
# its standard input.
set -euo pipefail
export LC_ALL=C

if [ $# -ne 1 ]; then
    echo "usage: smoke-test.sh URL, with EMAIL:TOKEN in the variable SMOKE_ACCOUNT if at all" >&2
    exit 1
fi
url=${1%/}
account=${SMOKE_ACCOUNT-}
unset SMOKE_ACCOUNT
case $url in
    http://?* | https://?*) ;;
    *)
        echo "smoke-test.sh: URL must begin with http:// or https://" >&2
        exit 1
        ;;
esac
# What would end a quoted value in curl's configuration.
case $url$account in
    *[\"\\]* | *$'\n'*)
        echo "smoke-test.sh: URL and SMOKE_ACCOUNT cannot hold quotes, backslashes or line ends" >&2
        exit 1
        ;;
esac
case $account in
    '' | ?*:?*) ;;
    *)
        echo "smoke-test.sh: SMOKE_ACCOUNT must be EMAIL:TOKEN" >&2
        exit 1
        ;;
esac

umask 077
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
answer=$directory/answer
failures=0
base=/api/v1

passed() { printf 'ok    %s\n' "$1"; }
failed() {
    printf 'FAIL  %s\n' "$1"
    failures=$((failures + 1))
}

# call CREDENTIALS METHOD PATH [NAME=VALUE ...]: $status is the answer's, or 000
# where there was none; its body is in $answer. --disable comes first: the
# user's own settings might print or retry, and a reveal is not to be retried.
call() {
    local credentials=$1 method=$2 path=$3 parameter
    shift 3
    : >"$answer"
    status=$(
        {
            printf 'url = "%s"\n' "$url$base$path"
            [ -z "$credentials" ] || printf 'user = "%s"\n' "$credentials"
            # An empty body is a body: without one there is no Content-Length.
            [ "$method$#" != POST0 ] || printf 'data = ""\n'
            for parameter in "$@"; do printf 'data-urlencode = "%s"\n' "$parameter"; done
        } | curl --disable --config - --silent --request "$method" \
            --connect-timeout 10 --max-time 35 --output "$answer" --write-out '%{http_code}'
    ) || status=000
}

# The raw text of a field of $answer, escapes and all.
field() { sed -n -E 's/.*"'"$1"'":"(([^"\\]|\\.)*)".*/\1/p' "$answer"; }

says() { grep -qF -- "$1" "$answer"; }

random() { od -An -N 16 -tx1 /dev/urandom | tr -d ' \n'; }

# check NAME STATUS [TEXT]: was the last answer of that status, and does it hold
# the text?
check() {
    if [ "$status" != "$2" ]; then
        failed "$1: status $status instead of $2"
        return 1
    fi
    if [ $# -gt 2 ] && ! says "$3"; then
        failed "$1: status $status as it should be, but not the right body"
        return 1
    fi
    passed "$1"
}

call "" GET /status
if [ "$status" = 000 ]; then
    # Every other check would wait as long for nothing.
    failed "status: no answer from $url"
    exit 1
fi
check "status is nominal" 200 '"status":"nominal"' || true

# To the gateway that is another path, with a route of its own.
call "" GET /status/
check "a slash at the end does not matter" 200 '"status":"nominal"' || true

base=
call "" GET /
check "the start page opens" 200 '<form' || true
base=/api/v1

# Characters that a form, a query and JSON each treat in their own way.
text="smoke test 1+1=2 & 100% <ü> $(random)"
call "$account" POST /share "secret=$text" ttl=60
if check "share stores a text" 200 '"state":"new"'; then
    secret_key=$(field secret_key)
    metadata_key=$(field metadata_key)

    call "" GET "/private/$metadata_key"
    check "the receipt says new" 200 '"state":"new"' || true

    base=
    call "" GET "/secret/$secret_key"
    check "the link's page opens" 200 '<html' || true
    base=/api/v1

    # Which has used nothing up.
    call "" POST "/secret/$secret_key"
    if check "reveal answers" 200; then
        if [ "$(field value)" = "$text" ]; then
            passed "reveal returns the text"
        else
            failed "reveal returns the text: it returned another"
        fi
    fi

    call "" POST "/secret/$secret_key"
    check "a second reveal is refused" 404 '"message":"Unknown secret"' || true

    call "" GET "/private/$metadata_key"
    check "the receipt says received" 200 '"state":"received"' || true
elif [ "$status" = 401 ] && [ -z "$account" ]; then
    echo "      (creation needs an account here: put EMAIL:TOKEN into SMOKE_ACCOUNT)"
fi

call "$account" POST /generate ttl=60
if check "generate makes a value" 200 '"value":"'; then
    value=$(field value)
    secret_key=$(field secret_key)
    call "" POST "/secret/$secret_key"
    if check "reveal answers for a generated value" 200; then
        if [ -n "$value" ] && [ "$(field value)" = "$value" ]; then
            passed "reveal returns the generated value"
        else
            failed "reveal returns the generated value: it returned another"
        fi
    fi
fi

call "$account" POST /share "secret=$text" ttl=60
if [ "$status" = 200 ]; then
    metadata_key=$(field metadata_key)
    call "" POST "/private/$metadata_key/burn"
    check "burn destroys a secret" 200 '"state":"burned"' || true
fi

call "" GET /openapi.json
check "the API is described" 200 '"openapi"' || true

call "nobody-$(random)@example.com:$(random)" GET /authcheck
check "bad credentials are refused" 401 '"message":"Not authorized"' || true

if [ -n "$account" ]; then
    call "$account" GET /authcheck
    check "the account's credentials are accepted" 200 || true
    call "$account" GET /private/recent
    check "the account's list has what was made" 200 '"state":"burned"' || true
fi

[ "$failures" -eq 0 ] || exit 1
