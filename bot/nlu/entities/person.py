"""The customer's own name, said in a sentence or given as a bare answer."""

from __future__ import annotations

from bot.nlu.entities.spans import Found
from bot.nlu.lexicon import load_section
from bot.nlu.segment import is_common_word

_INTRODUCED = 10
_SHORT_NAME = 2


def find_persons(text: str) -> list[Found]:
    """Find `person_name`: a full name, a surname that was asked for, or surname with title."""
    section = load_section("people")
    said = [
        match
        for name in ("surname_said", "surname_only", "nickname", "explained", "called")
        for match in section.pattern(name).finditer(text)
        if name in {"surname_said", "surname_only"} or not _is_word(match.group("name"))
    ]
    found = [Found("person_name", *match.span("name"), match.group("name"), _INTRODUCED) for match in said]
    for match in section.pattern("titled").finditer(text):
        group = "inner" if match.group("inner") else "name"
        if _is_word(match.group(group)):
            continue
        found.append(Found("person_name", *match.span(group), match.group(group), _INTRODUCED + 1))
    latin = section.pattern("latin").finditer(text)
    found += [Found("person_name", *match.span("name"), match.group("name")) for match in latin]
    return found + _bare(text)


def _bare(text: str) -> list[Found]:
    """Take a text that is nothing but two to four characters led by a surname for a name."""
    section = load_section("people")
    match = section.pattern("bare").match(text.strip())
    if match is None:
        return []
    name = match.group("name")
    double = name[:2] in section.group("surnames")
    if (len(name) > _SHORT_NAME + 1 and not double) or _is_word(name):
        return []
    start = len(text) - len(text.lstrip())
    return [Found("person_name", start, start + len(name), name)]


def _is_word(name: str) -> bool:
    section = load_section("people")
    if any(name.startswith(word) for word in section.group("not_names")):
        return True
    return is_common_word(name)
