"""When is worked (policy/calendar.yml; R5-5): hours by calendar, public holidays, make-up days 调休.

Official days come from https://pypi.org/project/chinesecalendar/ (holiday notices of the State Council).
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from chinese_calendar import constants as notices
from pydantic import BaseModel, ConfigDict, Field

from backend.policy.reading import CLAUSE, PolicyError, content

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SATURDAY = 5
DAY_MINUTES = 24 * 60
WINDOW = re.compile(r"^(\d\d):([0-5]\d)-(\d\d):([0-5]\d)$")
EDITION_CHARACTERS = 8

Window = tuple[int, int]
"""Begin and end in minutes of the day; the end may be 24:00."""


class DayKind(StrEnum):
    """What a day is to a calendar that keeps public holidays."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKEUP = "makeup"
    CLOSED = "closed"


class _WeekFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    days: list[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]] = Field(min_length=1)
    windows: list[str] = Field(min_length=1)


class _HoursFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1)
    week: list[_WeekFile] = Field(min_length=1)
    holidays: Literal["closed", "open"]
    special: dict[date, list[str]] = Field(default_factory=dict)
    source: str = Field(pattern=CLAUSE)


class _OfficialFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    holidays: dict[date, str]
    makeup_days: list[date]


class _CalendarFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    time_zone: str
    last_day_moves_off: Literal["public_holidays", "rest_days"]
    official: dict[Annotated[int, Field(ge=1949, le=9000)], _OfficialFile] = Field(default_factory=dict)
    closed: dict[date, str] = Field(default_factory=dict)
    worked: dict[date, str] = Field(default_factory=dict)
    calendars: dict[str, _HoursFile] = Field(min_length=1)
    default: str
    departments: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True)
class PublicDays:
    """Public holidays by name, make-up days, the years they are known for, and the company's exceptions."""

    holidays: Mapping[date, str]
    makeup_days: frozenset[date]
    years: frozenset[int]
    closed: Mapping[date, str]
    worked: Mapping[date, str]
    rest_days_move: bool = False

    def is_official(self, year: int) -> bool:
        """Whether the year's holiday notice is known; else only weekends are."""
        return year in self.years

    def kind(self, day: date) -> DayKind:
        """What the day is; the company's exceptions go first."""
        if day in self.closed:
            return DayKind.CLOSED
        if day in self.worked or day in self.makeup_days:
            return DayKind.MAKEUP
        if day in self.holidays:
            return DayKind.HOLIDAY
        return DayKind.WEEKEND if day.weekday() >= SATURDAY else DayKind.WORKDAY

    def name(self, day: date) -> str | None:
        """Why the day is not, or is exceptionally, worked, where there is a name for it."""
        return self.closed.get(day) or self.worked.get(day) or self.holidays.get(day)

    def moved_on(self, day: date) -> date:
        """The day itself, or the next one that is no public holiday (Civil Code art. 203)."""
        while self._ends_no_period(day):
            day += timedelta(days=1)
        return day

    def moved_back(self, day: date) -> date:
        """The day itself, or the one before it that is no public holiday: for what must be done ahead."""
        while self._ends_no_period(day):
            day -= timedelta(days=1)
        return day

    def _ends_no_period(self, day: date) -> bool:
        if day in self.holidays:
            return True
        return self.rest_days_move and day not in self.makeup_days and day.weekday() >= SATURDAY

    @cached_property
    def edition(self) -> str:
        """What identifies the known days: changes when a year's notice arrives, also by a new package."""
        known = [*sorted(self.holidays), *sorted(self.makeup_days)]
        digest = hashlib.sha256("".join(day.isoformat() for day in known).encode())
        return digest.hexdigest()[:EDITION_CHARACTERS]


@dataclass(frozen=True)
class Hours:
    """A calendar's rules. `week` has each weekday's windows from Monday, `makeup` those of make-up days."""

    id: str
    name: str
    zone: ZoneInfo
    week: tuple[tuple[Window, ...], ...]
    makeup: tuple[Window, ...]
    keeps_holidays: bool
    special: Mapping[date, tuple[Window, ...]]
    days: PublicDays

    def windows(self, day: date) -> tuple[Window, ...]:
        """The working windows of a day, none if it is not worked."""
        if day in self.special:
            return self.special[day]
        usual = self.week[day.weekday()]
        if not self.keeps_holidays:
            return usual
        kind = self.days.kind(day)
        if kind in {DayKind.CLOSED, DayKind.HOLIDAY}:
            return ()
        return usual or self.makeup if kind is DayKind.MAKEUP else usual

    def open_at(self, moment: datetime) -> bool:
        """Whether the moment lies in a working window; a window's end does not."""
        local = moment.astimezone(self.zone)
        minute = local.hour * 60 + local.minute
        return any(begin <= minute < end for begin, end in self.windows(local.date()))


@dataclass(frozen=True, slots=True)
class CalendarPolicy:
    """All calendars, and who keeps which."""

    zone: ZoneInfo
    days: PublicDays
    calendars: Mapping[str, Hours]
    default: str
    departments: Mapping[str, str]

    def of(self, department: str | None) -> Hours:
        """The calendar that a department keeps."""
        return self.calendars[self.departments.get(department or "", self.default)]


def read_calendar(path: Path) -> CalendarPolicy:
    """Calendars by id, and the public days they rest on.

    Raises:
        PolicyError: the file is wrong.
    """
    file = content(path, _CalendarFile)
    try:
        zone = ZoneInfo(file.time_zone)
    except (OSError, ValueError, KeyError) as error:
        raise PolicyError(path.name, "-", "time_zone", str(error)) from error
    days = _public_days(path.name, file)
    calendars = {name: _hours(path.name, name, entry, zone, days) for name, entry in file.calendars.items()}
    for department, calendar in {"default": file.default, **file.departments}.items():
        if calendar not in calendars:
            raise PolicyError(path.name, "-", department, f"{calendar!r} is not among the calendars")
    return CalendarPolicy(
        zone, days, MappingProxyType(calendars), file.default, MappingProxyType(dict(file.departments))
    )


def _public_days(file_name: str, file: _CalendarFile) -> PublicDays:
    both = sorted(set(file.closed) & set(file.worked))
    if both:
        raise PolicyError(file_name, "-", "closed", f"{both[0]} is also under `worked`")
    holidays = {day: notices.Holiday(name).chinese for day, name in notices.holidays.items()}
    makeup = set(notices.workdays)
    for year, entry in file.official.items():
        strange = [day for day in [*entry.holidays, *entry.makeup_days] if day.year != year]
        if strange:
            raise PolicyError(file_name, str(year), "official", f"{strange[0]} is not in {year}")
        holidays = {day: name for day, name in holidays.items() if day.year != year} | entry.holidays
        makeup = {day for day in makeup if day.year != year} | set(entry.makeup_days)
    return PublicDays(
        MappingProxyType(holidays),
        frozenset(makeup),
        frozenset(day.year for day in notices.holidays) | frozenset(file.official),
        MappingProxyType(dict(file.closed)),
        MappingProxyType(dict(file.worked)),
        rest_days_move=file.last_day_moves_off == "rest_days",
    )


def _hours(file: str, name: str, entry: _HoursFile, zone: ZoneInfo, days: PublicDays) -> Hours:
    week: dict[str, tuple[Window, ...]] = {}
    for part in entry.week:
        windows = _windows(file, name, part.windows)
        for day in part.days:
            if day in week:
                raise PolicyError(file, name, "days", f"{day!r} is given twice")
            week[day] = windows
    special = {day: _windows(file, name, windows) for day, windows in entry.special.items()}
    return Hours(
        id=name,
        name=entry.name,
        zone=zone,
        week=tuple(week.get(day, ()) for day in WEEK),
        makeup=week[entry.week[0].days[0]],
        keeps_holidays=entry.holidays == "closed",
        special=MappingProxyType(special),
        days=days,
    )


def _windows(file: str, calendar: str, texts: list[str]) -> tuple[Window, ...]:
    windows: list[Window] = []
    for text in texts:
        found = WINDOW.match(text)
        begin, end = _minutes(found) if found else (0, 0)
        if not 0 <= begin < end <= DAY_MINUTES:
            raise PolicyError(file, calendar, "windows", f"{text!r} is no window such as 09:00-12:00")
        if windows and begin < windows[-1][1]:
            raise PolicyError(file, calendar, "windows", f"{text!r} begins before the one before it ends")
        windows.append((begin, end))
    return tuple(windows)


def _minutes(found: re.Match[str]) -> Window:
    hours, minutes, end_hours, end_minutes = (int(group) for group in found.groups())
    return hours * 60 + minutes, end_hours * 60 + end_minutes
