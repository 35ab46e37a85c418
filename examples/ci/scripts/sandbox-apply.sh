#!/usr/bin/env bash
# Makes or refreshes the copy of a pull request: sandbox-apply.sh pr-42
set -euo pipefail
scripts="$(dirname "${BASH_SOURCE[0]}")"

# Who forgets to close a pull request has two weeks from the last push.
expires="$(date --utc --date '14 days' +%F)"
STATE="$1" "$scripts/terraform.sh" sandbox apply -auto-approve -input=false -no-color -var "name=$1" -var "expires=$expires"
