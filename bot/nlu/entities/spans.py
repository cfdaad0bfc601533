"""What an extractor finds, and the one place where overlapping finds are settled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

RANKS: dict[str, int] = {
    "ticket_number": 100,
    "phone": 95,
    "order_number": 90,
    "material_number": 88,
    "serial_number": 85,
    "address": 80,
    "model": 70,
    "money": 65,
    "purchase_date": 60,
    "incident_time": 60,
    "defective_quantity": 56,
    "quantity": 55,
    "shop": 50,
    "staff": 45,
    "person_name": 40,
    "demand": 35,
    "fault": 30,
    "product": 20,
    "brand": 10,
}
"""Which entity keeps characters that two of them claim: numbers and addresses before words inside them."""


@dataclass(frozen=True)
class Found:
    """One entity in a folded text: characters `start` up to `end`, and the normalised value."""

    entity: str
    start: int
    end: int
    value: str
    boost: int = 0

    @property
    def rank(self) -> int:
        """Strength against other finds; `boost` marks finds with explicit words beside them."""
        return RANKS[self.entity] + self.boost


def value_span(match: re.Match[str]) -> tuple[int, int]:
    """Give the place of the one group `value`, `value2`, ... that a pattern has filled, or of the whole."""
    named = (name for name, words in match.groupdict().items() if name.startswith("value") and words)
    return match.span(next(named, 0))


def overlap(one: Found, other: Found) -> bool:
    """Tell whether two finds share a character."""
    return one.start < other.end and other.start < one.end


def resolve(found: Iterable[Found]) -> list[Found]:
    """Keep the strongest of overlapping finds (rank, then length, then place), in the order of the text."""
    kept: list[Found] = []
    for find in sorted(found, key=lambda f: (-f.rank, f.start - f.end, f.start, f.entity)):
        if find.start < find.end and not any(overlap(find, other) for other in kept):
            kept.append(find)
    return sorted(kept, key=lambda f: f.start)
