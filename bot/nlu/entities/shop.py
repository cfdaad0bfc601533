"""Shops and dealers, known by what their names end in."""

from __future__ import annotations

from bot.nlu.entities.spans import Found
from bot.nlu.lexicon import load_section


def find_shops(text: str) -> list[Found]:
    """Find `shop`, verbatim."""
    pattern = load_section("shops").pattern("named")
    return [Found("shop", match.start(), match.end(), match.group()) for match in pattern.finditer(text)]
