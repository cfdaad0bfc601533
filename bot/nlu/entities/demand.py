"""What the customer wants done about it."""

from __future__ import annotations

from bot.nlu.entities.spans import Found, value_span
from bot.nlu.lexicon import Section, load_section

_CONTEXT = 10


def find_demands(text: str) -> list[Found]:
    """Find `demand`, but not what was refused, said by others or is over, nor nouns such as a repair shop."""
    section = load_section("demands")
    found: list[Found] = []
    for name, demand in section.table("canonical").items():
        for match in section.pattern(name).finditer(text):
            start, end = value_span(match)
            before = text[max(0, start - _CONTEXT) : start]
            if _is_wanted(section, before) and not section.pattern("noun_after").match(text, end):
                opening = section.pattern("opening").match(text[start:end])
                start += opening.end() if opening else 0
                found.append(Found("demand", start, end, demand, end - start))
    return found


def _is_wanted(section: Section, before: str) -> bool:
    if section.pattern("refused_before").search(before):
        return False
    told = section.pattern("told_before").search(before)
    return not told or bool(section.pattern("asked_before").search(before))
