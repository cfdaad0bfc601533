# ruff: noqa: INP001  # a script, not a package
"""Writes docs/openapi.json from the backend's endpoints; with `--check` only says whether it is current."""

import json
import os
import sys
from pathlib import Path

from backend.app import http_application
from backend.bootstrap import build
from backend.settings import load_settings

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "openapi.json"
# Nothing is connected to: only the endpoints' signatures are read.
PLACEHOLDERS = {"DATABASE_URL": "postgresql://nowhere/none", "YINGSHENG_SERVICE_TOKEN": "-" * 32}


def description() -> str:
    """The API description as it should be written."""
    os.environ.update(PLACEHOLDERS)
    document = http_application(build(load_settings())).openapi()
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def main() -> int:
    """Write or check; 1 when the check fails."""
    wanted = description()
    current = TARGET.read_text(encoding="utf-8") if TARGET.exists() else ""
    if "--check" not in sys.argv[1:]:
        TARGET.parent.mkdir(exist_ok=True)
        if wanted != current:
            TARGET.write_text(wanted, encoding="utf-8")
        return 0
    if wanted != current:
        sys.stderr.write(f"{TARGET.relative_to(ROOT)} is not current: run `make fmt` and commit it\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
