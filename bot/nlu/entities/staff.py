"""The member of staff that a customer speaks of: a role, a named one, or a badge number."""

from __future__ import annotations

from bot.nlu.entities.spans import Found
from bot.nlu.lexicon import load_section

_NUMBERED = 33
_NAMED = 3
_CONTEXT = 8


def find_staff(text: str) -> list[Found]:
    """Find `staff`, verbatim; people who are asked for (send me a technician) do not count."""
    section = load_section("people")
    numbered = list(section.pattern("staff_numbered").finditer(text))
    named = [
        match
        for match in section.pattern("staff_named").finditer(text)
        if not section.pattern("self_before").search(text[: match.start()])
    ]
    roles = [
        match
        for match in section.pattern("staff_role").finditer(text)
        if not section.pattern("staff_not_before").search(
            text[max(0, match.start() - _CONTEXT) : match.start()]
        )
    ]
    return [
        Found("staff", match.start(), match.end(), match.group(), boost)
        for matches, boost in ((numbered, _NUMBERED), (named, _NAMED), (roles, 0))
        for match in matches
    ]
