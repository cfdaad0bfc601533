"""Words of the lexicon found in a text by a spaCy span ruler: products, brands and places to buy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import spacy
from spacy.language import Language

from bot.nlu.entities.spans import Found
from bot.nlu.lexicon import Section, load_section

_SPANS = "lexicon"
_REACH = 4
_ABOVE_STAFF = 40
_ABOVE_DATES = 55
_LONGEST_MODIFIERS = 10
_SHORTEST_GLUED = 3
_PHONE_REACH = 24
_SOURCES = (
    ("product", "products", "families"),
    ("brand", "brands", "brands"),
    ("shop", "shops", "platforms"),
)


@lru_cache(maxsize=1)
def lexicon_pipeline() -> Language:
    """Build a blank Chinese pipeline (one character, one token) whose ruler knows the lexicon."""
    nlp = spacy.blank("zh")
    ruler = nlp.add_pipe("span_ruler", config={"spans_key": _SPANS, "phrase_matcher_attr": "LOWER"})
    patterns = [
        {"label": entity, "pattern": word, "id": canonical}
        for entity, section, table in _SOURCES
        for word, canonical in load_section(section).table(table).items()
    ]
    ruler.add_patterns(patterns)  # type: ignore[attr-defined]
    return nlp


def find_words(text: str) -> list[Found]:
    """Find products (value: family), brands and shops (value: canonical name)."""
    doc = lexicon_pipeline()(text)
    found: list[Found] = []
    for span in doc.spans[_SPANS]:
        start, end = span.start_char, span.end_char
        if _inside_latin(text, start, end) and not (
            span.label_ == "brand" and _before_model(text, start, end)
        ):
            continue
        if span.label_ == "product" and _is_other_word(text, start, end):
            continue
        if span.label_ == "brand" and load_section("brands").pattern("food_after").match(text[end:]):
            continue
        boost = 1 if span.label_ == "product" and len(span.text) > 1 else 0
        found.append(Found(span.label_, start, end, span.id_, boost))
    brand_ends = [find.end for find in found if find.entity == "brand"]
    found = [_with_modifiers(text, find, brand_ends) for find in found if not _too_short(text, find)]
    products = tuple(find.start for find in found if find.entity == "product")
    brands = load_section("brands")
    return [
        _sure(brands, text, find)
        for find in found
        if find.entity != "brand" or not _is_plain_word(brands, text, find, products)
    ]


def _sure(brands: Section, text: str, find: Found) -> Found:
    """Let a brand that is also a word for people keep its characters, now that a product stands beside it."""
    name = text[find.start : find.end].lower()
    if find.entity != "brand" or name not in brands.group("ambiguous"):
        return find
    return replace(find, boost=_ABOVE_DATES if brands.pattern("like_date").search(name) else _ABOVE_STAFF)


def _inside_latin(text: str, start: int, end: int) -> bool:
    def latin(char: str) -> bool:
        return char.isascii() and char.isalpha()

    before = start > 0 and latin(text[start - 1]) and latin(text[start])
    after = end < len(text) and latin(text[end]) and latin(text[end - 1])
    return before or after


def _before_model(text: str, start: int, end: int) -> bool:
    """Tell whether a brand in Latin letters is written in one word with the model that follows."""
    begins = start == 0 or not (text[start - 1].isascii() and text[start - 1].isalnum())
    glued = end - start > _SHORTEST_GLUED and load_section("numbers").pattern("glued").match(
        text[end:].lower()
    )
    return begins and bool(glued)


def _is_other_word(text: str, start: int, end: int) -> bool:
    """Tell whether a product's name is part of another word, or announces a phone number."""
    products = load_section("products")
    if text[start:end] in products.group("phones") and products.pattern("phone_follows").match(
        text[end : end + _PHONE_REACH]
    ):
        return True
    around = products.pattern("not_products").finditer(text, max(0, start - _REACH), end + _REACH)
    return any(
        match.start() < end and start < match.end() and match.end() - match.start() > end - start
        for match in around
    )


def _with_modifiers(text: str, find: Found, brand_ends: Sequence[int] = ()) -> Found:
    """Let a product begin with the words for fuel, build, size, material or wearer that stand before it."""
    if find.entity != "product":
        return find
    floor = max([find.start - _LONGEST_MODIFIERS, 0, *(end for end in brand_ends if end <= find.start)])
    before = text[floor : find.start]
    match = load_section("products").pattern("modified").search(before)
    return replace(find, start=find.start - len(match.group())) if match else find


def _is_plain_word(brands: Section, text: str, find: Found, products: tuple[int, ...]) -> bool:
    """Tell whether a brand that is also a word of everyday speech stands without a product or a model."""
    if text[find.start : find.end].lower() not in brands.group("ambiguous"):
        return False
    if brands.pattern("after_ambiguous").search(text[find.end : find.end + 8]):
        return False
    link = brands.pattern("link")
    return not any(
        find.end <= start <= find.end + _REACH and link.match(text[find.end : start]) for start in products
    )


def _too_short(text: str, find: Found) -> bool:
    """Tell whether a one-character product (bag, lamp, bed) is only part of a longer word."""
    if find.entity != "product" or find.end - find.start > 1:
        return False
    section = load_section("products")
    before, after = text[: find.start], text[find.end : find.end + 1]
    start = _with_modifiers(text, find).start
    if start < find.start - 1:
        return False
    free = section.pattern("alone_before").search(before[-2:])
    return not (free and section.pattern("alone_after").match(after))
