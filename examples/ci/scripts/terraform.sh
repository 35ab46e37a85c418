#!/usr/bin/env bash
# Runs Terraform in one of the two folders: terraform.sh live plan
#
# TERRAFORM  the command, terraform when not set
# BACKEND    the kind of backend that keeps the state, such as s3 or http; its settings come by TF_CLI_ARGS_init or by the
#            backend's own environment variables. When not set, a file in the folder.
# STATE      the name of that file, without its ending; terraform when not set
set -euo pipefail

folder="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/$1"
shift
terraform="${TERRAFORM:-terraform}"
export TF_IN_AUTOMATION=true

settings=(-input=false -no-color)
if [ -z "${BACKEND:-}" ]; then
  settings+=(-reconfigure -backend-config="path=${STATE:-terraform}.tfstate")
fi
printf 'terraform {\n  backend "%s" {}\n}\n' "${BACKEND:-local}" > "$folder/backend_override.tf"
"$terraform" -chdir="$folder" init "${settings[@]}" > /dev/null
"$terraform" -chdir="$folder" "$@"
