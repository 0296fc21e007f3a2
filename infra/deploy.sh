#!/usr/bin/env bash
# Builds Readonce, deploys it to a region, tries it, and prints its address:
#
#   infra/deploy.sh [--dry-run] [--yes] [--built] REGION
#
#     --dry-run   calls nothing of AWS's, and prints the commands that would
#                 change something; needs no account
#     --yes       does not ask before it changes anything
#     --built     takes what is in .aws-sam/build instead of building
#
# REGION is a file in infra/regions. Each of its lines is NAME=VALUE, without
# quotes; a line that begins with # is a comment:
#
#   region=eu-central-1                  the AWS region
#   stack=readonce                       the stack's name
#   SiteHost=eu.example.com              any parameter of template.yaml
#
# A parameter that is taken out of the file keeps its last value in a stack that
# exists: give it its default instead (nothing after the = is empty).
#
# The environment may hold
#   EXECUTION_ROLE_ARN   the role that CloudFormation deploys with (an output of
#                        infra/deploy-role.yaml); the caller's own without it
#   SMOKE_ACCOUNT        EMAIL:TOKEN for the smoke test, where creation needs one
#
# Exits with 0 if the region is deployed and answers, with 2 if the call is
# wrong or something is missing, else with 1. The first build takes ten minutes
# or more, a later one a minute; a rollout takes five.
set -euo pipefail
export LC_ALL=C AWS_PAGER='' SAM_CLI_TELEMETRY=0
checkout=$(cd "$(dirname "$0")/.." && pwd)
cd "$checkout"
build=.aws-sam/build

fail() {
    printf 'deploy.sh: %s\n' "$@" >&2
    exit 2
}

# --- what to do

dry_run='' yes='' built='' name=''
for argument in "$@"; do
    case $argument in
        --dry-run) dry_run=1 ;;
        --yes) yes=1 ;;
        --built) built=1 ;;
        -*) fail "there is no option $argument; usage: deploy.sh [--dry-run] [--yes] [--built] REGION" ;;
        *)
            [ -z "$name" ] || fail "one region at a time"
            name=$argument
            ;;
    esac
done
[ -n "$name" ] || fail "usage: deploy.sh [--dry-run] [--yes] [--built] REGION"
file=infra/regions/$name
[[ $name =~ ^[a-z0-9-]+$ && -f $file ]] ||
    fail "there is no region $name in infra/regions, only: $(cd infra/regions && echo *)"

# CloudFormation's command line ignores a parameter that the template does not
# have, so that a misspelt one would do nothing.
template_has() {
    awk -v name="$1" '
        /^[A-Z]/ { inside = $0 == "Parameters:" }
        inside && $0 == "  " name ":" { found = 1 }
        END { exit !found }
    ' template.yaml
}

region='' stack='' architecture='' creation=''
parameters=()
while IFS= read -r line || [ -n "$line" ]; do
    case $line in
        '' | '#'*) continue ;;
        *=*) ;;
        *) fail "$file: '$line' is not NAME=VALUE" ;;
    esac
    setting=${line%%=*} value=${line#*=}
    case $setting in
        region) region=$value ;;
        stack) stack=$value ;;
        Release) fail "$file: Release is computed, and not set" ;;
        *)
            template_has "$setting" || fail "$file: template.yaml has no parameter '$setting'"
            parameters+=("$line")
            case $setting in
                Architecture) architecture=$value ;;
                Creation) creation=$value ;;
            esac
            ;;
    esac
done <"$file"
[[ $region =~ ^[a-z]{2}(-[a-z]+)+-[0-9]$ ]] || fail "$file: region must be a region of AWS, like eu-central-1"
[[ $stack =~ ^[a-z][a-z0-9-]{0,31}$ ]] || fail "$file: stack must be in lower case, at most 32 characters"
export AWS_REGION=$region AWS_DEFAULT_REGION=$region

# --- what it needs

# need COMMAND HOW_TO_GET_IT
need() { command -v "$1" >/dev/null || fail "$1 is missing: $2"; }

tools="python3 -m venv ~/readonce-tools && ~/readonce-tools/bin/pip install --no-deps --require-hashes -r infra/requirements.txt, then put ~/readonce-tools/bin on PATH"
need curl "install it with the system's packages"
if [ -z "$built" ]; then
    need sam "$tools"
    need cargo-lambda "$tools"
    need cargo "install Rust with rustup (https://rustup.rs)"
    need cc "install a C compiler, like Debian's package gcc"
    # Rust's own standard library for what Lambda runs on.
    target=aarch64-unknown-linux-gnu
    [ "$architecture" != x86_64 ] || target=x86_64-unknown-linux-gnu
    [ -d "$(rustc --print sysroot)/lib/rustlib/$target" ] ||
        fail "Rust cannot build for $target: rustup target add $target"
fi
account=ACCOUNT
if [ -z "$dry_run" ]; then
    need aws "install the AWS CLI, version 2 (https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html)"
    account=$(aws sts get-caller-identity --query Account --output text) ||
        fail "there are no credentials that $region takes (see above)." \
            "Sign in ('aws sso login', or AWS_PROFILE) until 'aws sts get-caller-identity' answers;" \
            "a region like ap-southeast-6 must also be enabled for the account (infra/runbook.md)."
fi

# --- build

if [ -z "$built" ]; then
    echo "Building, which takes minutes the first time"
    # Without --cached, so that what is deployed was built from what is here.
    sam build --build-dir "$build" ${architecture:+--parameter-overrides "Architecture=$architecture"} || exit 1
fi
[ -f "$build/template.yaml" ] || fail "$build holds no template.yaml: leave out --built"

# macOS has only the other one.
sha256() { if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi; }

# Over every file of the build and every setting, so that what is changed of
# either publishes new versions of the functions. A changed parameter alone
# would publish none, and reach nobody. A reworded comment is no release.
release=$(
    {
        (cd "$build" && find . -type f -print | sort | while IFS= read -r path; do sha256 "$path"; done)
        printf '%s\n' "$region" "$stack" ${parameters[@]+"${parameters[@]}"}
    } | sha256 | cut -d ' ' -f 1
)
parameters+=("Release=$release")

# --- deploy

printf '\n%s\n' "Stack $stack in $region, account $account, release ${release:0:12}, with"
printf '    %s\n' "${parameters[@]}"
if [ -z "$dry_run$yes" ]; then
    [ -t 0 ] || fail "nobody is there to say yes: give --yes"
    read -r -p "Deploy? [y/N] " answer
    [[ $answer == [yY] ]] || fail "nothing was changed"
fi

# change COMMAND...: what changes something, or in a dry run its text.
change() {
    if [ -n "$dry_run" ]; then
        printf 'would run:'
        printf ' %q' "$@"
        printf '\n'
    else
        "$@"
    fi
}

# output STACK NAME: an output of a stack, or nothing if it has none of the name.
output() {
    aws cloudformation describe-stacks --stack-name "$1" \
        --query "Stacks[0].Outputs[?OutputKey=='$2'].OutputValue" --output text | sed '/^None$/d'
}

# The pipeline may not make buckets; it uses that of the first deployment.
artifacts=artifacts-$stack
if [ -z "${EXECUTION_ROLE_ARN-}" ]; then
    change aws cloudformation deploy --stack-name "$artifacts" --template-file infra/artifacts.yaml \
        --no-fail-on-empty-changeset || exit 1
fi
bucket=BUCKET
if [ -z "$dry_run" ]; then
    bucket=$(output "$artifacts" Bucket) && [ -n "$bucket" ] ||
        fail "there is no stack $artifacts: the first deployment of a region is made by hand"
fi

change aws cloudformation package --template-file "$build/template.yaml" --s3-bucket "$bucket" \
    --output-template-file .aws-sam/packaged.yaml || exit 1
# It waits for the rollout, and fails when an alarm rolls that back.
if ! change aws cloudformation deploy --stack-name "$stack" --template-file .aws-sam/packaged.yaml \
    --s3-bucket "$bucket" --capabilities CAPABILITY_IAM --no-fail-on-empty-changeset \
    ${EXECUTION_ROLE_ARN:+--role-arn "$EXECUTION_ROLE_ARN"} --parameter-overrides "${parameters[@]}"; then
    # Newest first, so what began it is the last line.
    aws cloudformation describe-stack-events --stack-name "$stack" --max-items 200 --output text --query \
        "StackEvents[?contains(ResourceStatus, 'FAILED')].[Timestamp, LogicalResourceId, ResourceStatusReason]" >&2 || true
    printf '%s\n' "deploy.sh: the deployment failed, and what was before is back (infra/runbook.md, \"When a deployment fails\")" >&2
    exit 1
fi

if [ -n "$dry_run" ]; then
    change aws cloudformation update-termination-protection --stack-name "$stack" --enable-termination-protection
    change infra/smoke-test.sh URL
    exit
fi

# Off in a new stack. The pipeline may not change it, and need not.
protected=$(aws cloudformation describe-stacks --stack-name "$stack" \
    --query 'Stacks[0].EnableTerminationProtection' --output text)
if [ "$protected" != True ]; then
    aws cloudformation update-termination-protection --stack-name "$stack" --enable-termination-protection \
        --output text >/dev/null ||
        echo "deploy.sh: the stack is not protected from deletion; deploy it once by hand" >&2
fi

# --- try it

site=$(output "$stack" SiteUrl)
url=$(output "$stack" ApiUrl)
# A default endpoint that is closed is no output.
url=${url:-$site}
if [ "$creation" = stopped ]; then
    echo "Creation is stopped, so the smoke test cannot be run"
else
    infra/smoke-test.sh "$url" || {
        echo "deploy.sh: $name is deployed, but does not work as it should (see FAIL above)" >&2
        exit 1
    }
fi
printf '\n%s\n' "$name is deployed: ${site:-$url}"
if [ -n "$site" ] && [ "$site" != "$url" ]; then
    # The host may not lead here yet, as before its first DNS record.
    echo "Once that host leads here: infra/smoke-test.sh $site"
fi
