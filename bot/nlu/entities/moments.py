"""Reads expressions of time against `now`, also those that jionlp misses or takes for the future."""

from __future__ import annotations

import contextlib
import io
import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.nlu.lexicon import Section, load_section
from bot.nlu.numerals import spoken_digits, to_number

with contextlib.redirect_stdout(io.StringIO()):  # the package greets on standard output, where answers go
    import jionlp

_FEW = 3
_CENTURY = 2000
_NOVEMBER = 11
_MONTHS = {"month": 1, "year": 12}
_DAYS = {"day": 1, "week": 7}
_MOST_BACK = {"year": 60, "month": 720, "week": 3000, "day": 20000, "hour": 10000, "minute": 10000}
"""Counts beyond these are no statements about a purchase or an incident."""

_LAST_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def add_months(day: date, months: int) -> date:
    """Move a date by whole months; a missing day becomes the month's last."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def read_moment(kind: str, text: str, now: datetime) -> datetime | date | None:
    """Read one expression; `kind` is the group of the candidate pattern that found it. None if unreadable."""
    today = now.date()
    if kind == "shop":
        return _shopping_day(text, today)
    if kind in {"ago", "owned"}:
        return _back(text, now)
    if kind == "lastmonth":
        return _relative_month(text, today)
    if kind == "month":
        return _bare_month(text, today)
    if kind == "now":
        return today
    return _parsed(text, now)


def _year_of(section: Section, text: str, today: date) -> int | None:
    match = section.pattern("year_prefix").match(text)
    if not match:
        return None
    if match.group("number"):
        year = int(spoken_digits(match.group("number")))
        return year + _CENTURY if year < 100 else year  # noqa: PLR2004
    relative = match.group("relative")
    if section.pattern("two_years_before").search(relative):
        return today.year - 3
    if section.pattern("one_year_before").search(relative):
        return today.year - 2
    return today.year - 1 if section.pattern("last_year").search(relative) else today.year


def _shopping_day(text: str, today: date) -> date | None:
    section = load_section("times")
    days = section.table("shopping_days")
    name = next((word for word in sorted(days, key=len, reverse=True) if word in text), None)
    if name is None:
        return None
    month, day = (int(part) for part in days[name].split("-"))
    year = _year_of(section, text, today)
    if year is None:
        year = today.year if date(today.year, month, day) <= today else today.year - 1
    return date(year, month, day)


def _back(text: str, now: datetime) -> datetime | date | None:
    section = load_section("times")
    today = now.date()
    if section.pattern("half_month").match(text):
        return today - timedelta(days=15)
    if section.pattern("half_year").match(text):
        return add_months(today, -6)
    match = section.pattern("count_in").match(text)
    units = section.table("units")
    unit = next((units[word] for word in sorted(units, key=len, reverse=True) if word in text), None)
    if match is None or unit is None:
        return None
    return _units_back(unit, _count(section, match.group("count")), now)


def _units_back(unit: str, count: int | None, now: datetime) -> datetime | date | None:
    if count is None:
        return now.date()
    if count > _MOST_BACK[unit]:
        return None
    if unit in _MONTHS:
        return add_months(now.date(), -count * _MONTHS[unit])
    if unit in _DAYS:
        return now.date() - timedelta(days=count * _DAYS[unit])
    return now - timedelta(**{f"{unit}s": count})


def _count(section: Section, text: str) -> int | None:
    """Read how many units lie back; None when it is less than one."""
    if section.pattern("half_clock").match(text):
        return None
    if section.pattern("some").search(text):
        return _FEW + (10 if len(text) > 1 else 0)
    return int(to_number(text))


def _month_day(section: Section, text: str, year: int, month: int) -> date | None:
    match = section.pattern("day_value").search(text)
    if match:
        number = match.group("day")
        day = int(number) if number.isascii() else int(to_number(number))
    elif section.pattern("part_end").search(text):
        day = 25
    elif section.pattern("part_middle").search(text):
        day = 15
    else:
        day = 1
    return date(year, month, day) if 1 <= day <= _LAST_DAYS[month - 1] else None


def _relative_month(text: str, today: date) -> date | None:
    section = load_section("times")
    match = section.pattern("month_offset").match(text)
    if match is None:
        return None
    before = match.group("before")
    if section.pattern("two_months_before").match(before):
        offset = 2
    else:
        offset = 1 if section.pattern("one_month_before").match(before) else 0
    first = add_months(today.replace(day=1), -offset)
    return _month_day(section, text[match.end() :], first.year, first.month)


def _bare_month(text: str, today: date) -> date | None:
    section = load_section("times")
    match = section.pattern("month_value").search(text)
    if match is None:
        return None
    number = match.group("month")
    month = int(number) if number.isascii() else int(to_number(number))
    year = today.year if month <= today.month else today.year - 1
    return _month_day(section, text[match.end() :], year, month)


def _parsed(text: str, now: datetime) -> datetime | date | None:
    section = load_section("times")
    if section.pattern("few_days").match(text):
        return now.date() - timedelta(days=_FEW)
    text = section.pattern("dashed_day").sub(rf"\g<month>{section.pattern('month_sign').pattern}", text)
    moment = _jionlp(text, now)
    day = moment.date() if isinstance(moment, datetime) else moment
    if day and day > now.date() and section.pattern("bare_week_day").match(text):
        return (moment or day) - timedelta(days=7)
    if isinstance(moment, date) and section.pattern("year_end").search(text) and moment.month == _NOVEMBER:
        return moment.replace(month=12)
    return moment


def _jionlp(text: str, now: datetime) -> datetime | date | None:
    try:
        result: dict[str, Any] = jionlp.parse_time(text, time_base=now.replace(tzinfo=None))
        moments = [datetime.fromisoformat(moment) for moment in result["time"]]
    except (ValueError, KeyError, TypeError, IndexError, OverflowError, AttributeError, re.error):
        return None  # not a point in time that can be read: the words stay in the text
    start, end = moments[0], moments[-1]
    if end - start >= timedelta(hours=23) or not load_section("times").pattern("has_clock").search(text):
        return start.date()
    return datetime.combine(start.date(), time(start.hour, start.minute), tzinfo=now.tzinfo)


def not_after(moment: datetime | date, now: datetime) -> datetime | date:
    """Move a moment that lies ahead back by whole years: customers speak of what has been."""
    day = moment.date() if isinstance(moment, datetime) else moment
    while day > now.date():
        day = add_months(day, -12)
    if isinstance(moment, datetime):
        return moment.replace(year=day.year, month=day.month, day=day.day)
    return day
