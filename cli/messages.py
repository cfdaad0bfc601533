"""The command line's wording."""

from functools import cache
from pathlib import Path
from typing import Any

from backend.yaml_files import read_yaml

MESSAGES_FILE = Path(__file__).with_name("messages.zh-CN.yml")


@cache
def _messages() -> dict[str, Any]:
    document: dict[str, Any] = read_yaml(MESSAGES_FILE)
    return document


def text(key: str, **values: object) -> str:
    """The wording at a dotted key, with its placeholders filled.

    Raises:
        KeyError: there is no such wording.
    """
    return str(_at(key)).strip().format(**values)


def entries(key: str) -> list[dict[str, str]]:
    """The list of wordings at a dotted key.

    Raises:
        KeyError: there is no such list.
    """
    found: list[dict[str, str]] = _at(key)
    return found


def _at(key: str) -> Any:
    found: Any = _messages()
    for part in key.split("."):
        found = found[part]
    return found


def has(key: str) -> bool:
    """Whether there is wording at a dotted key."""
    found: Any = _messages()
    for part in key.split("."):
        if not isinstance(found, dict) or part not in found:
            return False
        found = found[part]
    return True
