"""The order of levels, and until when one must acknowledge, in working time."""

from datetime import UTC, datetime

import pytest

from backend import policy
from backend.clock import SHANGHAI
from backend.escalation.ladder import AckTimes, higher, next_level, reaches
from backend.settings import PROJECT_ROOT

SHIPPED = policy.load(PROJECT_ROOT / "policy")
TIMES = AckTimes(SHIPPED)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def test_the_ladder_leads_to_the_general_manager_and_ends_there():
    level, seen = "agent", ["agent"]
    while (above := next_level(level)) is not None:
        level = above
        seen.append(level)
    assert seen == ["agent", "supervisor", "manager", "deputy_gm", "gm"]


def test_levels_compare_by_their_place():
    assert higher("gm", "agent") == higher("agent", "gm") == "gm"
    assert reaches("manager", "supervisor")
    assert reaches("manager", "manager")
    assert not reaches("manager", "deputy_gm")


@pytest.mark.parametrize(
    ("patience", "called", "due"),
    [
        # Friday 2026-11-27: the office works 9-12 and 13:30-18
        (1.0, "2026-11-27T10:00", "2026-11-27T11:00"),
        (2.0, "2026-11-27T11:00", "2026-11-27T14:30"),
        (0.5, "2026-11-27T17:45", "2026-11-30T09:15"),
        (4.0, "2026-11-28T12:00", "2026-11-30T14:30"),
        # the supervisor's clock: one hour of the hotline, 8:30-20 every day
        ("ack_supervisor", "2026-11-27T10:00", "2026-11-27T11:00"),
        ("ack_supervisor", "2026-11-27T19:30", "2026-11-28T09:00"),
        ("ack_supervisor", "2026-11-29T03:00", "2026-11-29T09:30"),
    ],
)
def test_patience_is_working_time(patience: float | str, called: str, due: str):
    answer = TIMES.until(patience, at(called).astimezone(UTC), "质量部")
    assert answer == at(due)


def test_every_level_and_rule_has_a_time_that_can_be_counted():
    called = at("2026-11-27T10:00")
    patience = [level.ack_within for level in SHIPPED.escalation.levels.values()]
    patience += [rule.ack_within for rule in SHIPPED.escalation.rules if rule.ack_within is not None]
    assert all(TIMES.until(each, called, None) > called for each in patience)
