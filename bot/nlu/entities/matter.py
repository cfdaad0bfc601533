"""Which of the products named is the one that the customer speaks about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.nlu.entities.fault import is_symptom
from bot.nlu.entities.spans import Found, overlap, resolve
from bot.nlu.lexicon import Section, load_section

_CONTEXT = 8
_SYMPTOM_REACH = 10


def choose_products(text: str, words: Sequence[Found], others: Sequence[Found]) -> list[Found]:
    """Keep the products that the matter is about.

    Left out are what is named in passing (where a thing stands, what was soiled), parts beside a whole
    product, and parts that are the subject of a fault. `others` are finds that keep their characters.
    """
    section = load_section("products")
    products = [
        find
        for find in resolve(find for find in words if find.entity == "product")
        if not any(overlap(find, other) for other in others)
    ]
    products = _not_soiled(section, text, products)
    wholes = [find for find in products if not _is_part(section, text, find)]
    chosen: list[Found] = []
    for find in wholes:
        passing = _in_passing(section, text, find)
        if not passing and (not chosen or _is_another(section, text, find, chosen)):
            chosen.append(find)
    if not chosen and wholes:
        chosen = [find for find in wholes if not _stands_beside(section, text, find)][:1]
    named = any(find.entity == "model" for find in others)
    if not chosen:
        parts = [find for find in products if find not in wholes]
        brand_ends = {find.end for find in words if find.entity == "brand"}
        if named:
            parts = [find for find in parts if section.pattern("part_counted").search(text[: find.start])]
        chosen = [find for find in parts if find.start in brand_ends or _is_goods(section, text, find)][:1]
    return chosen or ([] if named else _unknown(section, text, others))


def _not_soiled(section: Section, text: str, products: Sequence[Found]) -> list[Found]:
    """Leave out what the matter has spoilt, however often it is named."""
    soiled = {find.value for find in products if _is_soiled(section, text, find.end)}
    return [find for find in products if find.value not in soiled]


def _is_soiled(section: Section, text: str, end: int) -> bool:
    return bool(section.pattern("soiled_after").match(text[end : end + _CONTEXT]))


def _unknown(section: Section, text: str, others: Sequence[Found]) -> list[Found]:
    """Take the first name that ends as names of goods do, if the thing fails or was bought."""
    parts = load_section("faults").group("parts")
    matches = list(section.pattern("unknown").finditer(text))
    soiled = tuple(match.group("name") for match in matches if _is_soiled(section, text, match.end("name")))
    for match in matches:
        name = match.group("name")
        find = Found("product", *match.span("name"), name)
        if (
            name in parts
            or name.endswith(soiled)
            or section.pattern("not_products").search(name)
            or any(overlap(find, one) for one in others)
        ):
            continue
        after = re.split(r"[,\uff0c.\u3002!?;]", text[find.end : find.end + _SYMPTOM_REACH])[0]
        bought = section.pattern("bought_before").search(text[max(0, find.start - _CONTEXT) : find.start])
        if bought or is_symptom(after):
            return [find]
    return []


def _is_part(section: Section, text: str, find: Found) -> bool:
    words = text[find.start : find.end]
    return any(words == part or (len(part) > 1 and words.endswith(part)) for part in section.group("parts"))


def _in_passing(section: Section, text: str, find: Found) -> bool:
    before = text[max(0, find.start - _CONTEXT) : find.start]
    return bool(section.pattern("passing_before").search(before)) or _stands_beside(section, text, find)


def _stands_beside(section: Section, text: str, find: Found) -> bool:
    return bool(section.pattern("passing_after").match(text[find.end : find.end + _CONTEXT]))


def _is_another(section: Section, text: str, find: Found, chosen: Sequence[Found]) -> bool:
    if any(find.value == one.value for one in chosen):
        return True
    before = text[max(0, find.start - _CONTEXT) : find.start]
    return bool(section.pattern("also_before").search(before))


def _is_goods(section: Section, text: str, find: Found) -> bool:
    before = text[max(0, find.start - _CONTEXT) : find.start]
    return bool(section.pattern("part_before").search(before)) and not _in_passing(section, text, find)
