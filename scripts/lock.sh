#!/usr/bin/env bash
# Regenerates the lock files: exact versions with hashes, and no registry host, so that the mirror that a
# company configures for its machines is the one that is used.
# lock.sh [--upgrade]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
scripts/bootstrap.sh uv

compile() {
  .uv/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate \
    --no-header --output-file "$@"
}

compile requirements.lock --group dev "$@" pyproject.toml
(cd bot && ../.uv/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate \
  --no-header --python-version 3.10 --output-file requirements.lock --group dev "$@" pyproject.toml)
compile bench/spoken_calls/requirements.lock --python-version 3.11 "$@" bench/spoken_calls/requirements.in
echo "uv==$(.uv/bin/uv --version | awk '{print $2}')" | compile scripts/uv-requirements.lock -

if grep -n '://' requirements.lock bot/requirements.lock bench/spoken_calls/requirements.lock \
  scripts/uv-requirements.lock; then
  echo 'a lock file names a host' >&2
  exit 1
fi
