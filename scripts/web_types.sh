#!/usr/bin/env bash
# Generates the web client's types from docs/openapi.json; with --check only says whether they are current.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../web"
export PATH="$PWD/../.venv/bin:$PATH"
target=src/api/schema.d.ts

if [ "${1:-}" != --check ]; then
  npm run --silent types
  exit
fi
made=$(mktemp)
trap 'rm -f "$made"' EXIT
node_modules/.bin/openapi-typescript ../docs/openapi.json --output "$made" >/dev/null
if ! cmp -s "$made" "$target"; then
  echo "web/$target is not current: run \`make fmt\` and commit it" >&2
  exit 1
fi
