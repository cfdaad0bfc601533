"""Numbers that name an order, a ticket or one single machine."""

from __future__ import annotations

import re

from bot.nlu.entities.spans import Found
from bot.nlu.lexicon import load_section
from bot.nlu.numerals import spoken_digits

_SEPARATORS = re.compile(r"[\s/-]+")
_CUE_BOOST = 8
_CONTEXT = 12


def find_tickets(text: str) -> list[Found]:
    """Find ticket numbers: 11 digits that start with a date, or any 11 digits after a word for ticket."""
    section = load_section("numbers")
    found = [
        Found("ticket_number", *match.span("value"), spoken_digits(match.group("value")), _CUE_BOOST)
        for name in ("ticket", "ticket_spoken")
        for match in section.pattern(name).finditer(text)
    ]
    found += [
        Found("ticket_number", *match.span("value"), match.group("value"))
        for match in section.pattern("ticket_bare").finditer(text)
    ]
    return found


def find_orders(text: str) -> list[Found]:
    """Find order numbers after their cue, or long bare digit runs that no other cue claims."""
    section = load_section("numbers")
    found: list[Found] = []
    for match in section.pattern("order").finditer(text):
        value = _SEPARATORS.sub("", match.group("value"))
        found.append(Found("order_number", *match.span("value"), value.upper(), _CUE_BOOST + 4))
    for match in section.pattern("order_spoken").finditer(text):
        value = spoken_digits(match.group("value"))
        found.append(Found("order_number", *match.span("value"), value, _CUE_BOOST + 4))
    for match in section.pattern("order_bare").finditer(text):
        before = text[max(0, match.start() - _CONTEXT) : match.start()]
        if not section.pattern("identity_before").search(before):
            found.append(Found("order_number", *match.span("value"), match.group("value")))
    return found


def find_serials(text: str) -> list[Found]:
    """Find serial numbers and IMEIs after their cue, or long mixes of letters and digits."""
    section = load_section("numbers")
    found: list[Found] = []
    for match in section.pattern("serial").finditer(text):
        value = _SEPARATORS.sub("", match.group("value")).upper()
        if any(char.isdigit() for char in value):
            found.append(Found("serial_number", *match.span("value"), value, _CUE_BOOST + 10))
    return found + [
        Found("serial_number", *match.span("value"), match.group("value").upper())
        for match in section.pattern("serial_bare").finditer(text)
    ]
