"""Symptoms in the customer's own words."""

from __future__ import annotations

from bot.nlu.entities.spans import Found
from bot.nlu.lexicon import load_section


def find_faults(text: str) -> list[Found]:
    """Find `fault`, verbatim: the failing part with the way it fails."""
    section = load_section("faults")
    return [
        Found("fault", match.start(), match.end(), match.group())
        for name in section.patterns
        for match in section.pattern(name).finditer(text)
        if match.group().strip()
    ]
