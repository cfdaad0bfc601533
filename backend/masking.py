"""What an onlooker sees of phone numbers and addresses: enough to recognise, too little to use. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

HIDDEN = "*"
COUNTRY, ABROAD = "86", "00"
PHONE_HEAD, PHONE_TAIL, PHONE_HIDDEN_LEAST = 3, 4, 4
ADDRESS_HEAD = 6
ADDRESS_TAIL = "****"
"""Always as long, so that the length of what is hidden is not told."""

PHONE = re.compile(
    r"(?<!\d)(?:(?:\+|00)86[-\s]?)?(?:1[3-9]\d[-\s,\u3001\uff0c]?\d{4}[-\s,\u3001\uff0c]?\d{4}|0\d{2,3}[-\s]\d{7,8}|0\d{2}\d{8})(?!\d)"
)
"""Mobile numbers, and landline numbers with their area code, as people write them, in ASCII digits."""

_FULL_WIDTH = range(ord("\N{FULLWIDTH DIGIT ZERO}"), ord("\N{FULLWIDTH DIGIT NINE}") + 1)
_CHINESE = (ord("\N{IDEOGRAPHIC NUMBER ZERO}"), *range(0x4E00, 0xA000))
_ASCII_DIGITS = {
    code: str(int(value))
    for code in (*_FULL_WIDTH, *_CHINESE)
    if (value := unicodedata.numeric(chr(code), -1)) in range(10)
}
"""Digits as they are written wide, or said and spelled out on the telephone."""


def mask_phone(phone: str | None) -> str | None:
    """A phone number with its middle hidden."""
    if phone is None:
        return None
    tail = min(PHONE_TAIL, len(phone) - PHONE_HEAD - PHONE_HIDDEN_LEAST)
    if tail <= 0:
        return HIDDEN * len(phone)
    return phone[:PHONE_HEAD] + HIDDEN * (len(phone) - PHONE_HEAD - tail) + phone[-tail:]


def mask_address(address: str | None) -> str | None:
    """An address's beginning, which is its province and city; of a short one the first half."""
    if not address:
        return address
    return address[: min(ADDRESS_HEAD, len(address) // 2)] + ADDRESS_TAIL


def phones_in(text: str) -> Iterator[re.Match[str]]:
    """Every phone number in a text: places as in the text, digits in ASCII."""
    return PHONE.finditer(text.translate(_ASCII_DIGITS))


def mask_phones_in(text: str) -> str:
    """A text with the middle of every phone number in it hidden."""
    shown = list(text)
    for found in phones_in(text):
        for place in _middle(found):
            shown[place] = HIDDEN
    return "".join(shown)


def masked_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts by name, phone numbers and addresses hidden wherever they stand."""
    return {name: _masked(name, value) for name, value in facts.items()}


def is_masked(text: str) -> bool:
    """Whether a phone number or address was written back as it is shown to onlookers."""
    return HIDDEN * PHONE_HIDDEN_LEAST in text


def _masked(name: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return masked_facts(value)
    if isinstance(value, list):
        return [_masked(name, one) for one in value]
    if not isinstance(value, str):
        return value
    if name.endswith("phone"):
        return mask_phone(value)
    return mask_address(value) if name.endswith("address") else mask_phones_in(value)


def _middle(found: re.Match[str]) -> list[int]:
    """Where in the text the digits stand that are hidden of a number."""
    number = found.group()
    places = [found.start() + place for place, mark in enumerate(number) if mark.isdigit()]
    country = (
        len(COUNTRY) if number.startswith("+") else len(ABROAD + COUNTRY) if number.startswith(ABROAD) else 0
    )
    return places[country + PHONE_HEAD : -PHONE_TAIL]
