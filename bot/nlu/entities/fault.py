"""Symptoms in the customer's own words: what of a clause tells how the thing fails."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.nlu.entities.spans import Found
from bot.nlu.lexicon import Section, load_section

_LONGEST_LEFT = 9
"""Characters before the way of failing that may name its subject."""

_LONGEST_RIGHT = 5
"""Characters behind the way of failing that may still belong to it."""

_GAP = 6
"""Characters between two ways of failing up to which they are one symptom."""

_SHORTEST = 2
"""One character alone tells nothing: the particle after it stays."""

_HIDDEN = "\ufffc"


def is_symptom(text: str) -> bool:
    """Tell whether a piece of text tells of a way of failing."""
    return bool(_kernels(load_section("faults"), text))


def find_faults(text: str, taken: Sequence[Found] = ()) -> list[Found]:
    """Find `fault`, verbatim: one for each clause, or piece of a clause between the `taken` finds."""
    section = load_section("faults")
    chars = list(text)
    for find in taken:
        chars[find.start : find.end] = _HIDDEN * (find.end - find.start)
    return [
        Found("fault", start, end, text[start:end])
        for start, end in _spans(section, "".join(chars))
        if not section.pattern("service").search(text[start:end])
    ]


def _spans(section: Section, text: str) -> Iterator[tuple[int, int]]:
    for clause in section.pattern("segment").finditer(text):
        for piece in re.finditer(f"[^{_HIDDEN}]+", clause.group()):
            offset = clause.start() + piece.start()
            for start, end in _in_piece(section, piece.group()):
                yield offset + start, offset + end


def _in_piece(section: Section, piece: str) -> Iterator[tuple[int, int]]:
    floor = 0
    for first, last in _groups(section, piece):
        if first < floor:
            continue
        start = _left(section, piece, floor, first)
        end = max(_right(section, piece, last), min(start + _SHORTEST, last))
        if end - start > 1 or end - start == len(piece):
            yield start, end
            floor = end


def _kernels(section: Section, text: str) -> list[tuple[int, int]]:
    blocked = [match.span() for match in section.pattern("no_kernel").finditer(text)]
    words = [match.span() for match in section.pattern("kernel").finditer(text)]
    shapes = [match.span() for _, shape in section.matching("shape_") for match in shape.finditer(text)]
    return _united(
        [span for span in words if not any(_shared(span, other) for other in blocked)]
        + [span for span in shapes if not any(_is_mostly(span, other) for other in blocked)]
    )


def _shared(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _is_mostly(span: tuple[int, int], other: tuple[int, int]) -> bool:
    """Tell whether half of a span or more lies in another one."""
    return _shared(span, other) * 2 >= span[1] - span[0]


def _united(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Make one of those that overlap, in the order of the text."""
    united: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if united and start < united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


def _groups(section: Section, piece: str) -> list[tuple[int, int]]:
    """Join ways of failing that stand close together without a break between them."""
    groups: list[tuple[int, int]] = []
    for start, end in _kernels(section, piece):
        if groups and start - groups[-1][1] <= _GAP:
            between = piece[groups[-1][1] : start]
            if not section.pattern("right_break").search(between + piece[start : start + 4]) or not between:
                groups[-1] = (groups[-1][0], end)
                continue
        groups.append((start, end))
    return groups


def _left(section: Section, piece: str, floor: int, first: int) -> int:
    start = floor
    for match in section.pattern("left_break").finditer(piece, floor, first):
        start = match.end()
    if first - start > _LONGEST_LEFT:
        part = next((m.start() for m in section.pattern("part").finditer(piece, start, first)), None)
        start = part if part is not None else first
    if section.pattern("keep").match(piece[start:]):
        return start
    strip = section.pattern("left_strip").match(piece[start:first])
    return start + strip.end() if strip else start


def _right(section: Section, piece: str, last: int) -> int:
    rest = piece[last:]
    cut = section.pattern("right_break").search(rest)
    tail = rest[: cut.start()] if cut else rest
    end = last + len(tail) if len(tail) <= _LONGEST_RIGHT else last
    kept = section.pattern("right_strip").sub("", piece[last:end])
    return last + len(kept) if kept else last - _loose(section, piece[:last])


def _loose(section: Section, text: str) -> int:
    match = section.pattern("right_strip").search(text)
    return len(match.group()) if match else 0
