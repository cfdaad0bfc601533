"""Shops and dealers, known by what their names end in, or by a brand where one buys."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.nlu.entities.spans import Found
from bot.nlu.lexicon import Section, load_section

_JOINED = 8
_REACH = 6
_BRANCH = 10
_ABOVE_ADDRESS = 32
"""The street of a shop is part of its name."""


def find_shops(text: str, words: Sequence[Found] = ()) -> list[Found]:
    """Find `shop`, verbatim; `words` are the brands and platforms that the text names."""
    section = load_section("shops")
    named: list[Found] = []
    for match in section.pattern("named").finditer(text):
        if section.pattern("not_shop").search(match.group()):
            continue
        found = Found("shop", match.start(), match.end(), match.group(), 1)
        whole = _from_platform(text, found, words)
        if whole != found or not _is_any(text, match):
            named.append(whole)
    return named + _placed(section, text) + _branches(text, words) + _brands(text, words)


def _placed(section: Section, text: str) -> list[Found]:
    """Find shops known by their street, by what they are called, or by the trade in their name."""
    places = [match.span() for match in section.pattern("placed").finditer(text)]
    names = [
        match.span("value") for name in ("called", "traded") for match in section.pattern(name).finditer(text)
    ]
    return [Found("shop", start, end, text[start:end], _ABOVE_ADDRESS) for start, end in places] + [
        Found("shop", start, end, text[start:end], 1) for start, end in names
    ]


def _sells(section: Section, before: str, after: str) -> bool:
    """Tell whether one buys at the brand that stands between the two."""
    if section.pattern("bought_at").match(after):
        return True
    at = section.pattern("at_brand_before").search(before) and section.pattern("at_brand_after").match(after)
    return bool(at)


def _is_any(text: str, match: re.Match[str]) -> bool:
    """Tell whether only the word for a kind of shop stands there, with no sign of anything bought in it."""
    section = load_section("shops")
    if not section.pattern("bare").match(match.group()):
        return False
    before, after = (
        text[max(0, match.start() - _REACH) : match.start()],
        text[match.end() : match.end() + _REACH],
    )
    return not (section.pattern("bare_before").search(before) or section.pattern("bare_after").match(after))


def _from_platform(text: str, found: Found, words: Sequence[Found]) -> Found:
    """Let the name of a shop begin with the platform, chain or brand that stands right before it."""
    section = load_section("shops")
    start = found.start
    for word in sorted(words, key=lambda one: -one.start):
        between = text[word.end : start]
        near = word.entity in {"shop", "brand"} and word.end <= start and len(between) <= _JOINED
        if near and between in section.group("links"):
            start = word.start
    return Found("shop", start, found.end, text[start : found.end], found.boost)


def _branches(text: str, words: Sequence[Found]) -> list[Found]:
    """Find the branch of a chain or a brand: its name, a place, and the word for shop."""
    pattern = load_section("shops").pattern("branch")
    branches = [
        (word, match)
        for word in words
        if word.entity in {"shop", "brand"} and (match := pattern.match(text[word.end : word.end + _BRANCH]))
    ]
    ends = [(word.start, word.end + match.end()) for word, match in branches]
    return [Found("shop", start, end, text[start:end], 1) for start, end in ends]


def _brands(text: str, words: Sequence[Found]) -> list[Found]:
    section = load_section("shops")
    return [
        Found("shop", word.start, word.end, text[word.start : word.end])
        for word in words
        if word.entity == "brand"
        and _sells(
            section, text[max(0, word.start - _REACH) : word.start], text[word.end : word.end + _REACH]
        )
        and not section.pattern("selling").match(text[word.end : word.end + _REACH])
    ]
