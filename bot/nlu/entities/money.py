"""Sums of money: with their unit, after a word for a price, or spoken as prices are (two thousand three)."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.nlu.entities.spans import Found
from bot.nlu.lexicon import load_section
from bot.nlu.numerals import spoken_digits, to_number

_CONTEXT = 12
_SMALL = 10
"""Below this many, the word for a piece is money only after a word for paying."""

_WEAK = -8
"""Numbers without a unit give way to counts and codes."""


def find_money(text: str) -> list[Found]:
    """Find amounts of money; the value is yuan as a plain decimal."""
    section = load_section("numbers")
    found: list[Found] = []
    for match in section.pattern("money").finditer(text):
        if section.pattern("money_not_after").match(text[match.end() : match.end() + 4]):
            continue
        amount = _amount(match)
        pieces = amount < _SMALL and section.pattern("small_blocks").search(match.group())
        if pieces and not section.pattern("money_cue_before").search(_before(text, match)):
            continue
        found.append(Found("money", match.start(), match.end(), _plain(amount)))
    return found + _without_unit(text)


def _without_unit(text: str) -> list[Found]:
    section = load_section("numbers")
    found: list[Found] = []
    for name in ("price_cued", "price_short", "price_followed", "price_alone"):
        for match in section.pattern(name).finditer(text):
            start, end = (
                match.start("value"),
                match.end("more") if match.group("more") else match.end("value"),
            )
            if section.pattern("price_not_before").search(text[max(0, start - _CONTEXT) : start]):
                continue
            found.append(Found("money", start, end, _plain(to_number(match.group("value"))), _WEAK))
    return found


def _before(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - _CONTEXT) : match.start()]


def _amount(match: re.Match[str]) -> Decimal:
    if match.group("mark"):
        return Decimal(match.group("mark"))
    units = load_section("numbers").table("units")
    amount = to_number(match.group("value"))
    for unit in match.group("wan") or "":
        amount *= int(units[unit])
    if match.group("tail"):
        amount += Decimal(spoken_digits(match.group("tail")[0])) / 10
    return amount


def _plain(amount: Decimal) -> str:
    return format(amount.normalize(), "f")
