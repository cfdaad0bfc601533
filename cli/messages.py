"""The command line's wording."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

MESSAGES_FILE = Path(__file__).with_name("messages.zh-CN.yml")


@cache
def _messages() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(MESSAGES_FILE.read_text(encoding="utf-8"))
    return document


def text(key: str, **values: object) -> str:
    """The wording at a dotted key, with its placeholders filled.

    Raises:
        KeyError: there is no such wording.
    """
    found: Any = _messages()
    for part in key.split("."):
        found = found[part]
    return str(found).strip().format(**values)


def has(key: str) -> bool:
    """Whether there is wording at a dotted key."""
    found: Any = _messages()
    for part in key.split("."):
        if not isinstance(found, dict) or part not in found:
            return False
        found = found[part]
    return True
