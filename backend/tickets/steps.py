"""What each step makes of a case (R1-1.3). Pure; whether it may be taken is decided elsewhere."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from types import MappingProxyType
from typing import Any

from backend.tickets import commands as asked
from backend.tickets import followup
from backend.tickets.case_state import CaseState, Circumstances
from backend.tickets.commands import Command, Step
from backend.tickets.completeness import missing_facts
from backend.tickets.kinds import Actor, Grounds, Intake, Level, Stage

Change = Callable[[CaseState, Any, Circumstances], CaseState]

_FACTS = frozenset(field.name for field in fields(CaseState))
_NO_SOLUTION: Mapping[str, Any] = MappingProxyType(
    {
        "solution": None,
        "solution_amount": None,
        "concession": None,
        "compensate_first": False,
        "proposed_by": None,
    }
)
_NO_APPROVAL: Mapping[str, Any] = MappingProxyType(
    {"approved_by": None, "approval_level": None, "approved_at": None}
)
_NOT_NOTIFIED: Mapping[str, Any] = MappingProxyType(
    {"notified_at": None, "notified_how": None, "notice_id": None}
)
_NOT_WORKED_OUT: Mapping[str, Any] = MappingProxyType({**_NO_SOLUTION, **_NO_APPROVAL, **_NOT_NOTIFIED})
_AFRESH: Mapping[str, Any] = MappingProxyType(
    dict.fromkeys(
        (
            "first_contact_at",
            "grounds",
            "demand_reasonable",
            "rejection_reason",
            "rejection_evidence",
            "cause_class",
            "findings",
            "inspection_body",
            "carried_out",
            "settled_at",
            "customer_accepted",
            "reaction",
            "callback_at",
            "callback_outcome",
            "rated_attitude",
            "rated_skill",
            "rated_arrival",
            "rated_promises",
            "customer_suggestion",
            "corrective_action",
            "preventive_action",
            "action_owner",
            "action_due",
            "action_verified_at",
        )
    )
    | {"quality_disputed": False, "callback_attempts": 0, **_NOT_WORKED_OUT}
)
_ALWAYS_KNOWN = frozenset({"kind", "severity", "hazard"})
_MAY_STILL_MOVE = frozenset({Stage.RECORDED, Stage.JUDGED, Stage.REOPENED})


def changed(state: CaseState, command: Command, given: Circumstances) -> CaseState:
    """The case after the step."""
    after = CHANGES[command.step](state, command, given)
    return replace(after, awaiting_customer_since=None) if after.stage.closed else after


def _facts(command: Command) -> dict[str, Any]:
    """The facts that the command brings and a case has, under the names of both."""
    return {
        name: value
        for name in type(command).model_fields
        if name in _FACTS and (value := getattr(command, name)) is not None
    }


def _judge(state: CaseState, command: asked.Judge, given: Circumstances) -> CaseState:
    known = replace(state, **_facts(command), **_NOT_WORKED_OUT, stage=Stage.JUDGED)
    if state.intake is Intake.RAW:
        known = replace(known, intake=Intake.INCOMPLETE)
    return _routed(_complete(known, given), given)


def _reject(state: CaseState, command: asked.Reject, given: Circumstances) -> CaseState:
    return replace(
        state,
        **_facts(command),
        stage=Stage.REJECTED,
        grounds=Grounds.INSUFFICIENT,
        notified_at=given.now,
        notified_how=command.how,
        notice_id=given.notice_id,
    )


def _set_responsibility(
    state: CaseState, command: asked.SetResponsibility, given: Circumstances
) -> CaseState:
    after = replace(state, **_facts(command), stage=Stage.RESPONSIBILITY_SET)
    route = given.policy.route(after.facts())
    if command.department in {None, route.department}:
        return replace(after, department=route.department, routing_rule=route.id)
    return replace(after, routing_rule=None)


def _investigate(state: CaseState, command: asked.Investigate, _given: Circumstances) -> CaseState:
    return replace(state, **_facts(command), stage=Stage.INVESTIGATED)


def _propose(state: CaseState, command: asked.Propose, given: Circumstances) -> CaseState:
    proposed = replace(state, **_NOT_WORKED_OUT)
    return replace(proposed, **_facts(command), stage=Stage.SOLUTION_PROPOSED, proposed_by=given.by.username)


def _approve(state: CaseState, _command: asked.Approve, given: Circumstances) -> CaseState:
    return replace(
        state,
        approved_by=given.by.username,
        approval_level=level_of(given),
        approved_at=given.now,
    )


def level_of(given: Circumstances) -> Level | None:
    """The level at which whoever acts may approve; none for those who may approve nothing."""
    role = given.by.role
    return Level(role.value) if role is not None and role.value in set(Level) else None


def _decline(state: CaseState, _command: asked.Decline, _given: Circumstances) -> CaseState:
    stage = Stage.JUDGED if state.cause_class is None else Stage.INVESTIGATED
    return replace(state, **_NOT_WORKED_OUT, stage=stage)


def _notify(state: CaseState, command: asked.NotifyCustomer, given: Circumstances) -> CaseState:
    return replace(
        state,
        stage=Stage.CUSTOMER_NOTIFIED,
        notified_at=given.now,
        notified_how=command.how,
        notice_id=given.notice_id,
    )


def _settle(state: CaseState, command: asked.Settle, given: Circumstances) -> CaseState:
    heard = replace(state, **_facts(command))
    if command.customer_accepted is False:
        return replace(heard, **_NOT_WORKED_OUT, stage=Stage.SOLUTION_PROPOSED)
    return replace(heard, stage=Stage.SETTLED, settled_at=given.now)


def _improve(state: CaseState, command: asked.Improve, _given: Circumstances) -> CaseState:
    return replace(state, **_facts(command), stage=Stage.IMPROVED, action_verified_at=None)


def _verify_improvement(state: CaseState, _command: Command, given: Circumstances) -> CaseState:
    return replace(state, action_verified_at=given.now)


def _correct_facts(state: CaseState, command: asked.CorrectFacts, given: Circumstances) -> CaseState:
    values = {
        name: getattr(command, name)
        for name in command.model_fields_set & _FACTS
        if name != "details" and (name not in _ALWAYS_KNOWN or getattr(command, name) is not None)
    }
    details = {
        name: value for name, value in {**state.details, **command.details}.items() if value is not None
    }
    return _routed(_complete(replace(state, **values, details=details), given), given)


def _complete(state: CaseState, given: Circumstances) -> CaseState:
    """A record that was incomplete and no longer is."""
    if state.intake is Intake.INCOMPLETE and not missing_facts(given.policy.workflow, state):
        return replace(state, intake=Intake.COMPLETE)
    return state


def _routed(state: CaseState, given: Circumstances) -> CaseState:
    """The case with the department that policy gives it, as long as no person answers for it."""
    if state.responsible_person is not None or state.stage not in _MAY_STILL_MOVE:
        return state
    route = given.policy.route(state.facts())
    return replace(state, department=route.department, routing_rule=route.id)


def _assign(state: CaseState, command: asked.Assign, _given: Circumstances) -> CaseState:
    return replace(state, assignee=command.assignee)


def _contact(state: CaseState, _command: Command, given: Circumstances) -> CaseState:
    return replace(state, first_contact_at=state.first_contact_at or given.now)


def _await(state: CaseState, _command: Command, given: Circumstances) -> CaseState:
    return replace(state, awaiting_customer_since=given.now)


def _answered(state: CaseState, _command: Command, _given: Circumstances) -> CaseState:
    return replace(state, awaiting_customer_since=None)


def _add_words(state: CaseState, command: asked.AddWords, given: Circumstances) -> CaseState:
    after = replace(state, description=f"{state.description}\n{command.text}") if command.text else state
    return after if given.by.kind is Actor.AGENT else replace(after, awaiting_customer_since=None)


def _urge(state: CaseState, _command: Command, _given: Circumstances) -> CaseState:
    return replace(state, urged=state.urged + 1)


def _withdraw(state: CaseState, _command: Command, _given: Circumstances) -> CaseState:
    return replace(state, stage=Stage.CANCELLED)


def _reopen(state: CaseState, _command: Command, _given: Circumstances) -> CaseState:
    return replace(state, **_AFRESH, stage=Stage.REOPENED, reopened=state.reopened + 1)


def _merge(state: CaseState, command: asked.Merge, _given: Circumstances) -> CaseState:
    return replace(state, stage=Stage.CANCELLED, merged_into=command.other, stage_before_merge=state.stage)


def _unmerge(state: CaseState, _command: Command, _given: Circumstances) -> CaseState:
    return replace(
        state, stage=state.stage_before_merge or state.stage, merged_into=None, stage_before_merge=None
    )


def _same(state: CaseState, _command: Command, _given: Circumstances) -> CaseState:
    return state


CHANGES: Mapping[Step, Change] = MappingProxyType(
    {
        Step.JUDGE: _judge,
        Step.REJECT: _reject,
        Step.SET_RESPONSIBILITY: _set_responsibility,
        Step.INVESTIGATE: _investigate,
        Step.PROPOSE: _propose,
        Step.APPROVE: _approve,
        Step.DECLINE: _decline,
        Step.NOTIFY_CUSTOMER: _notify,
        Step.SETTLE: _settle,
        Step.RECORD_CALLBACK: followup.called_back,
        Step.IMPROVE: _improve,
        Step.VERIFY_IMPROVEMENT: _verify_improvement,
        Step.CORRECT_FACTS: _correct_facts,
        Step.ASSIGN: _assign,
        Step.CONTACT: _contact,
        Step.AWAIT_CUSTOMER: _await,
        Step.CUSTOMER_ANSWERED: _answered,
        Step.ADD_WORDS: _add_words,
        Step.URGE: _urge,
        Step.WITHDRAW: _withdraw,
        Step.REOPEN: _reopen,
        Step.LINK: _same,
        Step.UNLINK: _same,
        Step.MERGE: _merge,
        Step.UNMERGE: _unmerge,
        Step.SPLIT: _same,
    }
)
