"""Text from outside, made fit for PostgreSQL and JSON: no NUL, no control characters, no half emoji."""

import unicodedata
from typing import Annotated, Any

from pydantic import BeforeValidator

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
KEPT_CONTROLS = frozenset("\n\t")


def paired(text: str) -> str:
    """The text with lone surrogates, as half an emoji leaves them, replaced by U+FFFD."""
    return "".join(REPLACEMENT if "\ud800" <= character <= "\udfff" else character for character in text)


def storable(text: str) -> str:
    """The text as PostgreSQL can hold it: NUL, lone surrogates and control characters become U+FFFD."""
    normal = paired(text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        REPLACEMENT
        if unicodedata.category(character) == "Cc" and character not in KEPT_CONTROLS
        else character
        for character in normal
    )


def storable_json(value: Any) -> Any:
    """A JSON value with all its texts, keys included, made storable."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [storable_json(item) for item in value]
    if isinstance(value, dict):
        return {storable_json(key): storable_json(item) for key, item in value.items()}
    return value


Text = Annotated[str, BeforeValidator(storable_json)]
"""A text in a request body."""

JsonObject = Annotated[dict[str, Any], BeforeValidator(storable_json)]
"""A free-form object in a request body."""

TextMap = Annotated[dict[str, str], BeforeValidator(storable_json)]
"""Texts by name in a request body."""
