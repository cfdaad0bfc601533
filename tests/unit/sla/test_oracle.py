"""Deadlines against an oracle that walks minute by minute, on 10,000 random cases; and what must hold for any case.

The oracle shares nothing with the code but the rules: it asks chinese_calendar about days, keeps a mark for every
minute of four years, and counts marks.
"""

import random
from datetime import date, datetime, timedelta

import chinese_calendar
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.policy.clock_rules import Unit, Warn
from backend.sla.deadlines import Pause, Term, due, elapsed, remaining, warn_at
from tests.unit.sla.keeping import SHANGHAI, calendar, written

CASES = 10_000
FIRST, LAST = date(2024, 1, 1), date(2027, 12, 31)
DAY = 24 * 60
WINDOWS = {
    "office": ((9 * 60, 12 * 60), (13 * 60 + 30, 18 * 60)),
    "repair": ((8 * 60 + 30, 12 * 60), (13 * 60, 17 * 60 + 30)),
    "hotline": ((8 * 60 + 30, 20 * 60),),
}
KEPT = {name: calendar(name) for name in WINDOWS}
EVENTFUL = [  # around these days: year ends, long holidays, make-up days
    date(2024, 9, 29),
    date(2024, 12, 31),
    date(2025, 1, 26),
    date(2025, 9, 28),
    date(2025, 12, 31),
    date(2026, 2, 14),
    date(2026, 5, 9),
    date(2026, 9, 20),
    date(2026, 10, 10),
    date(2026, 12, 31),
]


def is_worked(kept: str, day: date) -> bool:
    if kept == "hotline":
        return True
    if day.year > 2026:  # no notice yet
        return day.weekday() < (6 if kept == "repair" else 5)
    holiday, name = chinese_calendar.get_holiday_detail(day)
    if kept == "repair" and holiday and name is None:  # an ordinary weekend: Saturdays are worked
        return day.weekday() == 5
    return not holiday


def marks(kept: str) -> bytes:
    """One byte a minute since FIRST: whether it is worked."""
    minutes = bytearray()
    for ordinal in range(FIRST.toordinal(), LAST.toordinal() + 1):
        day = bytearray(DAY)
        if is_worked(kept, date.fromordinal(ordinal)):
            for begin, end in WINDOWS[kept]:
                day[begin:end] = b"\1" * (end - begin)
        minutes += day
    return bytes(minutes)


MARKS = {name: marks(name) for name in WINDOWS}


def moment(minute: int) -> datetime:
    return datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=SHANGHAI) + timedelta(minutes=minute)


def walked(kept: str, start: int, amount: int, pauses: list[tuple[int, int]], *, every: bool = False) -> int:
    """The minute after the `amount`-th counted one since `start`; every minute counts, or the worked ones."""
    minutes = MARKS[kept]
    stopped = {minute for since, until in pauses for minute in range(since, until)}
    left, minute = amount, start
    while left:
        if (every or minutes[minute]) and minute not in stopped:
            left -= 1
        minute += 1
    return minute


def counted(kept: str, since: int, until: int, pauses: list[tuple[int, int]]) -> int:
    minutes = MARKS[kept]
    stopped = {minute for first, last in pauses for minute in range(first, last)}
    return sum(1 for minute in range(since, until) if minutes[minute] and minute not in stopped)


def close_of_worked_day(kept: str, start: int, count: int) -> int:
    """The minute at which the count-th worked day after the start's day closes."""
    day = start // DAY
    while count:
        day += 1
        count -= any(MARKS[kept][day * DAY : (day + 1) * DAY])
    minute = (day + 1) * DAY
    while not MARKS[kept][minute - 1]:
        minute -= 1
    return minute


def oracle(kept: str, term: Term, start: int, pauses: list[tuple[int, int]]) -> int:
    if term.unit is Unit.WORKING_HOURS:
        return walked(kept, start, round(term.amount * 60), pauses)
    if term.unit is Unit.HOURS:
        return walked(kept, start, round(term.amount * 60), pauses, every=True)
    count = round(term.amount)
    close = close_of_worked_day(kept, start, count)
    for since, until in united(pauses):
        if until > start and since < close:
            days = range(max(since, start) // DAY + 1, until // DAY + 1)
            count += sum(any(MARKS[kept][day * DAY : (day + 1) * DAY]) for day in days)
            close = close_of_worked_day(kept, start, count)
    return close


def united(pauses: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pauses without overlap, from the minutes that they cover."""
    covered = sorted({minute for since, until in pauses for minute in range(since, until)})
    found: list[tuple[int, int]] = []
    for minute in covered:
        if found and found[-1][1] == minute:
            found[-1] = (found[-1][0], minute + 1)
        else:
            found.append((minute, minute + 1))
    return found


def random_case(dice: random.Random) -> tuple[str, Term, int, list[tuple[int, int]]]:
    kept = dice.choice(list(WINDOWS))
    if dice.random() < 0.5:
        day = dice.choice(EVENTFUL) + timedelta(days=dice.randint(-4, 4))
    else:
        day = FIRST + timedelta(days=dice.randrange(1080))
    start = (day - FIRST).days * DAY + dice.choice([dice.randrange(DAY), 9 * 60, 12 * 60, 18 * 60, 20 * 60])
    unit = dice.choice([Unit.WORKING_HOURS] * 4 + [Unit.WORKING_DAYS, Unit.NEXT_DAY, Unit.HOURS])
    amounts = {
        Unit.WORKING_HOURS: [0, 0.5, 1, 3, 4, 4.5, 6, 7, 7.5, 8, 12, dice.randrange(900) / 60],
        Unit.HOURS: [0, 24, 48, 72, dice.randrange(3000) / 60],
        Unit.WORKING_DAYS: [1, 2, 3, 5],
        Unit.NEXT_DAY: [1],
    }
    pauses = []
    for _ in range(dice.choice([0, 0, 1, 2, 3])):
        since = start + dice.randint(-600, 2500)
        pauses.append((since, since + dice.choice([0, 15, 90, 480, 1440, 3000])))
    return kept, Term(unit, dice.choice(amounts[unit])), start, pauses


def test_ten_thousand_random_cases_agree_with_the_walk_minute_by_minute():
    dice = random.Random(20261123)
    for _ in range(CASES):
        kept, term, start, pauses = random_case(dice)
        taken = [Pause(moment(since), moment(until)) for since, until in pauses]
        found = due(term, moment(start), KEPT[kept], taken).due_at
        assert written(found) == written(moment(oracle(kept, term, start, pauses))), (
            kept,
            term,
            written(moment(start)),
            [(written(pause.since), written(pause.until)) for pause in taken],
        )


def test_elapsed_and_remaining_agree_with_the_walk():
    dice = random.Random(20261124)
    for _ in range(1_000):
        kept, term, start, pauses = random_case(dice)
        if term.unit is Unit.HOURS:
            continue
        taken = [Pause(moment(since), moment(until)) for since, until in pauses]
        end, at = oracle(kept, term, start, pauses), start + dice.randrange(6000)
        gone = elapsed(term, moment(start), moment(at), KEPT[kept], taken)
        left = remaining(term, moment(start), moment(at), KEPT[kept], taken)
        first, last = sorted((at, end))
        assert gone == timedelta(minutes=counted(kept, start, at, pauses))
        expected = counted(kept, first, last, pauses)
        assert left == timedelta(minutes=expected if at <= end else -expected)


instants = st.timedeltas(timedelta(), timedelta(days=1250)).map(lambda since: moment(0) + since)
terms = st.one_of(
    st.builds(Term, st.just(Unit.WORKING_HOURS), st.floats(0, 60)),
    st.builds(Term, st.just(Unit.HOURS), st.floats(0, 200), st.just(value=False), st.booleans()),
    st.builds(Term, st.sampled_from([Unit.WORKING_DAYS, Unit.DAYS]), st.integers(0, 20)),
    st.builds(Term, st.just(Unit.MONTHS), st.integers(0, 14)),
)
calendars = st.sampled_from(list(KEPT.values()))


@st.composite
def pauses_near(draw, start: datetime) -> list[Pause]:
    found = []
    for _ in range(draw(st.integers(0, 3))):
        since = start + draw(st.timedeltas(timedelta(days=-2), timedelta(days=8)))
        found.append(Pause(since, since + draw(st.timedeltas(timedelta(), timedelta(days=3)))))
    return found


@settings(max_examples=150, deadline=None)
@given(st.data(), terms, instants, calendars)
def test_a_later_start_and_more_time_never_end_earlier(data, term, start, kept):
    pauses = data.draw(pauses_near(start))
    end = due(term, start, kept, pauses).due_at
    later = start + data.draw(st.timedeltas(timedelta(), timedelta(days=5)))
    more = Term(term.unit, term.amount + data.draw(st.integers(1, 5)), False, term.excepts_holidays)
    assert start <= end <= due(more, start, kept, pauses).due_at
    if term.amount:
        assert end <= due(term, later, kept, pauses).due_at


@settings(max_examples=150, deadline=None)
@given(st.data(), terms, instants, calendars)
def test_a_pause_never_shortens_and_overlap_never_counts_twice(data, term, start, kept):
    pauses = data.draw(pauses_near(start))
    end = due(term, start, kept, pauses).due_at
    assert due(term, start, kept).due_at <= end
    assert due(term, start, kept, [*pauses, *pauses]).due_at == end
    assert due(term, start, kept, list(reversed(pauses))).due_at == end


@settings(max_examples=150, deadline=None)
@given(st.data(), terms, instants, calendars)
def test_elapsed_grows_to_the_whole_and_what_is_left_to_nothing(data, term, start, kept):
    pauses = data.draw(pauses_near(start))
    end = due(term, start, kept, pauses).due_at
    whole = elapsed(term, start, end, kept, pauses)
    first, second = sorted(
        start + data.draw(st.timedeltas(timedelta(), timedelta(days=30))) for _ in range(2)
    )
    assert elapsed(term, start, first, kept, pauses) <= elapsed(term, start, second, kept, pauses)
    assert remaining(term, start, first, kept, pauses) >= remaining(term, start, second, kept, pauses)
    assert remaining(term, start, end, kept, pauses) == timedelta()
    assert whole == elapsed(term, start, first, kept, pauses) + remaining(term, start, first, kept, pauses)
    if term.unit in {Unit.WORKING_HOURS, Unit.HOURS}:
        assert abs(whole - timedelta(hours=term.amount)) < timedelta(microseconds=2)


@settings(max_examples=150, deadline=None)
@given(st.data(), terms, instants, calendars)
def test_a_warning_leaves_what_it_promises(data, term, start, kept):
    pauses = data.draw(pauses_near(start))
    ahead = data.draw(st.timedeltas(timedelta(microseconds=1), timedelta(hours=30)))
    warned = warn_at(term, Warn(time=ahead), start, kept, pauses)
    end = due(term, start, kept, pauses).due_at
    whole = elapsed(term, start, end, kept, pauses)
    assert start <= warned <= end
    assert remaining(term, start, warned, kept, pauses) == min(ahead, whole)
