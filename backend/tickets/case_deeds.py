"""What a step leaves on the timeline: who, when, what, from, to, by which rule and clause (R1-1.2). Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from uuid import UUID

from backend.tickets.case_state import CaseState, Circumstances
from backend.tickets.commands import (
    AddWords,
    Command,
    Merge,
    NotifyCustomer,
    Reject,
    Step,
)
from backend.tickets.deeds import Deed
from backend.tickets.followup import RecordCallback
from backend.tickets.gates import written_reply_due
from backend.tickets.kinds import Visibility
from backend.tickets.links import Link, Unlink

INSPECTION_CLAUSE = "R3c-III.3"
SUPPLIER_CLAUSE = "R9-2.3"
VERBS = MappingProxyType(
    {
        Step.JUDGE: "judged",
        Step.REJECT: "rejected",
        Step.SET_RESPONSIBILITY: "responsibility_set",
        Step.INVESTIGATE: "investigated",
        Step.PROPOSE: "solution_proposed",
        Step.APPROVE: "approved",
        Step.DECLINE: "declined",
        Step.NOTIFY_CUSTOMER: "customer_notified",
        Step.SETTLE: "settled",
        Step.RECORD_CALLBACK: "called_back",
        Step.IMPROVE: "improved",
        Step.VERIFY_IMPROVEMENT: "improvement_verified",
        Step.CORRECT_FACTS: "facts_corrected",
        Step.ASSIGN: "assigned",
        Step.CONTACT: "contacted",
        Step.AWAIT_CUSTOMER: "awaiting_customer",
        Step.CUSTOMER_ANSWERED: "customer_answered",
        Step.ADD_WORDS: "added",
        Step.URGE: "urged",
        Step.WITHDRAW: "withdrawn",
        Step.REOPEN: "reopened",
        Step.LINK: "linked",
        Step.UNLINK: "unlinked",
        Step.MERGE: "merged",
        Step.UNMERGE: "unmerged",
        Step.SPLIT: "split",
    }
)
FOR_THE_CUSTOMER = frozenset(
    {Step.REJECT, Step.NOTIFY_CUSTOMER, Step.SETTLE, Step.ADD_WORDS, Step.URGE, Step.WITHDRAW, Step.REOPEN}
)
# the words themselves are the entry's note
_SAID_ELSEWHERE = frozenset({"description"})
_ROUTED = ("department", "routing_rule")


def deeds(before: CaseState, after: CaseState, command: Command, given: Circumstances) -> tuple[Deed, ...]:
    """The entries that the step appends: its own, then what policy did beside it."""
    return _main(before, after, command, given), *_beside(before, after, command, given)


def _main(before: CaseState, after: CaseState, command: Command, given: Circumstances) -> Deed:
    step = command.step
    rule, source = _by_rule(after, command, given)
    routed = _routed_beside(before, after, command)
    was, now = difference(before, after, leaving_out=frozenset(_ROUTED) if routed else frozenset())
    return Deed(
        verb="solution_refused" if step is Step.SETTLE and not after.stage.closed else VERBS[step],
        before=was or None,
        after=(now | _about(command, given)) or None,
        note=_note(command),
        visibility=Visibility.CUSTOMER if step in FOR_THE_CUSTOMER else Visibility.INTERNAL,
        rule=rule,
        source=source,
    )


def _by_rule(after: CaseState, command: Command, given: Circumstances) -> tuple[str, str]:
    """The rule that let the step be taken, by its name in policy/workflow.yml, and its clause."""
    rules, step = given.policy.workflow, command.step
    authority = rules.authority_of(after.approval_level)
    if step is Step.APPROVE and authority is not None:
        return f"authority-{authority.level}", authority.source
    if step is Step.NOTIFY_CUSTOMER and written_reply_due(after, given):
        return "written_reply", rules.written_reply.source
    return step.value, rules.steps[step.value].source


def _beside(before: CaseState, after: CaseState, command: Command, given: Circumstances) -> Iterator[Deed]:
    if _routed_beside(before, after, command):
        was, now = difference(before, after, only=frozenset({"department"}))
        route = given.policy.routing_rule(after.routing_rule or "")
        yield Deed("routed", was, now, rule=route.id, source=route.source)
    if after.compensate_first and not before.compensate_first:
        source = given.policy.workflow.compensate_first.source
        yield Deed("compensated_first", rule="compensate_first", source=source)
    if after.inspection_body and after.inspection_body != before.inspection_body:
        yield Deed(
            "inspection_called", after={"inspection_body": after.inspection_body}, source=INSPECTION_CLAUSE
        )
    if after.supplier and after.supplier != before.supplier:
        yield Deed("supplier_named", after={"supplier": after.supplier}, source=SUPPLIER_CLAUSE)
    waited, command_ends_it = before.awaiting_customer_since, command.step is Step.CUSTOMER_ANSWERED
    if waited and not after.awaiting_customer_since and not command_ends_it:
        step = Step.CUSTOMER_ANSWERED.value
        yield Deed("customer_answered", rule=step, source=given.policy.workflow.steps[step].source)


def _routed_beside(before: CaseState, after: CaseState, command: Command) -> bool:
    return command.step is not Step.SET_RESPONSIBILITY and before.department != after.department


def _note(command: Command) -> str | None:
    if isinstance(command, AddWords | NotifyCustomer | Reject):
        return command.text or command.note
    return command.note


def _about(command: Command, given: Circumstances) -> dict[str, Any]:
    """What a step says that is no fact of the case itself."""
    if isinstance(command, Link):
        return {"linked": command.other, "relation": command.relation.value}
    if isinstance(command, Unlink):
        return {"unlinked": command.other}
    if isinstance(command, RecordCallback):
        return {"reached": command.reached, "called_at": plain(command.at or given.now)}
    return {"merged_into": command.other} if isinstance(command, Merge) else {}


def difference(
    before: CaseState,
    after: CaseState,
    *,
    only: frozenset[str] | None = None,
    leaving_out: frozenset[str] = frozenset(),
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What changed, from and to, fit for JSON. Of the details only those that changed."""
    was: dict[str, Any] = {}
    now: dict[str, Any] = {}
    for name in (field.name for field in fields(CaseState)):
        old, new = getattr(before, name), getattr(after, name)
        if old == new or name in _SAID_ELSEWHERE | leaving_out or (only is not None and name not in only):
            continue
        if isinstance(old, Mapping):
            old, new = _differing(old, new), _differing(new, old)
        was[name], now[name] = plain(old), plain(new)
    return was, now


def _differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in one.items() if other.get(key) != value}


def plain(value: Any) -> Any:
    """A fact as JSON holds it: amounts and times as text, so that nothing is rounded."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    return value.value if hasattr(value, "value") else value
