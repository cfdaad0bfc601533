"""The member of staff that a customer complains of: a role, a named one, or a badge number."""

from __future__ import annotations

import re

from bot.nlu.entities.spans import Found
from bot.nlu.lexicon import Section, load_section

_NUMBERED = 33
_NAMED = 3
_NICKNAMED = 12
_CONTEXT = 8
_NEAR = 48
"""Characters behind a role in which the complaint about it is looked for."""

_CLAUSES = 2
"""The complaint stands in the clause of the role or in the next one."""

_CLAUSE_END = re.compile(r"[,\uff0c.\u3002!\uff01?\uff1f;\uff1b\s]+")


def find_staff(text: str) -> list[Found]:
    """Find `staff`, verbatim; people who are asked for or neutrally quoted do not count."""
    section = load_section("people")
    found = [
        _found(section, match, boost)
        for name, boost in (("numbered", _NUMBERED), ("named", _NAMED), ("described", 2), ("role", 0))
        for match in section.pattern(name).finditer(text)
        if _is_complained_of(section, text, match, plain=name in {"described", "role"})
    ]
    nicknamed = (
        match
        for match in section.pattern("nicknamed").finditer(text)
        if section.pattern("complaint").search(_clauses(text, match.end(), _CLAUSES))
    )
    pointed = section.pattern("pointed").finditer(text)
    return [
        *found,
        *(Found("staff", *match.span("who"), match.group("who"), _NICKNAMED) for match in nicknamed),
        *(
            Found("staff", *match.span(match.lastgroup or 0), match.group(match.lastgroup or 0), _NUMBERED)
            for match in pointed
        ),
    ]


def _found(section: Section, match: re.Match[str], boost: int) -> Found:
    opening = section.pattern("staff_opening").match(match.group())
    start = match.start() + (opening.end() if opening else 0)
    return Found("staff", start, match.end(), match.string[start : match.end()], boost)


def _is_complained_of(section: Section, text: str, match: re.Match[str], plain: bool) -> bool:
    before = text[max(0, match.start() - _CONTEXT) : match.start()]
    if section.pattern("self_before").search(before) or section.pattern("wish_before").search(before):
        return False
    if not plain:
        return True
    complaint = section.pattern("complaint")
    after = _clauses(text, match.end(), _CLAUSES)
    if section.pattern("neutral_after").match(after):
        return bool(complaint.search(after[2:]))
    if complaint.search(_last_clause(before)) or complaint.search(after):
        return True
    if section.pattern("not_staff_before").search(before):
        return False
    pointed_at = section.pattern("pointing_before").search(before) or section.pattern("pointing_at").match(
        match.group()
    )
    return bool(pointed_at or section.pattern("reproach").search(_clauses(text, match.end(), 1)))


def _clauses(text: str, end: int, count: int) -> str:
    """Give the rest of the clause that stands at `end`, and those behind it up to `count` in all."""
    return " ".join(_CLAUSE_END.split(text[end : end + _NEAR], maxsplit=count)[:count])


def _last_clause(before: str) -> str:
    return _CLAUSE_END.split(before)[-1]
