#!/usr/bin/env bash
# `make run`: the first stage of the setup, then the product in this very process, so that signals reach it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/bootstrap.sh all
exec .venv/bin/yingsheng up --with-parent "$@"
