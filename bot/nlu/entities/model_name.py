"""Model names of products, such as a heater's JSQ30-16E, told from units and standards."""

from __future__ import annotations

import re

from bot.nlu.entities.spans import Found
from bot.nlu.lexicon import Section, load_section

_UNIT_SHAPE = re.compile(r"^[0-9]+(?:\.[0-9]+)?([a-z]+)$")
_HAS_LETTER = re.compile(r"[a-z]")
_HAS_DIGIT = re.compile(r"[0-9]")
_FAULT_CODE = re.compile(r"^[ef]-?[0-9]{1,2}$")
_MIN_BARE = 2
_CONTEXT = 14
_MAX_BARE = 24
_CUE_BOOST = 20


def find_models(text: str, brand_ends: tuple[int, ...] = ()) -> list[Found]:
    """Find model names; after a brand (its end is in `brand_ends`) bare digits count too."""
    section = load_section("numbers")
    lowered = text.lower()
    found = [
        Found("model", *match.span("value"), _value(text, match), _CUE_BOOST)
        for match in section.pattern("model_cued").finditer(lowered)
        if _HAS_DIGIT.search(match.group("value")) or len(match.group("value")) > _MIN_BARE
    ]
    found += [
        Found("model", *match.span(), match.group().strip(), 1)
        for match in section.pattern("model_worded").finditer(text)
        if match.group("value2") or _HAS_DIGIT.search(match.group("value"))
    ]
    found += [
        Found("model", *match.span("value"), _value(text, match))
        for match in section.pattern("model_bare").finditer(lowered)
        if _is_model(section, match.group("value"))
        and not section.pattern("identity_before").search(
            lowered[max(0, match.start() - _CONTEXT) : match.start()]
        )
    ]
    found = [find for find in found if not any(find.start < end < find.end for end in brand_ends)]
    for end in brand_ends:
        match = section.pattern("model_branded").match(lowered[end:])
        if match and _HAS_DIGIT.search(match.group("value")):
            start, stop = (end + place for place in match.span("value"))
            found.append(Found("model", start, stop, text[start:stop].strip()))
    return found


def _value(text: str, match: re.Match[str]) -> str:
    start, end = match.span("value")
    return text[start:end].strip()


def _is_model(section: Section, candidate: str) -> bool:
    if not _MIN_BARE <= len(candidate) <= _MAX_BARE:
        return False
    if candidate in section.group("not_models") or _FAULT_CODE.match(candidate):
        return False
    unit = _UNIT_SHAPE.match(candidate)
    if unit and unit.group(1) in section.group("units_not_models"):
        return False
    return bool(_HAS_LETTER.search(candidate) and _HAS_DIGIT.search(candidate))
