"""Cells of an export, and ways back from a step with many tickets."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.desk.lists.exporting import cell, wording
from backend.desk.lists.undoing import way_back
from backend.tickets import kinds
from backend.tickets.commands import Assign, AwaitCustomer, CorrectFacts, Merge, Step, Withdraw
from tests.unit.tickets.steps import recorded


@given(st.text(max_size=40))
def test_no_cell_is_a_formula(text: str):
    shown = cell("description", text)
    assert not shown.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert shown.endswith(text)


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("kind", "repair_request", "报修"),
        ("hazard", True, "是"),
        ("phone", "+8613812345678", "'+8613812345678"),
        ("assignee", None, ""),
        ("created_at", datetime(2026, 11, 23, 16, 30, tzinfo=UTC), "2026-11-24 00:30"),
        ("description", "漏" * 40_000, "漏" * 30_000),
    ],
)
def test_cells(name: str, value: object, shown: str):
    assert cell(name, value) == shown


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("kind", kinds.Kind),
        ("stage", kinds.Stage),
        ("severity", kinds.Severity),
        ("priority", kinds.Priority),
        ("level", kinds.Level),
    ],
)
def test_every_value_has_a_word(name: str, words: type):
    assert {one.value for one in words} == set(wording().words[name])


def test_ways_back():
    before = recorded(assignee="linda", severity=kinds.Severity.MINOR, details={"product": "热水器"})
    back = way_back(
        CorrectFacts(
            version=3,
            severity=kinds.Severity.GRAVE,
            details={"product": "洗衣机", "fault": "漏水"},
            note="客户来电",
        ),
        before,
    )
    assert back == (
        Step.CORRECT_FACTS,
        {"severity": "minor", "details": {"product": "热水器", "fault": None}},
    )
    assert way_back(Assign(version=1, assignee="tom"), before) == (Step.ASSIGN, {"assignee": "linda"})
    assert way_back(AwaitCustomer(version=1), before) == (Step.CUSTOMER_ANSWERED, {})
    assert way_back(Merge(version=1, other="26112300016"), before) == (Step.UNMERGE, {})
    assert way_back(Withdraw(version=1), before) is None
    assert way_back(Assign(version=1, assignee="tom"), recorded(assignee=None)) is None
