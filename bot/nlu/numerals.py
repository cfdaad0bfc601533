"""Chinese numbers read as digits: spoken digit runs and amounts such as a thousand two."""

from __future__ import annotations

import string
from decimal import Decimal, InvalidOperation

from bot.nlu.lexicon import load_section

_WAN = 10000
_HUNDRED = 100
_ARABIC = {digit: digit for digit in string.digits}


def spoken_digits(text: str) -> str:
    """Turn each spoken or written digit of a run into an Arabic one; everything else is dropped."""
    digits = load_section("numbers").table("digits")
    return "".join(char if char.isascii() and char.isdigit() else digits.get(char, "") for char in text)


def _below_wan(text: str) -> int:
    """Read a number below ten thousand; a last bare digit counts one unit lower (a hundred two = 120)."""
    section = load_section("numbers")
    digits, units = {**section.table("digits"), **_ARABIC}, section.table("units")
    total, pending, last_unit, zero = 0, 0, 1, False
    for char in text:
        if char in units:
            last_unit = int(units[char])
            total += (pending or 1) * last_unit
            pending, zero = 0, False
        elif char in digits:
            value = int(digits[char])
            zero = zero or value == 0
            pending = pending * 10 + value if last_unit == 1 and total == 0 else value
    if pending and last_unit >= _HUNDRED and not zero:
        return total + pending * last_unit // 10
    return total + pending


def _arabic(plain: str) -> Decimal:
    try:
        return Decimal(plain)
    except InvalidOperation as error:
        raise ValueError(f"not a number: {plain!r}") from error


def _rest(text: str, unit: int) -> Decimal:
    """Read what stands behind a unit; a single digit counts one unit lower."""
    if not text:
        return Decimal(0)
    digit = spoken_digits(text) if len(text) == 1 else ""
    return Decimal(digit) * unit / 10 if digit else to_number(text)


def to_number(text: str) -> Decimal:
    """Read an Arabic, Chinese or mixed number (1 wan 2); raises ValueError when it is none."""
    plain = text.replace(",", "").strip()
    section = load_section("numbers")
    units = section.table("units")
    if plain and plain[0].isascii():
        unit = next((char for char in plain if char in units), None)
        if unit is None:
            return _arabic(plain)
        high, _, low = plain.partition(unit)
        return _arabic(high) * int(units[unit]) + _rest(low, int(units[unit]))
    known = {*section.table("digits"), *_ARABIC, *units}
    if not plain or not set(plain) <= known:
        raise ValueError(f"not a number: {text!r}")
    wan = next(word for word, value in section.table("units").items() if value == str(_WAN))
    if wan not in plain:
        return Decimal(_below_wan(plain))
    high, _, low = plain.partition(wan)
    rest = _below_wan(low) if low else 0
    if len(low) == 1:
        rest *= 1000
    return Decimal((_below_wan(high) if high else 1) * _WAN + rest)
