"""Deadlines worked out by hand, as DESIGN "Counting time" fixes them.

Office hours are 09:00-12:00 and 13:30-18:00 on working days, repair 08:30-12:00 and 13:00-17:30 with Saturdays, the
hotline 08:30-20:00 every day. In 2026 National Day is 1 to 7 October; the Saturday after it, 10 October, is worked.
"""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.policy.calendar import Hours, PublicDays
from backend.policy.clock_rules import Unit, Warn
from backend.sla.calendar import OutOfRangeError, WorkCalendar
from backend.sla.deadlines import PauseError, Term, due, elapsed, remaining, warn_at
from tests.unit.sla.keeping import CALENDARS, KEEPER, at, calendar, pause, written

HOURS, DAYS, PLAIN = Unit.WORKING_HOURS, Unit.WORKING_DAYS, Unit.HOURS


@pytest.mark.parametrize(
    ("kept", "amount", "start", "expected"),
    [
        ("office", 4, "2026-11-23 09:00", "2026-11-23 14:30"),  # over lunch
        ("office", 3, "2026-11-23 09:00", "2026-11-23 12:00"),  # at the window's end, not 13:30
        ("office", 4.5, "2026-11-23 13:30", "2026-11-23 18:00"),  # at the day's end, not the next morning
        ("office", 4, "2026-11-23 17:00", "2026-11-24 12:00"),  # over night
        ("office", 4, "2026-11-27 17:00", "2026-11-30 12:00"),  # over the weekend
        ("office", 4, "2026-11-23 06:10", "2026-11-23 14:30"),  # before hours: from 09:00
        ("office", 4, "2026-11-23 12:00", "2026-11-23 17:30"),  # at noon: from 13:30
        ("office", 4, "2026-11-23 18:00", "2026-11-24 14:30"),  # at the day's end: from the next morning
        ("office", 4, "2026-11-28 10:00", "2026-11-30 14:30"),  # on a Saturday
        ("office", 8, "2026-11-23 09:00", "2026-11-24 09:30"),  # a day has 7.5 hours
        ("office", 7.5, "2026-11-23 09:00", "2026-11-23 18:00"),
        ("office", 4, "2026-09-30 17:00", "2026-10-08 12:00"),  # over National Day
        ("office", 4, "2026-10-09 17:00", "2026-10-10 12:00"),  # into the make-up Saturday
        ("office", 4, "2026-10-10 17:00", "2026-10-12 12:00"),  # and over the Sunday after it
        ("office", 1, "2026-09-20 08:00", "2026-09-20 10:00"),  # a make-up Sunday
        ("office", 4, "2025-12-31 17:00", "2026-01-04 12:00"),  # New Year off, Sunday 4 January worked
        ("office", 0.1, "2026-11-23 09:00", "2026-11-23 09:06"),
        ("repair", 6, "2026-11-28 15:00", "2026-11-30 12:00"),  # Saturday 2.5 h, Monday 3.5 h
        ("repair", 6, "2026-11-28 14:30", "2026-11-30 11:30"),
        ("repair", 7, "2026-11-28 15:00", "2026-11-30 14:00"),
        ("repair", 1, "2026-10-03 09:00", "2026-10-08 09:30"),  # a Saturday in the holiday is off
        ("repair", 1, "2026-09-20 07:00", "2026-09-20 09:30"),  # a make-up Sunday has its first hours
        ("hotline", 2, "2026-10-01 19:00", "2026-10-02 09:30"),  # the hotline keeps no holidays
        ("hotline", 2, "2026-11-28 23:00", "2026-11-29 10:30"),
    ],
)
def test_working_hours(kept: str, amount: float, start: str, expected: str):
    assert written(due(Term(HOURS, amount), at(start), calendar(kept)).due_at) == expected


@pytest.mark.parametrize(
    ("amount", "start", "pauses", "expected"),
    [
        (4, "2026-11-23 09:00", [("10:00", "11:00")], "2026-11-23 15:30"),
        (4, "2026-11-23 09:00", [("10:00", "11:00"), ("10:30", "11:30")], "2026-11-23 16:00"),  # overlap once
        (4, "2026-11-23 09:00", [("10:00", "11:00"), ("11:00", "11:30")], "2026-11-23 16:00"),
        (4, "2026-11-23 09:00", [("10:00", "11:30"), ("10:30", "11:00")], "2026-11-23 16:00"),
        (4, "2026-11-23 09:00", [("12:00", "13:30")], "2026-11-23 14:30"),  # lunch costs nothing
        (4, "2026-11-23 09:00", [("07:00", "10:00")], "2026-11-23 15:30"),  # only from the start on
        (4, "2026-11-23 09:00", [("07:00", "09:00")], "2026-11-23 14:30"),
        (4, "2026-11-23 09:00", [("14:30", "16:00")], "2026-11-23 14:30"),  # it is over by then
        (4, "2026-11-23 09:00", [("14:29", "16:00")], "2026-11-23 16:01"),
        (4, "2026-11-23 09:00", [("10:00", "10:00")], "2026-11-23 14:30"),
        (
            4,
            "2026-11-23 09:00",
            [("17:00", "18:00"), ("10:00", "15:00")],
            "2026-11-24 10:00",
        ),  # 9-10, 15-17, 9-10
        (3, "2026-11-23 09:00", [("12:00", "17:00")], "2026-11-23 12:00"),
    ],
)
def test_pauses(amount: float, start: str, pauses: list[tuple[str, str]], expected: str):
    taken = [pause(f"2026-11-23 {since}", f"2026-11-23 {until}") for since, until in pauses]
    found = due(Term(HOURS, amount), at(start), calendar("office"), taken).due_at
    assert written(found) == expected


def test_a_pause_over_days_costs_the_working_time_in_it():
    taken = [pause("2026-11-26 16:00", "2026-11-30 10:00")]  # Thursday 2 h, Friday 7.5 h, Monday 1 h
    term = Term(HOURS, 10)
    found = due(term, at("2026-11-26 09:00"), calendar("office"), taken).due_at  # 5.5 h before it
    assert written(found) == "2026-11-30 16:00"
    assert elapsed(
        term, at("2026-11-26 09:00"), at("2026-11-30 12:00"), calendar("office"), taken
    ) == timedelta(hours=7.5)


@pytest.mark.parametrize(
    ("unit", "amount", "start", "expected"),
    [
        (DAYS, 3, "2026-11-23 10:00", "2026-11-26 18:00"),
        (DAYS, 3, "2026-11-23 05:00", "2026-11-26 18:00"),  # the day of the start does not count
        (DAYS, 3, "2026-11-23 23:30", "2026-11-26 18:00"),
        (DAYS, 3, "2026-11-26 10:00", "2026-12-01 18:00"),
        (DAYS, 1, "2026-11-28 10:00", "2026-11-30 18:00"),
        (DAYS, 3, "2026-09-30 10:00", "2026-10-10 18:00"),  # 8, 9 and the make-up Saturday 10
        (DAYS, 5, "2025-12-30 10:00", "2026-01-07 18:00"),  # 31; 4 (make-up), 5, 6, 7
        (Unit.NEXT_DAY, 1, "2026-11-23 10:00", "2026-11-24 18:00"),
        (Unit.NEXT_DAY, 1, "2026-11-23 23:59", "2026-11-24 18:00"),
        (Unit.NEXT_DAY, 1, "2026-11-27 10:00", "2026-11-30 18:00"),
        (Unit.NEXT_DAY, 1, "2026-09-30 10:00", "2026-10-08 18:00"),
        (Unit.NEXT_DAY, 1, "2026-10-09 10:00", "2026-10-10 18:00"),
        (Unit.DAYS, 15, "2026-11-03 10:00", "2026-11-18 23:59:59"),
        (Unit.DAYS, 7, "2026-11-23 00:00", "2026-11-30 23:59:59"),
        (Unit.DAYS, 15, "2026-09-20 10:00", "2026-10-08 23:59:59"),  # 5 October is a holiday until the 7th
        (Unit.DAYS, 15, "2026-11-06 10:00", "2026-11-21 23:59:59"),  # a Saturday is no public holiday
        (Unit.MONTHS, 1, "2026-01-31 10:00", "2026-02-28 23:59:59"),
        (Unit.MONTHS, 1, "2026-03-31 10:00", "2026-04-30 23:59:59"),
        (Unit.MONTHS, 12, "2024-02-29 10:00", "2025-02-28 23:59:59"),
        (Unit.MONTHS, 1, "2025-12-01 10:00", "2026-01-04 23:59:59"),  # 1 to 3 January are holidays
        (PLAIN, 48, "2026-11-27 10:30", "2026-11-29 10:30"),
        (PLAIN, 48, "2026-09-30 10:30", "2026-10-02 10:30"),
        (PLAIN, 0.5, "2026-11-27 10:30", "2026-11-27 11:00"),
    ],
)
def test_other_units(unit: Unit, amount: float, start: str, expected: str):
    assert written(due(Term(unit, amount), at(start), calendar("office")).due_at) == expected


@pytest.mark.parametrize("unit", list(Unit))
@pytest.mark.parametrize("start", ["2026-11-23 10:00", "2026-11-28 03:00", "2026-10-01 12:00"])
def test_nothing_is_due_at_once(unit: Unit, start: str):
    taken = [pause("2026-09-01 10:00", "2026-12-28 12:00")]
    assert written(due(Term(unit, 0), at(start), calendar("office"), taken).due_at) == start


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-12-15 00:00", "2026-11-15 23:59:59"),
        ("2026-03-31 00:00", "2026-02-28 23:59:59"),  # a make-up day is no holiday
        ("2026-11-05 00:00", "2026-09-30 23:59:59"),  # 5 October is a holiday: the day before it began
    ],
)
def test_a_notice_one_month_ahead_moves_back_not_on(start: str, expected: str):
    assert written(due(Term(Unit.MONTHS, 1, before=True), at(start), calendar("office")).due_at) == expected


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2026-11-23 10:00", "2026-11-25 10:00", "2026-11-27 18:00"),  # Tuesday and Wednesday
        ("2026-11-23 10:00", "2026-11-23 17:00", "2026-11-25 18:00"),  # no day
        (
            "2026-11-20 17:00",
            "2026-11-23 09:30",
            "2026-11-26 18:00",
        ),  # Monday; the weekend is not worked anyway
        ("2026-11-16 09:00", "2026-11-23 09:30", "2026-11-26 18:00"),  # only from the start on
        ("2026-11-25 18:00", "2026-12-01 18:00", "2026-11-25 18:00"),  # it is over by then
        ("2026-11-25 17:59", "2026-12-01 18:00", "2026-12-01 18:00"),  # 26, 27, 30, 1
    ],
)
def test_a_pause_gives_a_term_of_working_days_the_days_that_it_takes(since: str, until: str, expected: str):
    """Three working days from Friday, 20 November: to Wednesday."""
    found = due(Term(DAYS, 3), at("2026-11-20 10:00"), calendar("office"), [pause(since, until)])
    assert written(found.due_at) == expected


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2026-11-09 10:00", "2026-11-11 09:00", "2026-11-20 23:59:59"),
        ("2026-11-09 10:00", "2026-11-09 23:00", "2026-11-18 23:59:59"),
        ("2026-11-18 23:00", "2026-11-20 01:00", "2026-11-20 23:59:59"),
        ("2026-11-19 00:00", "2026-11-22 01:00", "2026-11-18 23:59:59"),
    ],
)
def test_a_pause_gives_a_term_of_days_the_days_that_it_takes(since: str, until: str, expected: str):
    """Fifteen days from 3 November: to the 18th."""
    found = due(Term(Unit.DAYS, 15), at("2026-11-03 10:00"), calendar("office"), [pause(since, until)])
    assert written(found.due_at) == expected


def test_a_pause_that_begins_on_the_day_that_a_holiday_moved_to_counts():
    """Fifteen days from 20 September: to 5 October, a holiday, so to the 8th."""
    taken = [pause("2026-10-08 10:00", "2026-10-09 10:00")]
    found = due(Term(Unit.DAYS, 15), at("2026-09-20 10:00"), calendar("office"), taken)
    assert written(found.due_at) == "2026-10-08 23:59:59"  # 6 October is one, too


def test_excepted_holidays_do_not_count_in_hours():
    term = Term(PLAIN, 48, excepts_holidays=True)
    assert written(due(term, at("2026-09-30 10:00"), calendar("repair")).due_at) == "2026-10-09 10:00"
    assert written(due(term, at("2026-10-03 10:00"), calendar("repair")).due_at) == "2026-10-10 00:00"
    assert written(due(term, at("2026-11-27 10:00"), calendar("repair")).due_at) == "2026-11-29 10:00"
    taken = [pause("2026-09-30 12:00", "2026-10-05 00:00")]  # overlaps the holidays: counts once
    assert written(due(term, at("2026-09-30 10:00"), calendar("repair"), taken).due_at) == "2026-10-09 22:00"
    half_way = elapsed(term, at("2026-09-30 10:00"), at("2026-10-08 10:00"), calendar("repair"))
    assert half_way == timedelta(hours=24)
    assert remaining(term, at("2026-09-30 10:00"), at("2026-10-04 10:00"), calendar("repair")) == timedelta(
        hours=34
    )


@pytest.mark.parametrize(
    ("distance", "hours"), [(0, 24), (299.9, 24), (300, 24), (300.1, 48), (450, 48), (1000, 48), (1000.5, 72)]
)
def test_hours_by_distance(distance: float, hours: int):
    """R10-4.1.3: within 300 km 24 h, within 1,000 km 48 h, beyond 72 h."""
    count = KEEPER.count("arrival_distance", {"distance_km": distance})
    start = at("2026-11-23 10:00")
    assert count.due(start).due_at - start == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("clock", "facts", "start", "expected", "source"),
    [
        ("pass_on", {"department": "质量部"}, "2026-11-27 16:00", "2026-11-30 11:00", "R10-6.1.3"),
        ("first_contact", {"department": "质量部"}, "2026-11-27 16:00", "2026-11-30 11:00", "R10-6.1.3"),
        ("first_contact", {"department": "客服一线"}, "2026-11-27 18:00", "2026-11-28 10:30", "R10-6.1.3"),
        ("enquiry_answer", {"department": "客服一线"}, "2026-11-27 16:00", "2026-11-28 12:30", "R10-6.2.1"),
        ("plan", {"department": "质量部"}, "2026-11-27 16:00", "2026-11-30 16:30", "R10-6.2.2"),
        ("arrival_city", {}, "2026-11-27 16:00", "2026-11-28 14:00", "R3b-19"),
        ("arrival_suburb", {}, "2026-11-27 16:00", "2026-11-28 15:00", "R3b-19"),
        ("callback", {}, "2026-11-27 16:00", "2026-11-30 18:00", "R1-4.3(6)"),
        ("report", {}, "2026-11-27 16:00", "2026-12-02 18:00", "R10-6.2.7"),
        ("audit", {}, "2026-11-27 16:00", "2026-12-04 18:00", "R10-6.2.7"),
        ("service_record", {}, "2026-11-27 16:00", "2026-12-02 23:59:59", "R3a-3"),
        ("contract_notice", {}, "2026-11-30 00:00", "2026-10-30 23:59:59", "R3b-20"),
        ("outermost", {}, "2026-11-27 16:00", "2026-12-12 23:59:59", "law:consumer-rights-penalties"),
    ],
)
def test_the_clocks_of_the_regulations(clock: str, facts: dict, start: str, expected: str, source: str):
    count = KEEPER.count(clock, facts)
    assert (written(count.due(at(start)).due_at), count.rule.source) == (expected, source)


def test_elapsed_and_remaining():
    term, office = Term(HOURS, 4), calendar("office")
    start = at("2026-11-27 17:00")

    def gone(moment: str) -> float:
        return elapsed(term, start, at(moment), office) / timedelta(hours=1)

    def left(moment: str) -> float:
        return remaining(term, start, at(moment), office) / timedelta(hours=1)

    assert [
        gone(m) for m in ("2026-11-27 09:00", "2026-11-27 17:30", "2026-11-29 10:00", "2026-11-30 13:00")
    ] == [
        0,
        0.5,
        1,
        4,
    ]
    assert [
        left(m) for m in ("2026-11-27 09:00", "2026-11-27 17:30", "2026-11-29 10:00", "2026-11-30 12:00")
    ] == [
        4,
        3.5,
        3,
        0,
    ]
    assert left("2026-11-30 13:00") == 0  # nobody works at lunch
    assert left("2026-11-30 14:00") == -0.5


def test_a_warning_comes_when_no_more_is_left_than_it_asks_for():
    office = calendar("office")
    hour = Warn(time=timedelta(hours=1))
    assert written(warn_at(Term(HOURS, 4), hour, at("2026-11-27 17:00"), office)) == "2026-11-30 11:00"
    assert written(warn_at(Term(HOURS, 1), hour, at("2026-11-28 10:00"), office)) == "2026-11-28 10:00"
    taken = [pause("2026-11-30 10:30", "2026-11-30 14:00")]
    assert written(warn_at(Term(HOURS, 4), hour, at("2026-11-27 17:00"), office, taken)) == "2026-11-30 14:30"
    quarter = Warn(share=0.25)
    assert written(warn_at(Term(PLAIN, 48), quarter, at("2026-11-27 10:00"), office)) == "2026-11-28 22:00"
    three_days = Warn(time=timedelta(days=3))
    assert (
        written(warn_at(Term(Unit.DAYS, 15), three_days, at("2026-11-03 10:00"), office))
        == "2026-11-15 23:59:59"
    )
    ahead = Term(Unit.MONTHS, 1, before=True)
    assert written(warn_at(ahead, Warn(time=timedelta(days=7)), at("2026-12-15 00:00"), office)) == (
        "2026-11-08 23:59:59"
    )


def test_years_without_an_official_calendar_are_named():
    office = calendar("office")
    assert due(Term(HOURS, 4), at("2026-11-23 09:00"), office).guessed_years == ()
    over = due(Term(HOURS, 4), at("2026-12-31 17:00"), office)
    assert (written(over.due_at), over.guessed_years) == ("2027-01-01 12:00", (2027,))
    assert due(Term(Unit.DAYS, 15), at("2026-12-20 10:00"), office).guessed_years == (2027,)
    assert due(Term(PLAIN, 48), at("2026-12-31 10:00"), office).guessed_years == ()
    assert due(Term(HOURS, 4), at("2026-12-31 17:00"), calendar("hotline")).guessed_years == ()
    assert due(Term(PLAIN, 48, excepts_holidays=True), at("2026-12-31 10:00"), office).guessed_years == (
        2027,
    )


def test_a_year_counts_right_once_its_calendar_is_there():
    days = CALENDARS.days
    known = replace(
        days,
        holidays={**days.holidays, date(2027, 1, 1): "元旦"},
        makeup_days=days.makeup_days | {date(2027, 1, 3)},
        years=days.years | {2027},
    )
    office = WorkCalendar(replace(CALENDARS.calendars["office"], days=known))
    found = due(Term(HOURS, 4), at("2026-12-31 17:00"), office)
    assert (written(found.due_at), found.guessed_years) == ("2027-01-03 12:00", ())
    assert known.edition != days.edition


def test_rest_days_move_a_last_day_where_policy_says_so():
    lawful = replace(CALENDARS.calendars["office"], days=replace(CALENDARS.days, rest_days_move=True))
    found = due(Term(Unit.DAYS, 15), at("2026-11-06 10:00"), WorkCalendar(lawful)).due_at
    assert written(found) == "2026-11-23 23:59:59"  # 21 November is a Saturday
    makeup = due(Term(Unit.DAYS, 5), at("2026-10-05 10:00"), WorkCalendar(lawful)).due_at
    assert written(makeup) == "2026-10-10 23:59:59"


def test_an_hour_that_the_clocks_skip_or_repeat_is_counted_as_it_is():
    nothing = PublicDays({}, frozenset(), frozenset(range(2000, 2100)), {}, {})
    berlin = Hours("all", "all", ZoneInfo("Europe/Berlin"), (((0, 1440),),) * 7, (), False, {}, nothing)
    kept = WorkCalendar(berlin)
    zone = berlin.zone
    spring = at("2026-03-28 00:00").replace(tzinfo=zone)
    autumn = at("2026-10-24 00:00").replace(tzinfo=zone)
    assert elapsed(Term(HOURS, 1), spring, spring + timedelta(days=2), kept) == timedelta(hours=47)
    assert elapsed(Term(HOURS, 1), autumn, autumn + timedelta(days=2), kept) == timedelta(hours=49)
    found = due(Term(HOURS, 26), spring, kept).due_at.astimezone(zone)
    assert found.replace(tzinfo=None).isoformat(" ") == "2026-03-29 03:00:00"


def test_the_zone_of_what_is_given_does_not_matter():
    utc = at("2026-11-27 17:00").astimezone(ZoneInfo("UTC"))
    assert written(due(Term(HOURS, 4), utc, calendar("office")).due_at) == "2026-11-30 12:00"


def test_what_cannot_be_counted_is_refused():
    office = calendar("office")
    with pytest.raises(ValueError, match="time zone"):
        due(Term(HOURS, 4), at("2026-11-27 17:00").replace(tzinfo=None), office)
    with pytest.raises(PauseError):
        due(Term(HOURS, 4), at("2026-11-27 17:00"), office, [pause("2026-11-28 10:00", "2026-11-28 09:00")])
    closed = replace(CALENDARS.calendars["office"], week=((),) * 7, makeup=())
    with pytest.raises(OutOfRangeError):
        due(Term(HOURS, 4), at("8990-11-27 17:00"), WorkCalendar(closed))
