#!/usr/bin/env bash
# Checks everything that can be checked without a server: flows, and the configuration of both folders.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
terraform="${TERRAFORM:-terraform}"

flowsmith validate --strict flows
flowsmith fmt --check flows
"$terraform" fmt -check -recursive -diff .
for folder in live sandbox; do
  "$terraform" -chdir="$folder" init -backend=false -input=false -no-color > /dev/null
  "$terraform" -chdir="$folder" validate -no-color
done
