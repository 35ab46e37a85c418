#!/usr/bin/env bash
# Writes the comment of a pull request to standard output, as Markdown: comment.sh origin/main
# What Terraform would change on the live server, and what changes in the flows since that commit, with drawings.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
base="$1"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# Four backticks: a plan and a flow may hold three.
fenced() {
  printf '````%s\n' "$1"
  cat
  printf '````\n\n'
}

# A drawing of flows, or nothing when there are none.
drawing() {
  if [ -d "$1" ] && [ -n "$(ls "$1")" ]; then
    flowsmith graph --format mermaid "$1"
  fi
}

# Two drawings, when they differ.
compared() {
  cmp --quiet "$1" "$2" && return
  printf '<details><summary>%s</summary>\n\n' "$3"
  if [ -s "$1" ]; then
    printf 'Before:\n\n'
    fenced mermaid < "$1"
  fi
  if [ -s "$2" ]; then
    printf 'After:\n\n'
    fenced mermaid < "$2"
  fi
  printf '</details>\n\n'
}

scripts/terraform.sh live plan -input=false -no-color -out="$work/plan" > "$work/log" || {
  cat "$work/log" >&2
  exit 1
}
scripts/terraform.sh live show -no-color "$work/plan" > "$work/plan.txt"
summary="$(grep -E '^(Plan:|No changes)' "$work/plan.txt" | head -n 1 || true)"
printf '## Plan\n\n<details><summary>%s</summary>\n\n' "${summary:-Only outputs change.}"
# A comment has room for some 60,000 characters.
if [ "$(wc -c < "$work/plan.txt")" -gt 40000 ]; then
  head -c 40000 "$work/plan.txt" > "$work/start.txt"
  printf '\n... and so on: run scripts/terraform.sh live plan for the rest.\n' >> "$work/start.txt"
  mv "$work/start.txt" "$work/plan.txt"
fi
fenced text < "$work/plan.txt"
printf '</details>\n\n'

# The flows of the base, where they can be compared with those of the working folder. There may be none yet.
mkdir -p "$work/base/flows"
there="$(git ls-tree "$base" flows)"
if [ -n "$there" ]; then
  git archive "$base" flows | tar -x -C "$work/base"
fi

printf '## Flows\n\n'
changed=no
while IFS= read -r flow; do
  old="$work/base/flows/$flow" new="flows/$flow"
  : > "$work/old.mmd"
  : > "$work/new.mmd"
  [ -f "$old" ] && flowsmith graph --format mermaid "$old" > "$work/old.mmd"
  [ -f "$new" ] && flowsmith graph --format mermaid "$new" > "$work/new.mmd"
  if [ ! -f "$old" ]; then
    printf '### %s is new\n\n' "$flow"
  elif [ ! -f "$new" ]; then
    printf '### %s is gone\n\n' "$flow"
  elif ! flowsmith diff "$old" "$new" > "$work/diff.txt"; then
    printf '### %s\n\n' "$flow"
    fenced text < "$work/diff.txt"
  else
    continue
  fi
  changed=yes
  compared "$work/old.mmd" "$work/new.mmd" "The flow"
done < <({ (cd "$work/base/flows" && find . -type f) && (cd flows && find . -type f); } | sed 's|^\./||' | sort -u)
if [ "$changed" = no ]; then
  printf 'All flows mean what they meant before.\n\n'
fi

drawing "$work/base/flows" > "$work/old.mmd"
drawing flows > "$work/new.mmd"
compared "$work/old.mmd" "$work/new.mmd" "How flows call each other"
