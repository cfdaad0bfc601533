"""What a waiting customer is told: how long, and when somebody is back."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from backend import policy
from backend.clock import SHANGHAI
from backend.handover.kinds import PresenceState
from backend.handover.opening import next_opening
from backend.handover.presence import effective
from backend.handover.waiting import expected_minutes
from backend.policy import PolicyError
from backend.policy.calendar import read_calendar
from backend.policy.clauses import read_clauses
from backend.policy.desk import read_desk
from backend.policy.routing import read_routing

POLICY = Path(__file__).resolve().parents[3] / "policy"
CALENDAR = read_calendar(POLICY / "calendar.yml")
RULES = policy.load(POLICY).desk


@pytest.mark.parametrize(
    ("position", "online", "seconds", "minutes"),
    [(1, 1, 300, 5), (1, 5, 300, 1), (4, 2, 300, 10), (3, 2, 300, 8), (2, 0, 300, 10), (1, 9, 10, 1)],
)
def test_the_expected_wait(position: int, online: int, seconds: int, minutes: int):
    assert expected_minutes(position, online, timedelta(seconds=seconds)) == minutes


@pytest.mark.parametrize(
    ("calendar", "now", "opens"),
    [
        ("hotline", "2026-11-23 23:00", "2026-11-24 08:30"),
        ("hotline", "2026-11-23 06:00", "2026-11-23 08:30"),
        ("hotline", "2026-11-23 08:30", "2026-11-23 08:30"),
        ("hotline", "2026-11-23 20:00", "2026-11-24 08:30"),
        ("office", "2026-11-23 12:10", "2026-11-23 13:30"),
        ("office", "2026-11-27 19:00", "2026-11-30 09:00"),
        ("office", "2026-09-30 18:00", "2026-10-08 09:00"),
    ],
)
def test_when_somebody_is_back(calendar: str, now: str, opens: str):
    moment = datetime.fromisoformat(now).replace(tzinfo=SHANGHAI)
    assert next_opening(CALENDAR.calendars[calendar], moment).strftime("%Y-%m-%d %H:%M") == opens


@pytest.mark.parametrize(
    ("chosen", "lost", "state"),
    [
        ("online", False, "online"),
        ("online", True, "away"),
        ("busy", True, "away"),
        ("away", True, "away"),
        ("offline", True, "offline"),
    ],
)
def test_who_is_lost_is_away(chosen: str, lost: bool, state: str):
    moment = datetime.now(SHANGHAI) if lost else None
    assert effective(chosen, moment) is PresenceState(state)


@pytest.mark.parametrize(
    ("reason", "channel", "department", "kind", "group"),
    [
        ("hazard", "phone", "质量部", "suggestion", "hazard"),
        ("customer_asked", "phone", "质量部", "suggestion", "phone"),
        ("rule", "web", "质量部", "service_complaint", "quality"),
        ("customer_asked", "web", None, "service_complaint", "service"),
        ("customer_asked", "web", "货运部", "suggestion", "suggestion"),
        ("customer_asked", "web", None, None, "front_desk"),
    ],
)
def test_the_group_that_fits(reason: str, channel: str, department: str | None, kind: str | None, group: str):
    assert RULES.group_for(reason, channel, department, kind) == group


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("default_group: front_desk", "default_group: nowhere", "default_group"),
        ("calendar: hotline", "calendar: nights", "hours"),
        ("kinds: [service_complaint]", "kinds: [grumbling]", "service"),
        ("departments: [质量部]", "departments: [不存在部]", "quality"),
        ("source: R3a-2", "source: R99-1", "suggestion"),
        ("hazard: urgent", "hazard: quickly", "urgency"),
        ("hazard: urgent", "boredom: urgent", "urgency"),
        ("{id: phone,", "{id: hazard,", "groups"),
        ("units: 6", "units: 0", "units"),
        ("phone: 180", "fax: 180", "limit_seconds"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, old: str, new: str, named: str):
    text = (POLICY / "desk.yml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "desk.yml").write_text(text.replace(old, new), encoding="utf-8")
    clauses, routing = read_clauses(POLICY / "clauses.yml"), read_routing(POLICY / "routing.yml")
    with pytest.raises(PolicyError, match=named):
        read_desk(tmp_path / "desk.yml", clauses, CALENDAR, routing)
