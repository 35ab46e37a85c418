#!/usr/bin/env bash
# Removes the copy of a pull request: sandbox-destroy.sh pr-42
set -euo pipefail
scripts="$(dirname "${BASH_SOURCE[0]}")"

STATE="$1" "$scripts/terraform.sh" sandbox destroy -auto-approve -input=false -no-color -var "name=$1"
