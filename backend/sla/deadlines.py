"""When a clock runs out, how much of it is gone, when it warns. Pure.

A term of any unit comes down to a measure (working time, or plain time) and so much of it:

- working hours: counted inside windows only; used up at a window's end they are due there.
- working days: to the end of the last window of the n-th worked day after the day of the start.
- next day: to the end of the next day's last window, or of the next worked day (R1-4.3(6)).
- hours: plain time; public holidays count as a pause where policy excepts them (R10-4.1.3).
- days, months: the first day does not count; to the end of the last day (Civil Code art. 201, 202).
  A last day that is a public holiday moves on (art. 203), or back for what must be done ahead.

What was paused is added at the end: in hours as it is, no more and no less; in days by the days that it
takes, its first day not counted and only worked ones where the term counts those, so that days always end at
a day's end. Overlapping pauses count once. Nothing (an amount of zero) is due at once.
"""

import calendar as months_of
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from backend.policy.calendar import DAY_MINUTES
from backend.policy.clock_rules import Unit, Warn
from backend.sla.calendar import EPOCH, SECOND, WorkCalendar, instant

HOUR = 3_600_000_000

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pause:
    """Time that does not count, and why."""

    since: datetime
    until: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """So much of a unit; `before` counts it backwards."""

    unit: Unit
    amount: float
    before: bool = False
    excepts_holidays: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a clock runs out (UTC). Of `guessed_years` only weekends are known, not public holidays."""

    due_at: datetime
    guessed_years: tuple[int, ...]


class PauseError(ValueError):
    """A pause ends before it begins."""


def due(term: Term, start: datetime, calendar: WorkCalendar, pauses: Collection[Pause] = ()) -> Deadline:
    """When the term that begins at `start` is over.

    Raises:
        PauseError: a pause ends before it begins.
        OutOfRangeError: the end lies beyond what can be counted.
        ValueError: a moment has no time zone.
    """
    begin = instant(start)
    end = _due(term, begin, calendar, spans(pauses))
    return Deadline(_moment(end), _guessed_years(term, calendar, min(begin, end), max(begin, end)))


def elapsed(
    term: Term, start: datetime, at: datetime, calendar: WorkCalendar, pauses: Collection[Pause] = ()
) -> timedelta:
    """How much counted time, working or plain, lies between the start and a moment; none before it."""
    begin, now = instant(start), instant(at)
    if now <= begin:
        return timedelta()
    return timedelta(microseconds=_elapsed(term, begin, now, calendar, spans(pauses)))


def remaining(
    term: Term, start: datetime, at: datetime, calendar: WorkCalendar, pauses: Collection[Pause] = ()
) -> timedelta:
    """How much counted time is left at a moment; less than nothing by as much as the term is over."""
    begin, now, taken = instant(start), instant(at), spans(pauses)
    end = _due(term, begin, calendar, taken)
    if term.before:
        return timedelta(microseconds=end - now)
    now = max(now, begin)
    first, last = min(now, end), max(now, end)
    left = _elapsed(term, first, last, calendar, taken)
    return timedelta(microseconds=left if now <= end else -left)


def warn_at(
    term: Term, warn: Warn, start: datetime, calendar: WorkCalendar, pauses: Collection[Pause] = ()
) -> datetime:
    """The first moment at which no more is left than the warning asks for; the start, if it never is more."""
    begin, taken = instant(start), spans(pauses)
    end = _due(term, begin, calendar, taken)
    ahead = warn.time // timedelta(microseconds=1)
    if term.before:
        return _moment(end - ahead)
    total = _elapsed(term, begin, end, calendar, taken)
    return _moment(_after(term, begin, total - (ahead or round(total * warn.share)), calendar, taken))


def spans(pauses: Collection[Pause]) -> tuple[Span, ...]:
    """Pauses as moments, in order, those that overlap or touch as one.

    Raises:
        PauseError: a pause ends before it begins.
    """
    if not pauses:
        return ()
    given = [(instant(pause.since), instant(pause.until)) for pause in pauses]
    for since, until in given:
        if until < since:
            raise PauseError(f"{_moment(since).isoformat()}/{_moment(until).isoformat()}")
    return merged(given)


def merged(given: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, those that overlap or touch as one."""
    joined: list[Span] = []
    for since, until in sorted(given):
        if joined and since <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], until))
        else:
            joined.append((since, until))
    return tuple(joined)


def holidays_between(since: int, until: int, calendar: WorkCalendar) -> Iterator[tuple[date, Span]]:
    """The public holidays that have some time between two moments, each with its span."""
    day, last = calendar.local(since).date(), calendar.local(until).date()
    while day <= last:
        if day in calendar.hours.days.holidays:
            yield day, (calendar.at(day, 0), calendar.at(day, DAY_MINUTES))
        day += timedelta(days=1)


def _due(term: Term, begin: int, calendar: WorkCalendar, taken: tuple[Span, ...]) -> int:
    if term.amount == 0:
        return begin
    if not term.unit.whole:
        return _after(term, begin, round(term.amount * HOUR), calendar, taken)
    return _end_of_days(
        term, calendar.local(begin).date(), given_back(term, begin, calendar, taken), calendar
    )


def given_back(term: Term, begin: int, calendar: WorkCalendar, taken: tuple[Span, ...]) -> int:
    """By how many days pauses move a term that is counted in whole days."""
    start, days = calendar.local(begin).date(), 0
    for since, until in taken:
        if until <= begin or term.before:
            continue
        if since >= _end_of_days(term, start, days, calendar):
            break
        days += days_in(term, max(since, begin), until, calendar)
    return days


def last_day(term: Term, start: date, more: int = 0) -> date:
    """The last day of a term in days or months and so many days more, before any holiday moves it."""
    count = int(-term.amount if term.before else term.amount)
    if term.unit is Unit.DAYS:
        return start + timedelta(days=count + more)
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    day = min(start.day, months_of.monthrange(year, month + 1)[1])
    return date(year, month + 1, day) + timedelta(days=more)


def _end_of_days(term: Term, start: date, more: int, calendar: WorkCalendar) -> int:
    if term.unit.works:
        return calendar.close_of_day(start, int(term.amount) + more)
    last, days = last_day(term, start, more), calendar.hours.days
    moved = days.moved_back(last) if term.before else days.moved_on(last)
    # the last second, so that what is due then carries the day's date
    return calendar.at(moved, DAY_MINUTES) - SECOND


def days_in(term: Term, since: int, until: int, calendar: WorkCalendar) -> int:
    """The days of a pause, counted as a term's days are: not its first one."""
    first, last = calendar.local(since).date(), calendar.local(until).date()
    return calendar.worked_days(first, last) if term.unit.works else (last - first).days


def _after(term: Term, begin: int, amount: int, calendar: WorkCalendar, taken: tuple[Span, ...]) -> int:
    """The first moment by which so much has been counted since the beginning, excepted holidays left out."""
    end = _run(term, begin, amount, calendar, taken)
    while term.excepts_holidays:
        free = [span for _, span in holidays_between(begin, end, calendar)]
        later = _run(term, begin, amount, calendar, merged([*taken, *free]))
        if later == end:
            break
        end = later
    return end


def _run(term: Term, begin: int, amount: int, calendar: WorkCalendar, taken: tuple[Span, ...]) -> int:
    if amount <= 0:
        return begin
    works = term.unit.works
    end = calendar.after(begin, amount) if works else begin + amount
    for since, until in taken:
        if until <= begin:
            continue
        if since >= end:
            break
        first = max(since, begin)
        amount += calendar.worked(first, until) if works else until - first
        end = calendar.after(begin, amount) if works else begin + amount
    return end


def _elapsed(term: Term, begin: int, now: int, calendar: WorkCalendar, taken: tuple[Span, ...]) -> int:
    if term.excepts_holidays:
        free = [span for _, span in holidays_between(begin, now, calendar)]
        taken = merged([*taken, *free])
    cut = [(max(since, begin), min(until, now)) for since, until in taken if since < now and until > begin]
    if term.unit.works:
        return calendar.worked(begin, now) - sum(calendar.worked(since, until) for since, until in cut)
    return now - begin - sum(until - since for since, until in cut)


def _guessed_years(term: Term, calendar: WorkCalendar, begin: int, end: int) -> tuple[int, ...]:
    days = calendar.hours.days
    heeded = calendar.hours.keeps_holidays if term.unit.works else term.excepts_holidays or term.unit.whole
    years = range(calendar.year_of(begin), calendar.year_of(end) + 1) if heeded else range(0)
    return tuple(year for year in years if not days.is_official(year))


def _moment(microseconds: int) -> datetime:
    return EPOCH + timedelta(microseconds=microseconds)
