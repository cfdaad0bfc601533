#!/usr/bin/env bash
# What the end-to-end tests need beyond the product: a Chromium, and a font with Chinese characters for
# readable screenshots. Uses what the system has, else installs it; does nothing when both are there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

has_chromium() {
  [ -n "${YINGSHENG_CHROMIUM:-}" ] && return 0
  local name
  for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && return 0
  done
  compgen -G "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}/chromium-*" >/dev/null
}

has_chinese_font() {
  [ "$(uname)" = Darwin ] && return 0
  command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh 2>/dev/null | head -n 1)" ]
}

packages=()
has_chromium || packages+=(chromium)
has_chinese_font || packages+=(fontconfig fonts-noto-cjk)
[ "${#packages[@]}" -gt 0 ] || exit 0

if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" -eq 0 ]; then
  echo "▶ apt-get install ${packages[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
else
  has_chromium || .venv/bin/python -m playwright install chromium
  has_chinese_font || echo '! 没有中文字体，截图里的汉字会显示为方框；请安装 fonts-noto-cjk。' >&2
fi
has_chromium
