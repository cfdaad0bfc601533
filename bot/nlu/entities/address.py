"""Postal addresses, from the region (any part of it may be missing) down to the door."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from bot.nlu.entities.spans import Found
from bot.nlu.lexicon import load_section

with contextlib.redirect_stdout(io.StringIO()):  # the package greets on standard output, where answers go
    import jionlp

_CONTEXT = 8
_SHORT_REGION = 2
_SHORTEST = 4
_PLACE = 3
_WHOLE = 6
"""A text that is nothing but regions is an address from this length on."""


@lru_cache(maxsize=1)
def _region() -> str:
    """Build a pattern of the name of one province, city or county, long or short, from the gazetteer."""
    names: set[str] = set()
    short: set[str] = set()
    for province, cities in _children(jionlp.china_location_loader()):
        names.update({province, *_aliases(cities)})
        for city, counties in _children(cities):
            names.update({city, *_aliases(counties)})
            for county, towns in _children(counties):
                names.add(county)
                short.update(_aliases(towns))
    section = load_section("addresses")
    whole, suffix, no_suffix = (
        _any_of(names),
        section.snippets["region_end"],
        section.snippets["no_region_end"],
    )
    return f"(?:{whole}{suffix}|{_any_of(short)}{no_suffix})"


@lru_cache(maxsize=1)
def _regions() -> re.Pattern[str]:
    """Build a pattern of regions one within the other, with a word for "of" between them or not."""
    of = load_section("addresses").snippets["of"]
    return re.compile(f"{_region()}(?:{of}?{_region()})*")


@lru_cache(maxsize=1)
def _two_regions() -> re.Pattern[str]:
    of = load_section("addresses").snippets["of"]
    return re.compile(f"{_region()}{of}?{_region()}")


def _any_of(names: Iterable[str]) -> str:
    usable = sorted((name for name in names if len(name) >= _SHORT_REGION), key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, usable)) + ")"


def _children(node: Any) -> list[tuple[str, Any]]:
    return (
        [(name, child) for name, child in node.items() if not name.startswith("_")]
        if isinstance(node, dict)
        else []
    )


def _aliases(node: Any) -> list[str]:
    known = node.get("_alias") if isinstance(node, dict) else None
    return [known] if isinstance(known, str) else list(known or ())


def find_addresses(text: str) -> list[Found]:
    """Find addresses; the value is the address without blanks. A region alone counts only after a cue."""
    section = load_section("addresses")
    found: list[Found] = []
    position = 0
    while region := _regions().search(text, position):
        rest = section.pattern("from_region").match(text, region.end())
        end = rest.end() if rest else region.end()
        body = text[region.end() : end]
        cued = bool(
            section.pattern("cue_before").search(text[max(0, region.start() - _CONTEXT) : region.start()])
        )
        whole = end - region.start() >= max(len(text.strip()), _WHOLE) or _is_clause(
            text, region.start(), end
        )
        doubtful = text[region.start() : region.end()] in section.group("doubtful_regions")
        if not doubtful and ((body and section.pattern("has_door").search(body)) or cued or whole):
            found.append(_found(text, region.start(), end))
        position = max(end, region.end())
    for name in ("small_anchored", "anchored"):
        for match in section.pattern(name).finditer(text):
            start = match.start() + _leading(text[match.start() : match.end()])
            if name == "anchored" or section.pattern("has_door").search(text[start : match.end()]):
                found.append(_found(text, start, match.end()))
    found = [find for find in found if any(map(str.isdigit, find.value)) or len(find.value) >= _SHORTEST]
    places = (match for name in ("cued_place", "housed") for match in section.pattern(name).finditer(text))
    return found + [
        _found(text, *match.span("value")) for match in places if len(match.group("value")) >= _PLACE
    ]


def _is_clause(text: str, start: int, end: int) -> bool:
    """Tell whether a clause is nothing but a region of two levels, such as a city and its district."""
    section = load_section("addresses")
    two = section.pattern("levels").match(text[start:end]) or _two_regions().match(text, start, end)
    return bool(
        two
        and section.pattern("clause_before").search(text[max(0, start - _CONTEXT) : start])
        and section.pattern("clause_after").match(text[end:])
    )


def _leading(text: str) -> int:
    match = load_section("addresses").pattern("leading").match(text)
    return match.end() if match else 0


def _found(text: str, start: int, end: int) -> Found:
    piece = text[start:end].rstrip(" ,")
    return Found("address", start, start + len(piece), "".join(piece.split()), len(piece) // 8)
