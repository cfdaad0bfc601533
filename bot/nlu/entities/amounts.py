"""Money, and how many pieces were bought and how many of them are bad."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.nlu.entities.spans import Found
from bot.nlu.lexicon import Section, load_section
from bot.nlu.numerals import spoken_digits, to_number

_CONTEXT = 12
_SMALL = 10
"""Below this many, the word for a piece is money only after a word for paying."""


def find_money(text: str) -> list[Found]:
    """Find amounts of money; the value is yuan as a plain decimal."""
    section = load_section("numbers")
    found: list[Found] = []
    for match in section.pattern("money").finditer(text):
        if section.pattern("money_not_after").match(text[match.end() : match.end() + 4]):
            continue
        amount = _amount(match)
        before = text[max(0, match.start() - _CONTEXT) : match.start()]
        pieces = amount < _SMALL and section.pattern("small_blocks").search(match.group())
        if pieces and not section.pattern("money_cue_before").search(before):
            continue
        found.append(Found("money", match.start(), match.end(), _plain(amount)))
    return found + [
        Found("money", *match.span("value"), _plain(to_number(match.group("value"))), -1)
        for match in section.pattern("price_cued").finditer(text)
    ]


def _amount(match: re.Match[str]) -> Decimal:
    if match.group("mark"):
        return Decimal(match.group("mark"))
    units = load_section("numbers").table("units")
    amount = to_number(match.group("value"))
    if match.group("wan"):
        amount *= int(units[match.group("wan")])
    if match.group("tail"):
        amount += Decimal(spoken_digits(match.group("tail")[0])) / 10
    return amount


def _plain(amount: Decimal) -> str:
    return format(amount.normalize(), "f")


def find_quantities(text: str) -> list[Found]:
    """Find counts of bought pieces (`quantity`) and of bad ones (`defective_quantity`)."""
    section = load_section("numbers")
    found: list[Found] = []
    for match in section.pattern("count").finditer(text):
        entity = _count_kind(section, text, match)
        if entity:
            found.append(Found(entity, match.start(), match.end(), _plain(to_number(match.group("value")))))
    return found


def _count_kind(section: Section, text: str, match: re.Match[str]) -> str | None:
    before = text[max(0, match.start() - _CONTEXT) : match.start()]
    after = text[match.end() : match.end() + _CONTEXT]
    bought = bool(section.pattern("buy_before").search(before))
    defect = section.pattern("defect_after").match(after)
    if section.pattern("defect_before").search(before):
        return "defective_quantity"
    if defect and not bought and not section.pattern("other_count_between").search(defect.group()):
        return None if section.pattern("number_next").match(after[defect.end() :]) else "defective_quantity"
    alone = not before.strip() and bool(section.pattern("bare_count_after").match(after))
    return "quantity" if bought or alone else None
