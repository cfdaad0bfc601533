"""Whom a notice to a target concerns."""

import pytest

from backend.access.roles import Role
from backend.desk.inbox.audience import Colleague, readers

AN = Colleague("an", Role.AGENT, frozenset({"quality"}))
BO = Colleague("bo", Role.AGENT)
SU = Colleague("su", Role.SUPERVISOR)
GM = Colleague("gm", Role.GM)
ADMIN = Colleague("ad", Role.ADMIN)
PEOPLE = [AN, BO, SU, GM, ADMIN]


@pytest.mark.parametrize(
    ("target", "groups", "assignee", "told"),
    [
        ("supervisor", [], None, {"su"}),
        ("front_desk", [], None, {"an", "bo"}),
        ("all_hands", [], None, {"an", "bo", "su", "gm", "ad"}),
        ("department", ["quality"], None, {"an"}),
        ("department", ["quality"], "bo", {"an", "bo"}),
        ("department", ["service"], None, {"bo", "su"}),
        ("department", [], "bo", {"bo"}),
        ("department", [], None, {"su", "gm", "ad"}),
        ("department", [], "gone", {"su", "gm", "ad"}),
        ("deputy_gm", [], None, {"su", "gm", "ad"}),
        ("night_shift", [], None, {"su", "gm", "ad"}),
    ],
    ids=[
        "a role",
        "agents",
        "everybody",
        "members of its group",
        "and who has the ticket",
        "a group without members: who serves all",
        "no group: who has the ticket",
        "neither: who supervises",
        "who had it has left",
        "nobody has that role",
        "a target that is no role",
    ],
)
def test_readers(target: str, groups: list[str], assignee: str | None, told: set[str]):
    assert readers(target, PEOPLE, groups, assignee) == told


def test_nobody_at_all_is_no_error():
    assert readers("gm", [], [], None) == set()
