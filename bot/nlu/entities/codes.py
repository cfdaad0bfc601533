"""Numbers that name an order, a material, a ticket or one single machine."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from bot.nlu.entities.spans import Found
from bot.nlu.lexicon import load_section
from bot.nlu.numerals import spoken_digits

_BLANKS = re.compile(r"\s+")
_CUE_BOOST = 8
_CONTEXT = 14
_SHORTEST = {"order_number": 5, "serial_number": 5, "material_number": 4}
"""Letters and digits that a code has at least; shorter ones are counts and units."""


def find_tickets(text: str) -> list[Found]:
    """Find ticket numbers: 11 digits that start with a date, or any 11 digits after a word for ticket."""
    section = load_section("numbers")
    return [
        Found("ticket_number", *match.span("value"), spoken_digits(match.group("value")), boost)
        for name, boost in (
            ("ticket", _CUE_BOOST),
            ("ticket_spoken", _CUE_BOOST),
            ("ticket_numbered", _CUE_BOOST),
            ("ticket_bare", 0),
        )
        for match in section.pattern(name).finditer(text)
    ]


def find_orders(text: str) -> list[Found]:
    """Find order numbers beside their cue, or long bare digit runs that no other cue claims."""
    section = load_section("numbers")
    found = _cued(text, "order_number", ("order",), _CUE_BOOST + 4)
    found += _cued(text, "order_number", ("order_after", "order_before"), _CUE_BOOST + 6)
    for match in section.pattern("order_spoken").finditer(text):
        value = spoken_digits(match.group("value"))
        found.append(Found("order_number", *match.span("value"), value, _CUE_BOOST + 4))
    for match in section.pattern("order_bare").finditer(text):
        before = text[max(0, match.start() - _CONTEXT) : match.start()]
        if not section.pattern("identity_before").search(before):
            found.append(Found("order_number", *match.span("value"), match.group("value").upper()))
    return found


def find_serials(text: str, brand_ends: Collection[int] = ()) -> list[Found]:
    """Find serial numbers and IMEIs beside their cue, or long mixes of letters and digits.

    What stands right behind a brand (its end is in `brand_ends`) is a model, however long.
    """
    section = load_section("numbers")
    found = _cued(text, "serial_number", ("serial", "serial_after"), _CUE_BOOST + 10)
    for match in section.pattern("serial_bare").finditer(text):
        before = text[max(0, match.start() - _CONTEXT) : match.start()]
        if match.start() not in brand_ends and not section.pattern("identity_before").search(before):
            found.append(Found("serial_number", *match.span("value"), match.group("value").upper()))
    return found


def find_materials(text: str) -> list[Found]:
    """Find the maker's numbers of a material, a part or an article, beside their cue."""
    return _cued(text, "material_number", ("material", "material_after"), _CUE_BOOST)


def _cued(text: str, entity: str, names: Iterable[str], boost: int) -> list[Found]:
    section = load_section("numbers")
    found: list[Found] = []
    for match in (match for name in names for match in section.pattern(name).finditer(text)):
        value = _BLANKS.sub("", match.group("value")).upper()
        length = sum(char.isalnum() for char in value)
        if length >= _SHORTEST[entity] and any(char.isdigit() for char in value):
            found.append(Found(entity, *match.span("value"), value, boost))
    return found
