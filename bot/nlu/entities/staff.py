"""The member of staff that a customer complains of: a role, a named one, or a badge number."""

from __future__ import annotations

import re

from bot.nlu.entities.spans import Found
from bot.nlu.lexicon import Section, load_section

_NUMBERED = 33
_NAMED = 3
_CONTEXT = 8
_NEAR = 24
"""Characters around a role in which the complaint about it is looked for."""


def find_staff(text: str) -> list[Found]:
    """Find `staff`, verbatim; people who are asked for or neutrally quoted do not count."""
    section = load_section("people")
    found = [
        Found("staff", match.start(), match.end(), match.group(), boost)
        for name, boost in (("numbered", _NUMBERED), ("named", _NAMED), ("described", 2), ("role", 0))
        for match in section.pattern(name).finditer(text)
        if _is_complained_of(section, text, match, plain=name in {"described", "role"})
    ]
    return found + [
        Found("staff", *match.span(match.lastgroup or 0), match.group(match.lastgroup or 0), _NUMBERED)
        for match in section.pattern("pointed").finditer(text)
    ]


def _is_complained_of(section: Section, text: str, match: re.Match[str], plain: bool) -> bool:
    before = text[max(0, match.start() - _CONTEXT) : match.start()]
    after = text[match.end() : match.end() + _NEAR]
    if section.pattern("self_before").search(before) or section.pattern("wish_before").search(before):
        return False
    if not plain:
        return True
    complaint = section.pattern("complaint")
    if section.pattern("neutral_after").match(after) and not complaint.search(after[2:]):
        return False
    if section.pattern("not_staff_before").search(before):
        return bool(complaint.search(before + after))
    return True
