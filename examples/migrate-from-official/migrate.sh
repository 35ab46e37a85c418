#!/usr/bin/env bash
# Takes over the state of the official provider, in the folder of the configuration: migrate.sh [OLD NEW]
# OLD and NEW are addresses of providers, where they are not the usual ones. TERRAFORM is the command, terraform when not set.
set -euo pipefail
terraform="${TERRAFORM:-terraform}"
old="${1:-kestra-io/kestra}" new="${2:-flowsmith/kestra}"

# The state holds KV values in plain text.
umask 077
backup="$PWD/before-migration.tfstate.backup"
[ -e "$backup" ] && { echo "$backup is there already: move it away first" >&2; exit 1; }
"$terraform" state pull > "$backup"

"$terraform" state replace-provider -auto-approve "$old" "$new"
"$terraform" init -input=false -upgrade

status=0
"$terraform" plan -input=false -detailed-exitcode || status=$?
case "$status" in
  0) echo "Taken over: nothing differs. $backup is no longer needed." ;;
  2) echo "Taken over, and the plan has something to do: read it before you apply it. Back again: $terraform state push -force $backup" ;;
  *) echo "The plan failed. Back again: $terraform state push -force $backup" >&2 ;;
esac
exit "$status"
