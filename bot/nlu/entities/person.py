"""The customer's own name or a contact's, said in a sentence or given as a bare answer."""

from __future__ import annotations

from bot.nlu.entities.spans import Found
from bot.nlu.lexicon import load_section
from bot.nlu.segment import is_common_word, is_frequent_word

_INTRODUCED = 10
_SHORT_NAME = 2


def find_persons(text: str, beside_contact: bool = False) -> list[Found]:
    """Find `person_name`: a full name, a surname that was asked for, or surname with title.

    `beside_contact` says that the text names a phone or an address: a clause of its own may then be a name.
    """
    section = load_section("people")
    found = [
        Found("person_name", *match.span("name"), match.group("name"), _INTRODUCED)
        for name in ("surname_said", "called_long", "called", "explained", "titled", "before_number")
        for match in section.pattern(name).finditer(text)
        if _may_be_name(match.group("name"), name)
    ]
    latin = section.pattern("latin").finditer(text)
    found += [Found("person_name", *match.span("name"), match.group("name")) for match in latin]
    if beside_contact:
        found += [
            Found("person_name", *match.span("name"), match.group("name"), _INTRODUCED)
            for match in section.pattern("clause").finditer(text)
            if not _is_listed(match.group("name")) and not is_frequent_word(match.group("name"))
        ]
    return found + _without_surname(text) + _bare(text)


def _without_surname(text: str) -> list[Found]:
    """Find names without a known surname in front: foreign, in Latin letters, or a nickname by a place."""
    section = load_section("people")
    return [
        Found("person_name", *match.span("name"), match.group("name"), _INTRODUCED)
        for name in ("dotted", "foreign", "latin_name", "neighbour")
        for match in section.pattern(name).finditer(text)
        if not _is_other_word(match.group("name"))
    ]


def _is_other_word(name: str) -> bool:
    words = set(load_section("people").group("latin_words"))
    listed = _is_listed(name) or name.lower() in load_section("brands").table("brands")
    return listed or is_common_word(name) or not words.isdisjoint(name.lower().split())


def _may_be_name(name: str, pattern: str) -> bool:
    if pattern == "surname_said":
        return True
    titled = load_section("people").pattern("with_title").search(name)
    return not _is_listed(name) and (bool(titled) or not is_common_word(name))


def _bare(text: str) -> list[Found]:
    """Take a text that is nothing but two to four characters led by a surname for a name."""
    section = load_section("people")
    match = section.pattern("bare").match(text.strip())
    if match is None:
        return []
    name = match.group("name")
    double = name[:2] in section.group("surnames")
    if (len(name) > _SHORT_NAME + 1 and not double) or _is_listed(name) or is_common_word(name):
        return []
    start = len(text) - len(text.lstrip())
    return [Found("person_name", start, start + len(name), name)]


def _is_listed(name: str) -> bool:
    section = load_section("people")
    begins = any(name.startswith(word) for word in section.group("not_names"))
    return begins or bool(section.pattern("not_name").match(name))
