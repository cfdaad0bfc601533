"""Reads an hour of the day as it is spoken."""

from __future__ import annotations

from datetime import time

from bot.nlu.lexicon import load_section
from bot.nlu.numerals import to_number

_NOON = 12
_LAST_HOUR = 24
_LATE = 5
"""From this hour on, a number said with `night` is one of the evening."""

_MINUTES = 60


def read_time(text: str) -> time | None:
    """Read the hour that a text tells; None if it names only a part of the day, or none at all."""
    section = load_section("times")
    match = section.pattern("hour_value").search(text)
    if match is None:
        return None
    hour = _number(match.group("hour"))
    if hour > _LAST_HOUR:
        return None
    return time(_hour(hour, _part(text[: match.start()])) % _LAST_HOUR, _minute(match.group("minute")))


def _number(text: str) -> int:
    return int(text) if text.isascii() else int(to_number(text))


def _part(text: str) -> str:
    parts = load_section("times").table("parts_of_day")
    return next((parts[word] for word in sorted(parts, key=len, reverse=True) if word in text), "")


def _hour(hour: int, part: str) -> int:
    if hour >= _NOON:
        return 0 if hour == _NOON and part in {"night", "midnight"} else hour
    if part == "later" or (part == "midnight" and hour > _LATE):
        return hour + _NOON
    if part == "noon" and hour < _LATE:
        return hour + _NOON
    return hour


def _minute(text: str | None) -> int:
    if not text:
        return 0
    quarters = load_section("times").table("quarters")
    minute = int(quarters[text]) if text in quarters else _number(text)
    return minute if minute < _MINUTES else 0
