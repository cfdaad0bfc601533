"""policy/sla.yml and policy/calendar.yml: what is shipped is what the regulations say, and mistakes are named."""

from datetime import date
from pathlib import Path

import pytest

from backend.policy import PolicyError, load
from backend.policy.calendar import DayKind, read_calendar
from backend.policy.clock_rules import FACTS, STAGES, Amount, MissingFactError, Unit
from backend.policy.sla import read_sla
from backend.settings import PROJECT_ROOT
from backend.tickets.kinds import Intake, Kind, Priority, ReplyRequired, Severity, Stage

SHIPPED = load(PROJECT_ROOT / "policy")
CALENDAR = """\
time_zone: Asia/Shanghai
last_day_moves_off: public_holidays
closed: {2026-12-31: 盘点}
worked: {2026-11-28: 补班}
calendars:
  office:
    name: 办公时间
    week: [{days: [mon, tue, wed, thu, fri], windows: ["09:00-12:00", "13:30-18:00"]}]
    holidays: closed
    special: {2026-11-30: ["10:00-11:00"], 2026-12-01: []}
    source: R5-5
default: office
departments: {质量部: office}
"""
CLOCK = """\
switches: {arrival_by: area}
clocks:
  - id: plan
    name: 方案
    unit: working_hours
    amount: 8
    calendar: office
    when: ticket.kind == "inquiry"
    starts: [filed]
    stops: [closed]
    pauses: true
    warn_before: {working_hours: 1}
    level: supervisor
    source: R10-6.2.2
"""


def calendar_of(directory: Path, text: str):
    (directory / "calendar.yml").write_text(text, encoding="utf-8")
    return read_calendar(directory / "calendar.yml")


def sla_of(directory: Path, text: str):
    (directory / "sla.yml").write_text(text, encoding="utf-8")
    return read_sla(directory / "sla.yml", ["office"])


@pytest.mark.parametrize(
    ("clock", "unit", "amount", "source"),
    [
        ("pass_on", "working_hours", 4, "R10-6.1.3"),
        ("first_contact", "working_hours", 4, "R10-6.1.3"),
        ("enquiry_answer", "working_hours", 8, "R10-6.2.1"),
        ("plan", "working_hours", 8, "R10-6.2.2"),
        ("arrival_city", "working_hours", 6, "R3b-19"),
        ("arrival_suburb", "working_hours", 7, "R3b-19"),
        ("callback", "next_day", 1, "R1-4.3(6)"),
        ("report", "working_days", 3, "R10-6.2.7"),
        ("audit", "working_days", 5, "R10-6.2.7"),
        ("contract_notice", "months", 1, "R3b-20"),
        ("outermost", "days", 15, "law:consumer-rights-penalties"),
    ],
)
def test_the_shipped_clocks_are_those_of_the_regulations(clock: str, unit: str, amount: float, source: str):
    rule = SHIPPED.sla.clocks[clock]
    assert (rule.unit, rule.amount, rule.source) == (unit, Amount(amount), source)
    assert rule.before == (clock == "contract_notice")


def test_the_law_does_not_wait_for_the_customer():
    assert not SHIPPED.sla.clocks["outermost"].pauses


@pytest.mark.parametrize(
    ("switch", "area", "service_class", "expected"),
    [
        ("area", "", "", {"arrival_city"}),
        ("area", "city", "", {"arrival_city"}),
        ("area", "suburb", "", {"arrival_suburb"}),
        ("distance", "suburb", "free", {"arrival_distance"}),
        ("distance", "suburb", "charged", {"arrival_charged"}),
    ],
)
def test_a_switch_chooses_how_arrival_is_counted(
    tmp_path: Path, switch: str, area: str, service_class: str, expected: set[str]
):
    text = (PROJECT_ROOT / "policy" / "sla.yml").read_text(encoding="utf-8")
    (tmp_path / "sla.yml").write_text(
        text.replace("arrival_by: area", f"arrival_by: {switch}"), encoding="utf-8"
    )
    sla = read_sla(tmp_path / "sla.yml", SHIPPED.calendar.calendars)
    ticket = {"kind": "repair_request", "area": area, "service_class": service_class}
    arrivals = [rule for rule in sla.clocks.values() if rule.id.startswith("arrival")]
    assert {rule.id for rule in arrivals if sla.applies(rule, ticket)} == expected


def test_the_calendars_know_the_departments_that_there_are():
    known = {rule.department for rule in SHIPPED.routing}
    assert set(SHIPPED.calendar.departments) <= known
    assert SHIPPED.calendar.of("维修调度组").id == "repair"
    assert SHIPPED.calendar.of("质量部").id == SHIPPED.calendar.of(None).id == "office"


def test_facts_are_what_tickets_can_be():
    enums = {
        "kind": Kind,
        "severity": Severity,
        "intake": Intake,
        "stage": Stage,
        "priority": Priority,
        "reply_required": ReplyRequired,
    }
    assert {name: set(FACTS[name]) for name in enums} == {
        name: {value.value for value in values} for name, values in enums.items()
    }
    assert set(STAGES) == {stage.value for stage in Stage}


def test_days_by_kind(tmp_path: Path):
    office = calendar_of(tmp_path, CALENDAR).calendars["office"]
    usual = ((540, 720), (810, 1080))
    expected = {
        date(2026, 11, 27): (DayKind.WORKDAY, usual),
        date(2026, 11, 28): (DayKind.MAKEUP, usual),  # our own
        date(2026, 11, 29): (DayKind.WEEKEND, ()),
        date(2026, 11, 30): (DayKind.WORKDAY, ((600, 660),)),
        date(2026, 12, 1): (DayKind.WORKDAY, ()),
        date(2026, 12, 31): (DayKind.CLOSED, ()),
        date(2026, 10, 1): (DayKind.HOLIDAY, ()),
        date(2026, 10, 10): (DayKind.MAKEUP, usual),
    }
    assert {day: (office.days.kind(day), office.windows(day)) for day in expected} == expected
    assert office.days.name(date(2026, 10, 1)) == "国庆节"
    assert office.days.name(date(2026, 12, 31)) == "盘点"


def test_a_year_may_be_entered_before_the_package_knows_it(tmp_path: Path):
    before = calendar_of(tmp_path, CALENDAR).days
    entered = "official: {2027: {holidays: {2027-01-01: 元旦}, makeup_days: [2027-01-03]}}\n"
    after = calendar_of(tmp_path, CALENDAR + entered).days
    assert (before.is_official(2027), after.is_official(2027)) == (False, True)
    assert after.kind(date(2027, 1, 1)) is DayKind.HOLIDAY
    assert after.kind(date(2027, 1, 3)) is DayKind.MAKEUP
    assert before.edition != after.edition
    assert after.kind(date(2026, 10, 1)) is DayKind.HOLIDAY


@pytest.mark.parametrize(
    ("old", "new", "rule", "field"),
    [
        ("Asia/Shanghai", "Mars/Olympus", "-", "time_zone"),
        ("public_holidays", "sometimes", "-", "last_day_moves_off"),
        ("09:00-12:00", "9-12", "office", "windows"),
        ("09:00-12:00", "12:00-09:00", "office", "windows"),
        ("09:00-12:00", "09:00-14:00", "office", "windows"),
        ("13:30-18:00", "13:30-25:00", "office", "windows"),
        ("[mon, tue,", "[mon, mon,", "office", "days"),
        ("holidays: closed", "holidays: half", "office", "holidays"),
        ("default: office", "default: moon", "-", "default"),
        ("质量部: office", "质量部: moon", "-", "质量部"),
        ("2026-11-28: 补班", "2026-12-31: 补班", "-", "closed"),
        ("source: R5-5", "source: the boss", "office", "source"),
    ],
)
def test_a_mistake_in_the_calendar_is_named(tmp_path: Path, old: str, new: str, rule: str, field: str):
    assert CALENDAR.count(old) == 1
    with pytest.raises(PolicyError) as caught:
        calendar_of(tmp_path, CALENDAR.replace(old, new))
    assert (caught.value.file, caught.value.rule, caught.value.field) == ("calendar.yml", rule, field)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("unit: working_hours", "unit: moons", "unit"),
        ("amount: 8", "amount: -1", "amount"),
        (
            "amount: 8",
            "amount: 8\n    amounts: {by: distance_km, steps: [{up_to: 1, amount: 1}], beyond: 2}",
            "amount",
        ),
        ("amount: 8", "amounts: {by: colour, steps: [{up_to: 1, amount: 1}], beyond: 2}", "by"),
        ("amount: 8", "amount: .inf", "amount"),
        ("amount: 8", "amount: .nan", "amount"),
        ("amount: 8", "amount: 100000", "amount"),
        ("unit: working_hours\n    amount: 8", "unit: working_days\n    amount: 1.5", "amount"),
        ("unit: working_hours\n    amount: 8", "unit: next_day\n    amount: 2", "amount"),
        ("calendar: office", "calendar: moon", "calendar"),
        ("starts: [filed]", "starts: [sneezed]", "starts"),
        ("starts: [filed]", "starts: []", "starts"),
        ("stops: [closed]", "stops: [sneezed]", "stops"),
        ("stops: [closed]", "stops: [closed, filed]", "stops"),
        ("pauses: true", "pauses: true\n    excepts: public_holidays", "excepts"),
        ("pauses: true", "pauses: true\n    before: true", "before"),
        ("warn_before: {working_hours: 1}", "warn_before: {days: 1}", "warn_before"),
        ("warn_before: {working_hours: 1}", "warn_before: {}", "warn_before"),
        ("level: supervisor", "level: emperor", "level"),
        ("source: R10-6.2.2", "source: somebody", "source"),
        ('ticket.kind == "inquiry"', "ticket.colour == 1", "when"),
        ('ticket.kind == "inquiry"', "ticket.kind", "when"),
        ('ticket.kind == "inquiry"', 'ticket.kind == "inquiry" && ticket.area', "when"),
        ('ticket.kind == "inquiry"', 'switch.other == "x"', "when"),
    ],
)
def test_a_mistake_in_a_clock_is_named(tmp_path: Path, old: str, new: str, field: str):
    assert CLOCK.count(old) == 1
    with pytest.raises(PolicyError) as caught:
        sla_of(tmp_path, CLOCK.replace(old, new))
    assert (caught.value.file, caught.value.rule, caught.value.field) == ("sla.yml", "plan", field)


def test_a_clock_given_twice_is_named(tmp_path: Path):
    twice = CLOCK + CLOCK[CLOCK.index("  - id") :]
    with pytest.raises(PolicyError, match="given twice"):
        sla_of(tmp_path, twice)


def test_every_clock_must_cite_a_clause_that_can_be_read(tmp_path: Path):
    (tmp_path / "sla.yml").write_text(CLOCK, encoding="utf-8")
    with pytest.raises(PolicyError, match=r"R10-6\.2\.2"):
        read_sla(tmp_path / "sla.yml", ["office"], {"R1-1.3": "…"})


def test_a_table_of_amounts(tmp_path: Path):
    table = (
        "amounts: {by: distance_km, steps: [{up_to: 300, amount: 24}, {up_to: 1000, amount: 48}], beyond: 72}"
    )
    amount = sla_of(tmp_path, CLOCK.replace("amount: 8", table)).clocks["plan"].amount
    assert [amount.of({"distance_km": km}) for km in (0, 300, 301, 1000, 1001)] == [24, 24, 48, 48, 72]
    with pytest.raises(MissingFactError, match="distance_km"):
        amount.of({})
    falling = table.replace("up_to: 1000", "up_to: 100")
    with pytest.raises(PolicyError, match="rise"):
        sla_of(tmp_path, CLOCK.replace("amount: 8", falling))


def test_units_know_their_sort():
    assert {unit for unit in Unit if unit.works} == {Unit.WORKING_HOURS, Unit.WORKING_DAYS, Unit.NEXT_DAY}
    assert {unit for unit in Unit if not unit.whole} == {Unit.WORKING_HOURS, Unit.HOURS}
