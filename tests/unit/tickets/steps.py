"""Steps for the tests of the workflow: the shipped policy, people, and requests that bring all facts."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache

from backend import policy
from backend.access.roles import Role
from backend.policy import Policy
from backend.settings import PROJECT_ROOT
from backend.tickets import commands as asked
from backend.tickets.case_state import CaseState, Circumstances
from backend.tickets.commands import Command
from backend.tickets.deeds import By
from backend.tickets.kinds import Actor, Kind, Stage
from backend.tickets.workflow import apply

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
NUMBER, OTHER = "26112300016", "26112300024"
CUSTOMER = By(Actor.BOT)


@cache
def shipped() -> Policy:
    return policy.load(PROJECT_ROOT / "policy")


def person(role: Role, username: str | None = None) -> By:
    return By(Actor.AGENT, role.value.title(), username or f"some-{role}", role)


AGENT, SUPERVISOR, MANAGER, DEPUTY, BOSS = map(
    person, (Role.AGENT, Role.SUPERVISOR, Role.MANAGER, Role.DEPUTY_GM, Role.GM)
)


def by(who: By, **more) -> Circumstances:
    return Circumstances(who, NOW, shipped(), **more)


def recorded(**facts) -> CaseState:
    """A quality complaint of which everything is known that is asked for at intake."""
    whole = {
        "number": NUMBER,
        "kind": Kind.QUALITY_COMPLAINT,
        "details": {"product": "热水器", "fault": "漏水", "order_number": "A1"},
        "demand": "维修",
        "customer_name": "王女士",
        "phone": "13812345678",
        "department": "质量部",
        "routing_rule": "quality-complaint",
    }
    return CaseState(**whole | facts)


def step(kind: type[Command], /, **facts) -> Command:
    return kind.model_validate({"version": 1} | facts)


RIGHT: dict[type[Command], dict] = {
    asked.Judge: {"grounds": "sufficient", "demand_reasonable": True},
    asked.SetResponsibility: {"responsible_person": "李工"},
    asked.Investigate: {"cause_class": "other", "findings": "接头松动", "direct_cause": "运输颠簸"},
    asked.Propose: {"solution": "上门紧固", "solution_amount": "80"},
    asked.Approve: {},
    asked.NotifyCustomer: {"how": "written", "text": "明天上门"},
    asked.Settle: {"customer_accepted": True, "carried_out": "已紧固", "reaction": "满意"},
    asked.Improve: {
        "corrective_action": "紧固",
        "preventive_action": "加防震垫",
        "action_owner": "李工",
        "action_due": date(2026, 12, 1),
    },
}
"""The eight steps with all that each demands of an ordinary case."""

REACHED = {
    asked.Judge: Stage.JUDGED,
    asked.SetResponsibility: Stage.RESPONSIBILITY_SET,
    asked.Investigate: Stage.INVESTIGATED,
    asked.Propose: Stage.SOLUTION_PROPOSED,
    asked.Approve: Stage.SOLUTION_PROPOSED,
    asked.NotifyCustomer: Stage.CUSTOMER_NOTIFIED,
    asked.Settle: Stage.SETTLED,
    asked.Improve: Stage.IMPROVED,
}


def right(kind: type[Command], /, **changes) -> Command:
    return step(kind, **RIGHT[kind] | changes)


def brought_to(stop: type[Command] | None, state: CaseState | None = None, **changes: dict) -> CaseState:
    """The case after the steps up to and with `stop`, each taken by somebody who may.

    Args:
        changes: by a command's name, other facts than the right ones.
    """
    state = state or recorded()
    if stop is None:
        return state
    for kind in RIGHT:
        who = BOSS if kind is asked.Approve else SUPERVISOR
        state = apply(state, right(kind, **changes.get(kind.__name__, {})), by(who)).state
        if kind is stop:
            return state
    raise AssertionError(stop)


def costing(amount: str, **facts) -> CaseState:
    """A case whose proposed solution costs that much."""
    proposed = brought_to(asked.Propose)
    return replace(proposed, solution_amount=Decimal(amount), proposed_by="proposer", **facts)
