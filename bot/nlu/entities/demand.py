"""What the customer wants done about it."""

from __future__ import annotations

from bot.nlu.entities.spans import Found
from bot.nlu.lexicon import load_section

_CONTEXT = 10


def find_demands(text: str) -> list[Found]:
    """Find `demand`, but not what was refused, said by others or is over, nor nouns such as a repair shop."""
    section = load_section("demands")
    found: list[Found] = []
    for group, demand in section.table("canonical").items():
        for match in section.pattern(group).finditer(text):
            before = text[max(0, match.start() - _CONTEXT) : match.start()]
            after = text[match.end() : match.end() + _CONTEXT]
            if section.pattern("refused_before").search(before) or section.pattern("told_before").search(
                before
            ):
                continue
            if section.pattern("noun_after").match(after):
                continue
            found.append(Found("demand", match.start(), match.end(), demand, match.end() - match.start()))
    return found
