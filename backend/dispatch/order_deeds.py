"""What a step of a service order leaves on its ticket's timeline, and which clocks hear of it. Pure."""

from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import Any

from backend.dispatch.commands import AnswerQuote, OrderCommand, OrderStep
from backend.dispatch.kinds import Answer, OrderStage
from backend.dispatch.order_state import Circumstances, OrderState
from backend.tickets.deeds import Deed
from backend.tickets.kinds import Visibility

OPENED = "order_opened"
OVERDUE = "repair_overdue"
PICTURED = "picture_added"
VERBS = MappingProxyType(
    {
        OrderStep.PLAN: "order_planned",
        OrderStep.GUIDE: "guided_by_phone",
        OrderStep.QUOTE: "quote_sent",
        OrderStep.ANSWER: "quote_answered",
        OrderStep.WAIVE: "fee_waived",
        OrderStep.TELL_DEALER: "dealer_told",
        OrderStep.DISPATCH: "dispatched",
        OrderStep.DEPART: "departed",
        OrderStep.ARRIVE: "arrived",
        OrderStep.DIAGNOSE: "diagnosed",
        OrderStep.FIX: "fixed_on_site",
        OrderStep.TAKE_IN: "taken_in",
        OrderStep.RETURN: "handed_back",
        OrderStep.SIGN: "signed",
        OrderStep.REPORT: "reported",
        OrderStep.AUDIT: "audited",
        OrderStep.FILE_RECORD: "record_filed",
        OrderStep.CANCEL: "order_cancelled",
    }
)
ANSWERS = MappingProxyType({Answer.AGREED: "fee_confirmed", Answer.DECLINED: "fee_declined"})
FOR_THE_CUSTOMER = frozenset(
    {
        OrderStep.GUIDE,
        OrderStep.QUOTE,
        OrderStep.ANSWER,
        OrderStep.DISPATCH,
        OrderStep.DEPART,
        OrderStep.ARRIVE,
        OrderStep.DIAGNOSE,
        OrderStep.FIX,
        OrderStep.TAKE_IN,
        OrderStep.RETURN,
        OrderStep.SIGN,
    }
)
_NOT_SAID = frozenset({"number", "sign_code_digest", "open_quote", "technician_id"})
"""Ids and secrets say nothing to a reader; the stage is the verb's."""
TRIGGERS = MappingProxyType(
    {
        OrderStep.GUIDE: ("advised",),
        OrderStep.WAIVE: ("fee_confirmed",),
        OrderStep.ARRIVE: ("arrived",),
        OrderStep.SIGN: ("service_done",),
        OrderStep.REPORT: ("report_written",),
        OrderStep.DIAGNOSE: ("arrived",),
        OrderStep.AUDIT: ("audit_done",),
        OrderStep.FILE_RECORD: ("record_filed",),
    }
)
"""Triggers of policy/sla.yml. A waiver settles the fee as a confirmation does: now the visit is due. Who pays
may turn out otherwise on site; whoever is there has arrived all the same.
"""


def verbs() -> frozenset[str]:
    """All verbs that service orders leave on a timeline."""
    return frozenset({OPENED, OVERDUE, PICTURED, *VERBS.values(), *ANSWERS.values()}) - {
        VERBS[OrderStep.ANSWER]
    }


def triggers(before: OrderState, command: OrderCommand) -> tuple[str, ...]:
    """What the step means to clocks."""
    if isinstance(command, AnswerQuote):
        first = before.stage is OrderStage.QUOTED and command.answer is Answer.AGREED
        return ("fee_confirmed",) if first else ()
    return TRIGGERS.get(command.step, ())


def lapsed(before: OrderState, after: OrderState) -> tuple[str, ...]:
    """What the step has made void: planned or quoted anew, the fee is to be agreed to anew."""
    settled = before.confirmed_at is not None or before.waived_by is not None
    gone = after.confirmed_at is None and after.waived_by is None
    return ("fee_confirmed",) if settled and gone else ()


def deed(before: OrderState, after: OrderState, command: OrderCommand, given: Circumstances) -> Deed:
    """The entry that the step appends."""
    step = command.step
    verb = ANSWERS[command.answer] if isinstance(command, AnswerQuote) else VERBS[step]
    was, now = difference(before, after)
    if step is OrderStep.DISPATCH and given.worker is not None:
        now["technician"] = given.worker.name
    if isinstance(command, AnswerQuote):
        now["answered_how"] = command.how.value
    return Deed(
        verb=verb,
        before=was or None,
        after={"order": after.number} | now,
        note=command.note,
        visibility=Visibility.CUSTOMER if step in FOR_THE_CUSTOMER else Visibility.INTERNAL,
        rule=step.value,
        source=given.policy.dispatch.steps[step.value].source,
    )


def difference(before: OrderState, after: OrderState) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields that differ, before and after, as the timeline keeps them."""
    was: dict[str, Any] = {}
    now: dict[str, Any] = {}
    for name in (field.name for field in fields(OrderState)):
        old, new = getattr(before, name), getattr(after, name)
        if old == new or name in _NOT_SAID:
            continue
        key = "order_stage" if name == "stage" else name
        now[key] = _plain(new)
        if old not in {None, ""}:
            was[key] = _plain(old)
    return was, now


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case Decimal():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case _:
            return value
