"""Facts about a warranty as the command line takes them: a file, standard input, or JSON as it stands."""

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from pydantic import ValidationError

from backend.warranty.asking import Inquiry
from cli.console import fail
from cli.messages import has, text

STANDARD_INPUT = "-"
UNKNOWN_FIELD = "extra_forbidden"


def read_facts(given: str) -> Inquiry:
    """The facts, or the end of the command with what is wrong with them."""
    try:
        document = json.loads(_source(given))
    except json.JSONDecodeError as error:
        fail(text("warranty.not_json", line=error.lineno, column=error.colno), text("warranty.facts_advice"))
    except RecursionError:
        fail(text("warranty.not_facts"), text("warranty.facts_advice"))
    if not isinstance(document, dict):
        fail(text("warranty.not_facts"), text("warranty.facts_advice"))
    try:
        return Inquiry.model_validate(document)
    except ValidationError as error:
        _refuse(error)


def _source(given: str) -> str:
    """The text; whatever begins like JSON is taken for it, anything else for a file's name."""
    try:
        if given == STANDARD_INPUT:
            return sys.stdin.buffer.read().decode("utf-8-sig")
        if given.lstrip().startswith(("{", "[")):
            return given
        return Path(given).read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        fail(text("warranty.unreadable", path=given[:200], reason=error), text("warranty.facts_advice"))


def _refuse(error: ValidationError) -> NoReturn:
    problems = [_problem(dict(item)) for item in error.errors()]
    known = text("warranty.known_facts", facts=", ".join(Inquiry.model_fields))
    unknown = any(item["type"] == UNKNOWN_FIELD for item in error.errors())
    fail(text("warranty.bad_facts"), "\n".join([*problems, *([known] if unknown else [])]))


def _problem(item: dict[str, Any]) -> str:
    field = ".".join(map(str, item["loc"]))
    expected = str(item.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ")
    key = f"warranty.problems.{item['type']}"
    key = key if has(key) else "warranty.problems.other"
    return text(key, field=field, value=str(item["input"])[:80], expected=expected)
