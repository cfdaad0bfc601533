"""What each step of a service order demands before it is taken. Pure.

A gate looks at the order as it would be after the step, and names what is lacking;
`utter_system_fact_<name>` in `domain/_system.yml` says the names to people.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from backend.clock import SHANGHAI
from backend.dispatch.commands import OrderCommand, OrderStep
from backend.dispatch.order_state import Circumstances, OrderState
from backend.tickets.kinds import Actor
from backend.warranty.outcome import ServiceClass

NOTE = "note"
FEE_CONFIRMED = "fee_confirmed"
FEE_WAIVER = "fee_waiver"
CHARGED_SERVICE = "charged_service"
OPEN_QUOTE = "open_quote"
VALID_QUOTE = "valid_quote"
DEALER_TOLD = "dealer_told"
TECHNICIAN_ACTIVE = "technician_active"
TECHNICIAN_REGION = "technician_region"
TECHNICIAN_SKILL = "technician_skill"
VISIT_AHEAD = "visit_at_not_past"
DEPARTURE_IN_ORDER = "departed_at_in_order"
ARRIVAL_IN_ORDER = "arrived_at_in_order"
PROMISE_AHEAD = "promised_on_not_past"
KNOWN_REGION = "known_region"
SIGNATURE = "signature"
PRICE = "unit_price"
RECORD = "record"
LATE_NOTE = timedelta(minutes=5)
"""A visit that is agreed for this moment is not in the past when it is sent."""
FACTS = frozenset(
    {
        NOTE,
        FEE_CONFIRMED,
        FEE_WAIVER,
        CHARGED_SERVICE,
        OPEN_QUOTE,
        VALID_QUOTE,
        DEALER_TOLD,
        TECHNICIAN_ACTIVE,
        TECHNICIAN_REGION,
        TECHNICIAN_SKILL,
        VISIT_AHEAD,
        DEPARTURE_IN_ORDER,
        ARRIVAL_IN_ORDER,
        PROMISE_AHEAD,
        KNOWN_REGION,
        SIGNATURE,
        PRICE,
        RECORD,
        "plan",
        "region",
        "service_class",
        "told_to",
        "technician_id",
        "visit_at",
        "plan_told",
        "diagnosis",
        "work_done",
        "hours",
        "card_entry",
        "receipt",
        "promised_on",
        "receipt_voided",
        "report",
        "invoice",
        "satisfied",
        "cost",
    }
)
"""All that a gate can ask for."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A step that is about to be taken: the order before and as it would be after."""

    before: OrderState
    after: OrderState
    command: Any
    given: Circumstances


def lacking(attempt: Attempt) -> tuple[str, ...]:
    """What the step lacks; nothing when it may be taken."""
    command: OrderCommand = attempt.command
    gate = GATES.get(command.step)
    return () if gate is None else tuple(gate(attempt))


def _absent(state: OrderState, *names: str) -> Iterator[str]:
    return (name for name in names if getattr(state, name) is None)


def _plan(it: Attempt) -> Iterator[str]:
    yield from _absent(it.after, "plan", "region")
    if it.after.region is not None and it.after.region not in it.given.policy.dispatch.regions:
        yield KNOWN_REGION
    found = it.given.warranty.service_class if it.given.warranty else ServiceClass.UNKNOWN
    overridden = it.command.service_class not in {None, found}
    if overridden and found is not ServiceClass.UNKNOWN and it.command.note is None:
        yield NOTE


def _guide(it: Attempt) -> Iterator[str]:
    return _absent(it.after, "work_done")


def _quote(it: Attempt) -> Iterator[str]:
    if not it.before.pays_parts:
        yield CHARGED_SERVICE


def _answer(it: Attempt) -> Iterator[str]:
    if it.before.open_quote is None or it.before.open_quote != it.command.quote_id:
        yield OPEN_QUOTE
    elif not it.given.quote_valid:
        yield VALID_QUOTE


def _note(it: Attempt) -> Iterator[str]:
    if it.command.note is None:
        yield NOTE


def _tell_dealer(it: Attempt) -> Iterator[str]:
    if it.after.dealer_told_to is None:
        yield "told_to"


def _dispatch(it: Attempt) -> Iterator[str]:
    state = it.before
    if state.service_class is ServiceClass.UNKNOWN:
        yield "service_class"
    if state.fee_refused and state.waived_by is None:
        yield FEE_WAIVER
    elif state.charged and state.agreed_total is None:
        yield FEE_CONFIRMED
    if state.dealer_sold and state.dealer_told_at is None:
        yield DEALER_TOLD
    yield from _technician(it)
    if it.after.visit_at is None:
        yield "visit_at"
    elif it.after.visit_at < it.given.now - LATE_NOTE:
        yield VISIT_AHEAD


def _technician(it: Attempt) -> Iterator[str]:
    worker, rules = it.given.worker, it.given.policy.dispatch
    if worker is None:
        yield "technician_id"
        return
    if not worker.active:
        yield TECHNICIAN_ACTIVE
    if it.before.region not in worker.regions:
        yield TECHNICIAN_REGION
    skill = rules.skill_of.get(it.before.family or "")
    if skill is not None and skill not in worker.skills:
        yield TECHNICIAN_SKILL


def _depart(it: Attempt) -> Iterator[str]:
    if it.command.plan_told is not True:
        yield "plan_told"
    departed, dispatched = it.after.departed_at, it.before.dispatched_at
    if departed is None or dispatched is None or not dispatched <= departed <= it.given.now:
        yield DEPARTURE_IN_ORDER


def _arrive(it: Attempt) -> Iterator[str]:
    arrived, departed = it.after.arrived_at, it.before.departed_at
    if arrived is None or departed is None or not departed <= arrived <= it.given.now:
        yield ARRIVAL_IN_ORDER


def _diagnose(it: Attempt) -> Iterator[str]:
    return _absent(it.after, "diagnosis")


def _worked(it: Attempt) -> Iterator[str]:
    yield from _absent(it.after, "work_done", "hours", "card_entry")
    if it.after.bill_total > (it.before.agreed_total or Decimal(0)):
        yield FEE_CONFIRMED


def _take_in(it: Attempt) -> Iterator[str]:
    yield from _absent(it.after, "receipt", "promised_on")
    promised = it.after.promised_on
    if promised is not None and promised < it.given.now.astimezone(SHANGHAI).date():
        yield PROMISE_AHEAD


def _return(it: Attempt) -> Iterator[str]:
    yield from _worked(it)
    if not it.after.receipt_voided:
        yield "receipt_voided"


def _sign(it: Attempt) -> Iterator[str]:
    digest = it.given.code_digest
    by_code = digest is not None and digest == it.before.sign_code_digest
    on_paper = it.command.signed_by is not None and it.given.by.kind is Actor.AGENT
    if not by_code and (digest is not None or not on_paper):
        yield SIGNATURE


def _report(it: Attempt) -> Iterator[str]:
    yield from _absent(it.after, "report")
    if it.after.bill_total > 0 and it.after.invoice is None:
        yield "invoice"


def _audit(it: Attempt) -> Iterator[str]:
    yield from _absent(it.after, "satisfied")
    if it.after.audited_cost is None:
        yield "cost"


def _file_record(it: Attempt) -> Iterator[str]:
    if it.after.record is None and not it.given.pictures:
        yield RECORD


GATES: Mapping[OrderStep, Callable[[Attempt], Iterator[str]]] = MappingProxyType(
    {
        OrderStep.PLAN: _plan,
        OrderStep.GUIDE: _guide,
        OrderStep.QUOTE: _quote,
        OrderStep.ANSWER: _answer,
        OrderStep.WAIVE: _note,
        OrderStep.TELL_DEALER: _tell_dealer,
        OrderStep.DISPATCH: _dispatch,
        OrderStep.DEPART: _depart,
        OrderStep.ARRIVE: _arrive,
        OrderStep.DIAGNOSE: _diagnose,
        OrderStep.FIX: _worked,
        OrderStep.TAKE_IN: _take_in,
        OrderStep.RETURN: _return,
        OrderStep.SIGN: _sign,
        OrderStep.REPORT: _report,
        OrderStep.AUDIT: _audit,
        OrderStep.FILE_RECORD: _file_record,
        OrderStep.CANCEL: _note,
    }
)
