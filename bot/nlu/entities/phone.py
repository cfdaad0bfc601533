"""Telephone numbers of people: mobiles and landlines, typed or spoken (yao is one), no service lines."""

from __future__ import annotations

import re

import phonenumbers

from bot.nlu.entities.spans import Found
from bot.nlu.lexicon import load_section
from bot.nlu.numerals import spoken_digits

_SHORT_AREA = re.compile(r"^0(?:10|2\d)")
_MOBILE = re.compile(r"^1[3-9]\d{9}$")
_COUNTRY = re.compile(r"^(?:0086|86)(?=1[3-9]\d{9}$|0?\d{10,11}$)")


def find_phones(text: str) -> list[Found]:
    """Find phone numbers; the value is national digits."""
    section = load_section("numbers")
    found: list[Found] = []
    for match in section.pattern("digit_run").finditer(text):
        before = text[max(0, match.start() - 12) : match.start()]
        if section.pattern("other_number_before").search(before):
            continue
        cued = bool(section.pattern("phone_cue_before").search(before))
        digits = spoken_digits(match.group())
        value = normalise_phone(digits, with_cue=cued)
        if section.pattern("service_line").match(digits) and section.pattern("own_line_before").search(
            before
        ):
            value = digits
        if value and not (
            match.start() and text[match.start() - 1].isascii() and text[match.start() - 1].isalnum()
        ):
            found.append(Found("phone", match.start(), match.end(), value))
    return found


def normalise_phone(digits: str, with_cue: bool = False) -> str | None:
    """Give a number as it is dialled within China, or None; without area code only when a cue says phone."""
    national = _COUNTRY.sub("", digits)
    if _MOBILE.match(national):
        return national if _is_valid(national) else None
    if national.startswith("0"):
        area = 3 if _SHORT_AREA.match(national) else 4
        subscriber = national[area:]
        if len(subscriber) in {7, 8} and subscriber[0] not in "01" and _is_valid(national):
            return national
        return None
    if with_cue and len(national) in {7, 8} and national[0] not in "01":
        return national
    return None


def _is_valid(national: str) -> bool:
    try:
        number = phonenumbers.parse(national, "CN")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number(number)
