"""A condition taken apart, each part with its value."""

import pytest

from backend import policy
from backend.escalation.explaining import explained, parts
from backend.policy.escalation_facts import nested
from backend.settings import PROJECT_ROOT
from tests.unit.policy.test_escalation_policy import CALM

RULES = {rule.id: rule for rule in policy.load(PROJECT_ROOT / "policy").escalation.rules}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("ticket.hazard", ["ticket.hazard"]),
        ("!ticket.hazard", ["!ticket.hazard"]),
        ("a && (b || !c)", ["a", "b", "!c"]),
        ("((a))", ["a"]),
        ("(a) && (b)", ["a", "b"]),
        ("a != b && !c", ["a != b", "!c"]),
        ("!a == b", ["!a == b"]),
        ('x in ["&&", ")"] || y == "(" && z', ['x in ["&&", ")"]', 'y == "("', "z"]),
        ('x.contains("a||b") || (y && (z || !(w)))', ['x.contains("a||b")', "y", "z", "!(w)"]),
        (r"x == 'it\'s && ' && y", [r"x == 'it\'s && '", "y"]),
        ("a ? b && c : d", ["a ? b && c : d"]),
        ("(a ? b : c) && d", ["a ? b : c", "d"]),
    ],
)
def test_a_condition_falls_into_its_parts(condition: str, expected: list[str]):
    assert list(parts(condition)) == expected


def test_each_part_has_its_value():
    rule = RULES["nobody-in-charge"]
    facts = nested(
        CALM | {"event.type": "stage_changed", "ticket.stage": "responsibility_set", "ticket.assignee": "li"}
    )
    explanation = explained(rule, facts)
    assert explanation.heard
    assert not explanation.holds
    assert [part.value for part in explanation.parts] == [False, True, True]
    assert explanation.parts[0].text == 'ticket.assignee == ""'
    assert explanation.facts == {
        "ticket.assignee": "li",
        "ticket.kind": "quality_complaint",
        "ticket.stage": "responsibility_set",
    }


def test_a_rule_that_listens_to_something_else_says_so():
    explanation = explained(
        RULES["incomplete-intake"], nested(CALM | {"event.type": "changed", "ticket.intake": "incomplete"})
    )
    assert (explanation.heard, explanation.holds) == (False, True)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_every_shipped_rule_can_be_explained(rule):
    explanation = explained(rule, nested(CALM))
    assert explanation.parts
    assert all(isinstance(part.value, bool) for part in explanation.parts)
