"""How a deadline was reached, step by step, so that anybody can check it. Pure; whoever shows it words it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from backend.policy.calendar import DayKind
from backend.policy.clock_rules import Unit
from backend.sla.calendar import WorkCalendar, instant
from backend.sla.deadlines import (
    HOUR,
    Pause,
    Span,
    Term,
    days_in,
    due,
    given_back,
    holidays_between,
    last_day,
    merged,
    spans,
)

FIRST_STEPS, LAST_STEPS = 30, 10


class StepKind(StrEnum):
    """What a step tells."""

    AT_ONCE = "at_once"
    OUTSIDE = "outside"
    COUNTED = "counted"
    COUNTED_DAY = "counted_day"
    MAKEUP = "makeup"
    NOT_WORKED = "not_worked"
    HOLIDAY = "holiday"
    PAUSED = "paused"
    PAUSED_DAYS = "paused_days"
    FIRST_DAY = "first_day"
    MOVED = "moved"
    OMITTED = "omitted"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. Times are in the calendar's zone.

    Attributes:
        hours: counted (or, in a pause, not counted) by this step.
        count: how much there is after this step, in hours or days; of omitted steps, how many.
        name: of a holiday, of a pause's reason, of an exception.
    """

    kind: StepKind
    since: datetime
    until: datetime
    hours: float = 0.0
    count: float = 0.0
    name: str = ""


def explain(
    term: Term, start: datetime, calendar: WorkCalendar, pauses: Collection[Pause] = ()
) -> tuple[Step, ...]:
    """The steps from the start to the deadline, in order; of very many the first and last ones."""
    pauses = tuple(pauses)
    begin, end = instant(start), instant(due(term, start, calendar, pauses).due_at)
    if begin == end:
        return (_step(calendar, StepKind.AT_ONCE, (begin, end)),)
    found = [
        *_counted(term, begin, end, calendar, spans(pauses)),
        *_paused(term, begin, end, calendar, pauses),
    ]
    steps = sorted(found, key=lambda step: (step.since, step.until))
    if len(steps) <= FIRST_STEPS + LAST_STEPS:
        return tuple(steps)
    left_out = steps[FIRST_STEPS:-LAST_STEPS]
    omitted = Step(StepKind.OMITTED, left_out[0].since, left_out[-1].until, count=len(left_out))
    return (*steps[:FIRST_STEPS], omitted, *steps[-LAST_STEPS:])


def _counted(
    term: Term, begin: int, end: int, calendar: WorkCalendar, taken: tuple[Span, ...]
) -> Iterator[Step]:
    if term.unit.works:
        yield from _days_between(begin, end, calendar)
    if term.unit is Unit.WORKING_HOURS:
        yield from _worked(begin, end, calendar, taken)
    elif term.unit is Unit.HOURS:
        yield from _plain(term, begin, end, calendar, taken)
    elif term.unit.works:
        yield from _worked_days(begin, end, calendar)
    else:
        yield from _calendar_days(term, begin, end, calendar, taken)


def _worked(begin: int, end: int, calendar: WorkCalendar, taken: tuple[Span, ...]) -> Iterator[Step]:
    windows = list(calendar.windows_between(begin, end))
    if windows[0][0] > begin:
        yield _step(calendar, StepKind.OUTSIDE, (begin, windows[0][0]))
    yield from _pieces(windows, calendar, taken)


def _plain(
    term: Term, begin: int, end: int, calendar: WorkCalendar, taken: tuple[Span, ...]
) -> Iterator[Step]:
    holidays = list(holidays_between(begin, end, calendar)) if term.excepts_holidays else []
    for day, span in holidays:
        name = calendar.hours.days.name(day) or ""
        yield _step(calendar, StepKind.HOLIDAY, (max(span[0], begin), min(span[1], end)), name=name)
    yield from _pieces([(begin, end)], calendar, merged([*taken, *(span for _, span in holidays)]))


def _pieces(windows: Iterable[Span], calendar: WorkCalendar, taken: tuple[Span, ...]) -> Iterator[Step]:
    """What is left of the windows without the pauses."""
    total = 0.0
    for window in windows:
        for since, until in _without(window, taken):
            total += (until - since) / HOUR
            yield _step(calendar, StepKind.COUNTED, (since, until), hours=(until - since) / HOUR, count=total)


def _without(window: Span, taken: tuple[Span, ...]) -> Iterator[Span]:
    since, end = window
    for pause_since, pause_until in taken:
        if pause_until <= since or pause_since >= end:
            continue
        if pause_since > since:
            yield since, pause_since
        since = pause_until
    if since < end:
        yield since, end


def _days_between(begin: int, end: int, calendar: WorkCalendar) -> Iterator[Step]:
    """The days that are worked or not worked against the week's habit."""
    days = calendar.hours.days
    for day in _days(calendar, begin, end):
        span = (calendar.at(day, 0), calendar.at(day + timedelta(days=1), 0))
        worked = bool(calendar.hours.windows(day))
        name = days.name(day) or ""
        if not worked:
            yield _step(calendar, StepKind.NOT_WORKED, span, name=name)
        elif calendar.hours.keeps_holidays and days.kind(day) is DayKind.MAKEUP:
            yield _step(calendar, StepKind.MAKEUP, span, name=name)


def _worked_days(begin: int, end: int, calendar: WorkCalendar) -> Iterator[Step]:
    first = calendar.local(begin).date()
    count = 0
    for day in _days(calendar, begin, end):
        windows = calendar.hours.windows(day)
        if windows and day > first:
            count += 1
            span = (calendar.at(day, windows[0][0]), calendar.at(day, windows[-1][1]))
            yield _step(calendar, StepKind.COUNTED_DAY, (span[0], min(span[1], end)), count=count)


def _calendar_days(
    term: Term, begin: int, end: int, calendar: WorkCalendar, taken: tuple[Span, ...]
) -> Iterator[Step]:
    first, last = calendar.local(begin).date(), calendar.local(end).date()
    yield _step(calendar, StepKind.FIRST_DAY, (calendar.at(first, 0), begin))
    day = last_day(term, first, given_back(term, begin, calendar, taken))
    while day != last:
        name = calendar.hours.days.name(day) or ""
        yield _step(calendar, StepKind.MOVED, (calendar.at(day, 0), calendar.at(day, 0)), name=name)
        day += timedelta(days=1 if day < last else -1)


def _paused(
    term: Term, begin: int, end: int, calendar: WorkCalendar, pauses: tuple[Pause, ...]
) -> Iterator[Step]:
    """Each stretch of pauses with what it costs."""
    for since, until in () if term.before else spans(pauses):
        span = (max(since, begin), min(until, end))
        if span[0] >= span[1]:
            continue
        reasons = {pause.reason for pause in pauses if since <= instant(pause.since) < until} - {""}
        name = ", ".join(sorted(reasons))
        if term.unit.whole:
            days = days_in(term, span[0], until, calendar)
            yield _step(calendar, StepKind.PAUSED_DAYS, span, count=days, name=name)
        else:
            cost = calendar.worked(*span) if term.unit.works else span[1] - span[0]
            yield _step(calendar, StepKind.PAUSED, span, hours=cost / HOUR, name=name)


def _days(calendar: WorkCalendar, begin: int, end: int) -> Iterator[date]:
    day, last = calendar.local(begin).date(), calendar.local(end).date()
    while day <= last:
        yield day
        day += timedelta(days=1)


def _step(  # noqa: PLR0913  # one argument a field
    calendar: WorkCalendar,
    kind: StepKind,
    span: Span,
    *,
    hours: float = 0.0,
    count: float = 0.0,
    name: str = "",
) -> Step:
    return Step(
        kind, calendar.local(span[0]), calendar.local(span[1]), round(hours, 4), round(count, 4), name
    )
