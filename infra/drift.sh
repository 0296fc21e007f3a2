#!/usr/bin/env bash
# Was anything of a region's stack changed by hand? `infra/drift.sh REGION [STACK]`
# compares what is deployed with the template it was deployed from, and changes
# nothing. STACK is another stack of the region, like mail-readonce.
#
# Exits with 0 if nothing was, with 1 after naming what was, with 2 if it cannot
# tell.
set -euo pipefail
export AWS_PAGER=''

fail() {
    printf 'drift.sh: %s\n' "$1" >&2
    exit 2
}

[ $# -eq 1 ] || [ $# -eq 2 ] || fail "usage: drift.sh REGION [STACK]"
file=$(dirname "$0")/regions/$1
[[ $1 =~ ^[a-z0-9-]+$ && -f $file ]] || fail "there is no region $1 in infra/regions"
region=$(sed -n 's/^region=//p' "$file")
stack=${2:-$(sed -n 's/^stack=//p' "$file")}
export AWS_REGION=$region AWS_DEFAULT_REGION=$region

detection=$(aws cloudformation detect-stack-drift --stack-name "$stack" \
    --query StackDriftDetectionId --output text) || fail "$stack in $region cannot be compared (see above)"
state=DETECTION_IN_PROGRESS
for _ in $(seq 120); do
    IFS=$'\t' read -r state drift reason < <(
        aws cloudformation describe-stack-drift-detection-status --stack-drift-detection-id "$detection" \
            --query '[DetectionStatus, StackDriftStatus, DetectionStatusReason]' --output text
    ) || fail "AWS does not say how far it is (see above)"
    [ "$state" = DETECTION_IN_PROGRESS ] || break
    sleep 5
done
[ "$state" = DETECTION_COMPLETE ] || fail "$state: $reason"

if [ "$drift" = IN_SYNC ]; then
    echo "$stack in $region is as its template says"
    exit
fi
echo "$stack in $region was changed by hand (infra/runbook.md puts it back):"
aws cloudformation describe-stack-resource-drifts --stack-name "$stack" \
    --stack-resource-drift-status-filters MODIFIED DELETED --output table --query \
    "StackResourceDrifts[].[LogicalResourceId, StackResourceDriftStatus, join(', ', not_null(PropertyDifferences, \`[]\`)[].PropertyPath)]"
exit 1
