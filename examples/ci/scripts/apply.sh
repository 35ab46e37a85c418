#!/usr/bin/env bash
# Deploys to the live server what is in the working folder.
set -euo pipefail
scripts="$(dirname "${BASH_SOURCE[0]}")"

"$scripts/terraform.sh" live apply -auto-approve -input=false -no-color -lock-timeout=5m
