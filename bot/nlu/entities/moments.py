"""Reads expressions of time against `now`: the day, the hour if one is told, and how exact the words are."""

from __future__ import annotations

import contextlib
import io
import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum

from bot.nlu.entities.clock import read_time
from bot.nlu.lexicon import Section, load_section
from bot.nlu.numerals import spoken_digits, to_number

with contextlib.redirect_stdout(io.StringIO()):  # the package greets on standard output, where answers go
    import jionlp

_FEW = 3
_CENTURY = 2000
_OLDEST = 60
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DAYS = {"day": 1, "week": 7}
_MOST_BACK = {"year": 60, "quarter": 240, "month": 720, "week": 3000, "day": 20000}
"""Counts beyond these are no statements about a purchase or an incident."""

_LAST_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DECEMBER = 12
_WITH_PART_OF_DAY = ("day", "clock")


class Exact(Enum):
    """How exact a date is; the value is how much of an ISO date is known."""

    YEAR = 4
    MONTH = 7
    DAY = 10


@dataclass(frozen=True)
class Moment:
    """A day (the first one, if only month or year are told), an hour, and how exact the day is."""

    day: date
    exact: Exact = Exact.DAY
    clock: time | None = None

    def as_purchase(self) -> str:
        """Give the date as exact as the words."""
        return self.day.isoformat()[: self.exact.value]

    def as_incident(self, now: datetime) -> str:
        """Give an ISO date, or date and time if an hour was told."""
        if self.clock is None:
            return self.day.isoformat()
        return datetime.combine(self.day, self.clock, tzinfo=now.tzinfo).isoformat(timespec="minutes")


def add_months(day: date, months: int) -> date:
    """Move a date by whole months; a missing day becomes the month's last."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def read_moment(match: re.Match[str], now: datetime) -> Moment | None:
    """Read what the candidate pattern found; None if it is no day, or lies ahead. Never after `now`."""
    kind = next(name for name in _READERS if match.group(name) is not None)
    when = next((text for name, text in match.groupdict().items() if name.endswith("_when") and text), None)
    words = match.group(kind).strip()
    try:
        moment = _READERS[kind](words, now)
    except (ValueError, OverflowError):
        return None  # a day that no calendar has: the words stay in the text
    if moment is None:
        return None
    clock = read_time((words if kind in _WITH_PART_OF_DAY else "") + (when or ""))
    if clock is not None and moment.exact is Exact.DAY:
        moment = replace(moment, clock=clock)
    return moment if moment.day <= now.date() else None


def read_span_back(text: str, now: datetime) -> Moment | None:
    """Read how long ago something was; as exact as its unit."""
    section = load_section("times")
    today = now.date()
    if section.pattern("half_month").search(text):
        return Moment(today - timedelta(days=15))
    if section.pattern("half_year").search(text) and not section.pattern("half_more").search(text):
        return Moment(add_months(today, -6), Exact.MONTH)
    match = section.pattern("count_in").search(text)
    units = section.table("units")
    unit = next((units[word] for word in sorted(units, key=len, reverse=True) if word in text), None)
    if match is None or unit not in _MOST_BACK:
        return None
    count = _count(section, match.group("count"))
    if count is None or count > _MOST_BACK[unit]:
        return None
    more = section.pattern("half_more").search(text)
    if unit in _DAYS:
        return Moment(today - timedelta(days=count * _DAYS[unit]))
    months = count * _MONTHS[unit]
    if more and unit == "year":
        months += int(to_number(more.group("months"))) if more.group("months") else 6
    return Moment(add_months(today, -months), Exact.YEAR if unit == "year" and not more else Exact.MONTH)


def _count(section: Section, text: str) -> int | None:
    """Read how many units lie back; None when it is less than one."""
    if text == section.table("relative_signs")["half"]:
        return None
    if section.pattern("some").search(text):
        return _FEW + (10 if len(text) > 1 else 0)
    return int(to_number(text))


def _same_time(words: str, now: datetime) -> Moment | None:
    year = _told_year(words, now.date())
    return Moment(now.date().replace(day=1, year=year or now.year), Exact.MONTH)


def _told_year(words: str, today: date) -> int | None:
    section = load_section("times")
    number = section.pattern("year_number").match(words)
    if number:
        year = int(spoken_digits(number.group("number")))
        return year + _CENTURY if year < 100 else year  # noqa: PLR2004
    word = section.pattern("year_word").match(words)
    return today.year - int(section.table("relative_years")[word.group("relative")]) if word else None


def _month_away(words: str, now: datetime) -> Moment | None:
    section = load_section("times")
    match = section.pattern("month_offset").match(words)
    if match is None:
        return None
    back = match.group("before").count(section.table("relative_signs")["last"])
    return _in_month(words[match.end() :], add_months(now.date().replace(day=1), -back))


def _in_month(words: str, first: date) -> Moment:
    match = load_section("times").pattern("day_value").search(words)
    if match is None:
        return Moment(first, Exact.MONTH)
    number = match.group("day")
    return Moment(first.replace(day=int(number) if number.isascii() else int(to_number(number))))


def _iso(words: str, _now: datetime) -> Moment | None:
    match = load_section("times").pattern("whole_day").match(words)
    if match is None:
        return None
    text = re.sub(r"\D", "", words)
    if text == words:
        return Moment(date(int(text[:4]), int(text[4:6]), int(text[6:8])))
    first = date(int(match.group("year")), int(match.group("month")), int(match.group("day") or 1))
    return Moment(first, Exact.DAY if match.group("day") else Exact.MONTH)


def _feast(words: str, now: datetime) -> Moment | None:
    section = load_section("times")
    year = _told_year(words, now.date())
    solar, lunar = section.table("feasts"), section.table("moon_feasts")
    name = max((word for word in (*solar, *lunar) if word in words), key=len)
    day_of = _solar_day if name in solar else _lunar_day
    month, number = (int(part) for part in (solar.get(name) or lunar[name]).split("-"))
    day = _last_feast(day_of, year, month, number, now.date())
    ahead = section.pattern("before_feast").match(words.rpartition(name)[2])
    return Moment(day.replace(day=1), Exact.MONTH) if ahead else Moment(day)


def _solar_day(year: int, month: int, day: int) -> date:
    return date(year, month, day)


def _lunar_day(year: int, month: int, day: int) -> date:
    """Give the day of a feast by the moon in a year; New Year's Eve is the day before New Year."""
    if (month, day) == (_DECEMBER, 30):
        return jionlp.lunar2solar(year, 1, 1, False).date() - timedelta(days=1)  # type: ignore[no-any-return]
    lunar_year = year - 1 if month == _DECEMBER else year
    return jionlp.lunar2solar(lunar_year, month, day, False).date()  # type: ignore[no-any-return]


def _calendar(words: str, now: datetime) -> Moment | None:
    section = load_section("times")
    today = now.date()
    if section.pattern("this_month").match(words):
        return Moment(today.replace(day=1), Exact.MONTH)
    dashed = section.pattern("dashed_day").match(words)
    if dashed:
        return _last(today, int(dashed.group("month")), int(dashed.group("day")))
    year = _told_year(words, today)
    month = section.pattern("month_value").search(words)
    if month:
        return _month_of(words, month, year, today)
    if section.pattern("year_part").search(words) or section.pattern("this_year").match(words):
        return _part_of_year(section, words, year, today)
    if year is not None:
        return Moment(date(year, 1, 1), Exact.YEAR) if today.year - _OLDEST <= year <= today.year else None
    return _day_of_month(section, words, today)


def _month_of(words: str, match: re.Match[str], year: int | None, today: date) -> Moment | None:
    number = match.group("month")
    names = load_section("times").table("months")
    month = int(number) if number.isascii() else int(names.get(number) or to_number(number))
    section, rest = load_section("times"), words[match.end() :]
    day = section.pattern("day_value").search(rest) or section.pattern("day_loose").match(rest)
    if day is not None:
        told = day.group("day")
        which = int(told) if told.isascii() else int(to_number(told))
        return Moment(date(year, month, which)) if year else _last(today, month, which)
    moon = section.pattern("day_moon").match(rest)
    if moon is not None:
        return Moment(_last_feast(_lunar_day, year, month, int(to_number(moon.group("day"))), today))
    first = date(year or today.year, month, 1)
    if year is None and first > today:
        first = first.replace(year=today.year - 1)
    return Moment(first, Exact.MONTH)


def _last_feast(
    day_of: Callable[[int, int, int], date], year: int | None, month: int, day: int, today: date
) -> date:
    """Give a day by the calendar `day_of`; without a year the last one that has passed."""
    told = day_of(year or today.year, month, day)
    return day_of(today.year - 1, month, day) if year is None and told > today else told


def _last(today: date, month: int, day: int) -> Moment | None:
    """Give the last such day that has passed, or is today."""
    if not (1 <= month <= _DECEMBER and 1 <= day <= _LAST_DAYS[month - 1]):
        return None
    for year in range(today.year, today.year - 9, -1):
        if day <= monthrange(year, month)[1] and date(year, month, day) <= today:
            return Moment(date(year, month, day))
    return None


def _part_of_year(section: Section, words: str, year: int | None, today: date) -> Moment:
    month = 1
    if section.pattern("year_last").search(words):
        month = _DECEMBER
    elif section.pattern("year_middle").search(words):
        month = 6
    first = date(year or today.year, month, 1)
    if year is None and first > today:
        first = first.replace(year=today.year - 1)
    return Moment(first, Exact.MONTH)


def _day_of_month(section: Section, words: str, today: date) -> Moment | None:
    match = section.pattern("day_value").search(words)
    if match is None:
        return None
    number = match.group("day")
    day = int(number) if number.isascii() else int(to_number(number))
    for back in range(4):
        first = add_months(today.replace(day=1), -back)
        if 1 <= day <= monthrange(first.year, first.month)[1] and first.replace(day=day) <= today:
            return Moment(first.replace(day=day))
    return None


def _week(words: str, now: datetime) -> Moment | None:
    section = load_section("times")
    before = section.pattern("week_before").match(words)
    told = before.group("before") if before else None
    name = section.pattern("week_name").search(words)
    number = int(section.table("week_days")[name.group("name")]) if name else 0
    monday = now.date() - timedelta(days=now.weekday())
    weeks = int(section.table("weeks_back").get(told or "", "0"))
    day = monday + timedelta(days=number - 7 * weeks)
    return Moment(day - timedelta(days=7) if told is None and day > now.date() else day)


def _day(words: str, now: datetime) -> Moment | None:
    days = load_section("times").table("relative_days")
    back = next(
        (int(days[word]) for word in sorted(days, key=len, reverse=True) if words.startswith(word)), 0
    )
    return Moment(now.date() - timedelta(days=back))


_READERS: dict[str, Callable[[str, datetime], Moment | None]] = {
    "sametime": _same_time,
    "ago": read_span_back,
    "month_away": _month_away,
    "iso": _iso,
    "feast": _feast,
    "calendar": _calendar,
    "week": _week,
    "day": _day,
    "vague": lambda _words, now: Moment(now.date() - timedelta(days=_FEW)),
    "clock": lambda _words, now: Moment(now.date()),
}
"""By the group of the candidate pattern."""
