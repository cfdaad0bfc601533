"""A mistake in policy/workflow.yml stops the start and names rule and field; the shipped one lets somebody decide."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from backend.policy import PolicyError
from backend.policy.workflow import LEVELS, WorkflowRules, read_workflow
from backend.settings import PROJECT_ROOT

SHIPPED = PROJECT_ROOT / "policy" / "workflow.yml"


def changed(directory: Path, old: str, new: str) -> Path:
    text = SHIPPED.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    target = directory / SHIPPED.name
    shutil.copy(SHIPPED, target)
    target.write_text(text.replace(old, new), encoding="utf-8")
    return target


@pytest.fixture(scope="module")
def rules() -> WorkflowRules:
    return read_workflow(SHIPPED)


@pytest.mark.parametrize(
    ("old", "new", "rule", "field"),
    [
        ("  merge: {roles", "  melt: {roles", "merge", "steps"),
        ("  merge: {roles", "  melt: {roles: [gm], source: R1-1.2}\n  merge: {roles", "melt", "steps"),
        ("settle: {roles: [agent,", "settle: {roles: [boss,", "settle", "0"),
        ("{level: agent, amount: 200", "{level: agent, amount: -1", "0", "amount"),
        ("{level: agent, amount: 200", "{level: agent, amount: 20000", "authority", "supervisor"),
        ("{level: agent, amount: 200", "{level: gm, amount: 200", "authority", "level"),
        ("{level: gm, severity: grave,", "{level: gm, amount: 90000, severity: grave,", "authority", "gm"),
        ("month: 20000", "month: much", "-", "month"),
        ('ticket.severity == "grave" ||', "ticket.colour ||", "written_reply", "when"),
        ("kinds: [suggestion, inquiry]", "kinds: [praise]", "without_fault", "kinds"),
        ("    suggestion: []\n", "", "suggestion", "required"),
        ("    suggestion: []\n", '    suggestion: [""]\n', "required", "0"),
        ("    suggestion: []\n", "    suggestion: [[]]\n", "required", "0"),
        ("  attempts: 3\n", "  attempts: 0\n", "-", "attempts"),
        ("return_exchange: [attitude, promises]", "return_exchange: [beauty]", "rated", "0"),
        ("return_exchange: [attitude, promises], ", "", "return_exchange", "rated"),
        ("likeness: 0.5", "likeness: 2", "-", "likeness"),
        ("likeness: 0.5, source: R3a-2", "likeness: 0.5, source: habit", "-", "source"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, rule: str, field: str):
    with pytest.raises(PolicyError) as refused:
        read_workflow(changed(tmp_path, old, new))
    assert refused.value.file == "workflow.yml"
    assert refused.value.problem
    assert rule in str(refused.value)
    assert field in str(refused.value)


def test_somebody_may_approve_whatever_it_costs(rules: WorkflowRules):
    highest = rules.lowest_covering(Decimal("9999999999.99"), Decimal("9999999999.99"), "grave")
    assert highest is not None
    assert highest.level == "gm"
    assert rules.authority_of("admin") is None


def test_grave_matters_need_the_deputy_whatever_they_cost(rules: WorkflowRules):
    """R3b-26."""
    lowest = rules.lowest_covering(Decimal(0), Decimal(0), "grave")
    assert lowest is not None
    assert lowest.level == "deputy_gm"


def test_whoever_approves_may_take_the_step(rules: WorkflowRules):
    assert rules.steps["approve"].roles == set(LEVELS)
