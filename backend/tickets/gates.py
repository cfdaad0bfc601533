"""What each step of the workflow demands before it is taken (R1-1.3). Pure.

A gate looks at the case as it would be after the step, and names the facts that are lacking.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from backend.clock import SHANGHAI
from backend.tickets import commands as asked
from backend.tickets.case_state import CaseState, Circumstances
from backend.tickets.commands import Command, Step
from backend.tickets.completeness import missing_facts
from backend.tickets.followup import RecordCallback
from backend.tickets.kinds import Grounds, Intake, Notice, ReplyRequired, Stage
from backend.tickets.lacks import (
    AFTER_NOTICE,
    ANOTHER_TICKET,
    APPROVAL,
    COMPENSATION_AMOUNT,
    CONCESSION_BUDGET,
    CONCESSION_WITHIN_AMOUNT,
    EMERGENCY_CLOSED,
    FUTURE_DUE,
    INSUFFICIENT_GROUNDS,
    JUDGEMENT_ANEW,
    NOT_IN_FUTURE,
    NOTE,
    SUFFICIENT_GROUNDS,
    WRITTEN_NOTICE,
)
from backend.tickets.links import Link, Unlink

Asked_co = TypeVar("Asked_co", bound=Command, covariant=True)


@dataclass(frozen=True, slots=True)
class Attempt(Generic[Asked_co]):
    """A step that is about to be taken: the case before and as it would be after."""

    before: CaseState
    after: CaseState
    command: Asked_co
    given: Circumstances


def lacking(attempt: Attempt[Command]) -> tuple[str, ...]:
    """The facts that the step lacks; nothing when it may be taken."""
    gate = GATES.get(attempt.command.step)
    found = () if gate is None else tuple(gate(attempt))
    if attempt.before.emergency_open and attempt.after.stage.closed and not attempt.before.stage.closed:
        return EMERGENCY_CLOSED, *found  # R7-4.4.5: it lasts until somebody has closed it
    return found


def written_reply_due(state: CaseState, given: Circumstances) -> bool:
    """Whether the result must go to the customer in writing (R3b-26)."""
    asked_for = state.reply_required is ReplyRequired.WRITTEN
    return asked_for or given.policy.workflow.written_reply.holds(state.facts())


def without_fault(state: CaseState, given: Circumstances) -> bool:
    """Whether nobody can be at fault, so that there is nothing to investigate (R10-6.2.1)."""
    return state.kind.value in given.policy.workflow.without_fault


def approval_holds(state: CaseState, given: Circumstances) -> bool:
    """Whether the solution was approved by a level that may, even if the matter turned out graver since."""
    authority = given.policy.workflow.authority_of(state.approval_level)
    return authority is not None and authority.covers(state.cost, state.goodwill, state.severity)


def _absent(state: CaseState, *names: str) -> Iterator[str]:
    return (name for name in names if getattr(state, name) is None)


def _judge(it: Attempt[asked.Judge]) -> Iterator[str]:
    yield from _absent(it.after, "grounds", "demand_reasonable")
    if it.before.intake is Intake.RAW and it.command.kind is None:
        yield "kind"
    if it.command.note is None:
        yield from missing_facts(it.given.policy.workflow, it.after)


def _reject(it: Attempt[asked.Reject]) -> Iterator[str]:
    yield from _absent(it.after, "rejection_reason", "rejection_evidence")
    if it.before.stage is Stage.JUDGED and it.before.grounds is not Grounds.INSUFFICIENT:
        yield INSUFFICIENT_GROUNDS
    yield from _told(it)


def _told(it: Attempt[asked.Reject | asked.NotifyCustomer]) -> Iterator[str]:
    if it.command.how is None:
        yield "how"
    elif it.command.how is not Notice.WRITTEN and written_reply_due(it.after, it.given):
        yield WRITTEN_NOTICE
    if it.command.text is None:
        yield "text"


def _set_responsibility(it: Attempt[asked.SetResponsibility]) -> Iterator[str]:
    yield from _sufficient(it)
    yield from _absent(it.after, "department", "responsible_person")
    by_policy = it.given.policy.route(it.after.facts()).department
    if it.after.department != by_policy and it.command.note is None:
        yield NOTE


def _sufficient(it: Attempt[Command]) -> Iterator[str]:
    if it.before.grounds is not Grounds.SUFFICIENT:
        yield SUFFICIENT_GROUNDS


def _investigate(it: Attempt[asked.Investigate]) -> Iterator[str]:
    yield from _absent(it.after, "cause_class", "findings", "direct_cause")
    if it.after.repeats or it.after.reopened:  # somebody had it before (R1-1.3 (7))
        yield from _absent(it.after, "unsolved_cause")
    if it.after.quality_disputed:
        yield from _absent(it.after, "inspection_body")


def _propose(it: Attempt[asked.Propose]) -> Iterator[str]:
    yield from _sufficient(it)
    yield from _absent(it.after, "solution", "solution_amount")
    yield from _within_budget(it)
    if it.given.policy.workflow.compensate_first.holds(it.after.facts()):
        if it.command.compensate_first is None:
            yield "compensate_first"
        elif not it.command.compensate_first and it.command.note is None:
            yield NOTE
    if it.after.compensate_first and not it.after.cost:
        yield COMPENSATION_AMOUNT


def _within_budget(it: Attempt[Command]) -> Iterator[str]:
    if it.after.goodwill > it.after.cost:
        yield CONCESSION_WITHIN_AMOUNT
    together = it.after.goodwill + it.given.granted_this_month
    if it.after.goodwill and together > it.given.policy.workflow.concessions_a_month:
        yield CONCESSION_BUDGET


def _approve(it: Attempt[asked.Approve]) -> Iterator[str]:
    yield from _absent(it.after, "solution", "solution_amount")
    yield from _within_budget(it)


def _decline(it: Attempt[asked.Decline]) -> Iterator[str]:
    yield from _absent(it.before, "solution")
    yield from _noted(it)


def _noted(it: Attempt[Command]) -> Iterator[str]:
    if it.command.note is None:
        yield NOTE


def _notify(it: Attempt[asked.NotifyCustomer]) -> Iterator[str]:
    if it.after.approved_by is None or not approval_holds(it.after, it.given):
        yield APPROVAL
    yield from _told(it)


def _settle(it: Attempt[asked.Settle]) -> Iterator[str]:
    if it.command.customer_accepted is None:
        yield "customer_accepted"
    if it.command.reaction is None:
        yield "reaction"
    if it.command.customer_accepted is not False and it.command.carried_out is None:
        yield "carried_out"
    if it.before.notified_how is not Notice.WRITTEN and written_reply_due(it.before, it.given):
        yield WRITTEN_NOTICE  # it turned out graver after the customer was told by phone


def _record_callback(it: Attempt[RecordCallback]) -> Iterator[str]:
    command = it.command
    if command.reached is None:
        yield "reached"
    if command.reached and command.note is None:
        wanted = (f"rated_{item}" for item in it.given.policy.workflow.rated[it.before.kind.value])
        yield from (name for name in wanted if getattr(command, name) is None)
    if command.at is not None and command.at > it.given.now:
        yield NOT_IN_FUTURE
    if command.at is not None and it.before.notified_at is not None and command.at < it.before.notified_at:
        yield AFTER_NOTICE


def _improve(it: Attempt[asked.Improve]) -> Iterator[str]:
    yield from _absent(it.after, "corrective_action", "preventive_action", "action_owner", "action_due")
    due = it.command.action_due
    if due is not None and due < it.given.now.astimezone(SHANGHAI).date():
        yield FUTURE_DUE


def _correct_facts(it: Attempt[asked.CorrectFacts]) -> Iterator[str]:
    fresh = it.before.stage in {Stage.RECORDED, Stage.REOPENED}
    if not fresh and without_fault(it.before, it.given) != without_fault(it.after, it.given):
        yield JUDGEMENT_ANEW


def _assign(it: Attempt[asked.Assign]) -> Iterator[str]:
    if it.command.assignee is None:
        yield "assignee"


def _said(it: Attempt[asked.AddWords]) -> Iterator[str]:
    if it.command.text is None:
        yield "text"


def _other(it: Attempt[Link | Unlink | asked.Merge]) -> Iterator[str]:
    if it.command.other is None or it.command.other == it.before.number:
        yield ANOTHER_TICKET


def _split(it: Attempt[asked.Split]) -> Iterator[str]:
    if it.command.kind is None:
        yield "kind"
    if it.command.description is None:
        yield "description"


# each gate takes attempts of its own command, which a table cannot say
GATES: Mapping[Step, Callable[[Any], Iterator[str]]] = MappingProxyType(
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
        Step.RECORD_CALLBACK: _record_callback,
        Step.IMPROVE: _improve,
        Step.VERIFY_IMPROVEMENT: _noted,
        Step.CORRECT_FACTS: _correct_facts,
        Step.ASSIGN: _assign,
        Step.AWAIT_CUSTOMER: _noted,
        Step.ADD_WORDS: _said,
        Step.WITHDRAW: _noted,
        Step.REOPEN: _noted,
        Step.LINK: _other,
        Step.UNLINK: _other,
        Step.MERGE: _other,
        Step.SPLIT: _split,
    }
)
