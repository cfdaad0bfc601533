"""Words of the lexicon found in a text by a spaCy span ruler: products, brands and places to buy."""

from __future__ import annotations

from functools import lru_cache

import spacy
from spacy.language import Language

from bot.nlu.entities.spans import Found
from bot.nlu.lexicon import Section, load_section

_SPANS = "lexicon"
_REACH = 3
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
    brands = load_section("brands")
    found: list[Found] = []
    for span in doc.spans[_SPANS]:
        start, end = span.start_char, span.end_char
        if _inside_latin(text, start, end):
            continue
        if span.label_ == "product" and _is_other_word(text, start, end):
            continue
        if span.label_ == "brand" and _is_plain_word(brands, text, start, end):
            continue
        boost = 1 if span.label_ == "product" and len(span.text) > 1 else 0
        found.append(Found(span.label_, start, end, span.id_, boost))
    return [find for find in found if not _too_short(text, find)]


def _inside_latin(text: str, start: int, end: int) -> bool:
    def latin(char: str) -> bool:
        return char.isascii() and char.isalpha()

    before = start > 0 and latin(text[start - 1]) and latin(text[start])
    after = end < len(text) and latin(text[end]) and latin(text[end - 1])
    return before or after


def _is_other_word(text: str, start: int, end: int) -> bool:
    """Tell whether a product's name is part of another word, or announces a phone number."""
    products = load_section("products")
    if products.pattern("phone_follows").match(text[end:]):
        return True
    around = products.pattern("not_products").finditer(text, max(0, start - _REACH), end + _REACH)
    return any(match.start() < end and start < match.end() for match in around)


def _is_plain_word(brands: Section, text: str, start: int, end: int) -> bool:
    if text[start:end].lower() not in brands.group("ambiguous"):
        return False
    return not brands.pattern("after_ambiguous").search(text[end : end + 8])


def _too_short(text: str, find: Found) -> bool:
    """Tell whether a one-character product (bag, lamp, bed) is only part of a longer word."""
    if find.entity != "product" or find.end - find.start > 1:
        return False
    section = load_section("products")
    before, after = text[: find.start], text[find.end :]
    return not (
        section.pattern("alone_before").search(before) and section.pattern("alone_after").match(after)
    )
