"""Dates as people know them: a day, or only the month or the year it was in. Pure."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

FIRST_YEAR, LAST_YEAR = 1949, 2100
WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The first and the last day that are meant; the same day where it is known exactly."""

    first: date
    last: date

    @property
    def exact(self) -> bool:
        """Whether one day is meant."""
        return self.first == self.last

    def up_to(self, day: date) -> "Span":
        """The part of it that is not after a day on which, or before which, it has begun."""
        return Span(self.first, min(self.last, day))


def on(day: date) -> Span:
    """Exactly that day."""
    return Span(day, day)


def read(written: Any) -> Any:
    """`2025-03-08`, `2025-03`, `2025` or a date as a span; pydantic refuses anything else.

    Raises:
        ValueError: it looks like a date and is none, or is beyond the years that can be meant.
    """
    if isinstance(written, date):
        return on(sensible(written))
    if not isinstance(written, str):
        return written
    found = WRITTEN.fullmatch(written.strip())
    if found is None:
        raise ValueError("a date is written 2025-03-08, or 2025-03, or 2025")
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None  # noqa: S101  # the pattern has it
    first = sensible(date(year, month or 1, day or 1))
    if day:
        return on(first)
    last_month = month or 12
    return Span(first, date(year, last_month, calendar.monthrange(year, last_month)[1]))


def sensible(day: date) -> date:
    """The day, if somebody can have bought something on it.

    Raises:
        ValueError: it is before 1949 or after 2100.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"the year is not between {FIRST_YEAR} and {LAST_YEAR}")
    return day


def write(span: Span) -> str:
    """A span as it was read."""
    if span.exact:
        return span.first.isoformat()
    same_month = span.first.month == span.last.month
    return span.first.isoformat()[:7] if same_month else str(span.first.year)


SpanField = Annotated[
    Span,
    BeforeValidator(read),
    PlainSerializer(write, return_type=str),
    WithJsonSchema({"type": "string", "examples": ["2025-03-08", "2025-03", "2025"]}),
]
"""A span as JSON holds it."""
