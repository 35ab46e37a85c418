#!/usr/bin/env bash
# Runs Terraform in one of the two folders: terraform.sh live plan
#
# TERRAFORM  the command, terraform when not set
# BACKEND    the kind of backend that keeps the state, such as s3 or http; its settings come by TF_CLI_ARGS_init or by the
#            backend's own environment variables. A file in the folder when not set.
set -euo pipefail

folder="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/$1"
shift
terraform="${TERRAFORM:-terraform}"
export TF_IN_AUTOMATION=true

if [ -n "${BACKEND:-}" ]; then
  printf 'terraform {\n  backend "%s" {}\n}\n' "$BACKEND" > "$folder/backend_override.tf"
fi
"$terraform" -chdir="$folder" init -input=false -no-color > /dev/null
"$terraform" -chdir="$folder" "$@"
