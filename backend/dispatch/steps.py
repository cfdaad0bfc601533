"""What each step makes of a service order. Pure: whether it may be taken is said elsewhere."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from backend.dispatch import commands as asked
from backend.dispatch.commands import OrderCommand, OrderStep
from backend.dispatch.kinds import Answer, Area, OrderStage, Way
from backend.dispatch.order_state import Circumstances, OrderState, Warranty
from backend.warranty.outcome import ServiceClass

ON_SITE = frozenset({OrderStage.ARRIVED, OrderStage.TAKEN_IN})
"""Where more work may turn out to be needed than was agreed to."""


def changed(state: OrderState, command: OrderCommand, given: Circumstances) -> OrderState:
    """The order after the step."""
    return CHANGES[command.step](state, command, given)


def _told(state: OrderState, command: OrderCommand, *names: str) -> dict[str, Any]:
    """What the command says of these fields; what it leaves out stays."""
    return {
        name: getattr(state, name) if getattr(command, name) is None else getattr(command, name)
        for name in names
    }


def _plan(state: OrderState, command: asked.Plan, given: Circumstances) -> OrderState:
    found = given.warranty or Warranty(ServiceClass.UNKNOWN)
    chosen = command.service_class or found.service_class
    told = _told(state, command, "plan", "region", "distance_km", "parts_urgent", "cause")
    region = given.policy.dispatch.regions.get(told["region"] or "")
    if region is not None and (told["distance_km"] is None or command.region not in {None, state.region}):
        told["distance_km"] = (
            command.distance_km if command.distance_km is not None else Decimal(region.distance_km)
        )
    return replace(
        state,
        **told,
        stage=OrderStage.PLANNED,
        area=Area(region.area) if region is not None else None,
        service_class=chosen,
        parts_charged=found.parts_charged and chosen is ServiceClass.CONTRACT,
        parts_discount=found.parts_discount if chosen is ServiceClass.CHARGED else 0,
        dealer_sold=found.dealer_sold,
        family=found.family or state.family,
        planned_at=given.now,
        open_quote=None,
        quoted_total=None,
        agreed_total=None,
        confirmed_at=None,
        fee_refused=False,
        waived_by=None,
    )


def _guide(state: OrderState, command: asked.Guide, given: Circumstances) -> OrderState:
    work = _told(state, command, "work_done")
    return replace(state, **work, stage=OrderStage.GUIDED, open_quote=None, done_at=given.now)


def _quote(state: OrderState, command: asked.SendQuote, given: Circumstances) -> OrderState:
    total = given.fees.total if given.fees is not None else None
    sent = replace(state, open_quote=given.quote_id, quoted_total=total, nights=command.nights)
    if state.stage in ON_SITE:
        return sent
    return replace(sent, stage=OrderStage.QUOTED, agreed_total=None, confirmed_at=None, fee_refused=False)


def _answer(state: OrderState, command: asked.AnswerQuote, given: Circumstances) -> OrderState:
    agreed = command.answer is Answer.AGREED
    after = replace(state, open_quote=None, fee_refused=not agreed)
    if agreed:
        after = replace(after, agreed_total=state.quoted_total, confirmed_at=given.now)
    if state.stage in ON_SITE:
        return after
    return replace(after, stage=OrderStage.CONFIRMED if agreed else OrderStage.DECLINED)


def _waive(state: OrderState, _command: asked.Waive, given: Circumstances) -> OrderState:
    return replace(state, waived_by=given.by.username or given.by.name)


def _tell_dealer(state: OrderState, command: asked.TellDealer, given: Circumstances) -> OrderState:
    return replace(state, dealer_told_at=given.now, dealer_told_to=command.told_to)


def _dispatch(state: OrderState, command: asked.Dispatch, given: Circumstances) -> OrderState:
    visit = _told(state, command, "technician_id", "visit_at")
    return replace(state, **visit, stage=OrderStage.DISPATCHED, dispatched_at=given.now)


def _depart(state: OrderState, command: asked.Depart, given: Circumstances) -> OrderState:
    return replace(state, stage=OrderStage.DEPARTED, departed_at=command.departed_at or given.now)


def _arrive(state: OrderState, command: asked.Arrive, given: Circumstances) -> OrderState:
    return replace(state, stage=OrderStage.ARRIVED, arrived_at=command.arrived_at or given.now)


def _diagnose(state: OrderState, command: asked.Diagnose, given: Circumstances) -> OrderState:
    seen = replace(state, **_told(state, command, "diagnosis", "cause"))
    found = given.warranty
    if found is None or found.service_class is ServiceClass.UNKNOWN:
        return seen
    return replace(
        seen,
        service_class=found.service_class,
        parts_charged=found.parts_charged and found.service_class is ServiceClass.CONTRACT,
        parts_discount=found.parts_discount if found.service_class is ServiceClass.CHARGED else 0,
    )


def _worked(state: OrderState, command: asked.Fix | asked.Return, given: Circumstances) -> OrderState:
    done = _told(state, command, "work_done", "hours", "card_entry")
    bill = given.fees.total if given.fees is not None else state.bill_total
    return replace(
        state,
        **done,
        bill_total=bill,
        open_quote=None,
        done_at=given.now,
        sign_code_digest=given.new_code_digest,
    )


def _fix(state: OrderState, command: asked.Fix, given: Circumstances) -> OrderState:
    return replace(_worked(state, command, given), stage=OrderStage.FIXED)


def _take_in(state: OrderState, command: asked.TakeIn, _given: Circumstances) -> OrderState:
    return replace(state, **_told(state, command, "receipt", "promised_on"), stage=OrderStage.TAKEN_IN)


def _return(state: OrderState, command: asked.Return, given: Circumstances) -> OrderState:
    voided = command.receipt_voided is True
    return replace(_worked(state, command, given), stage=OrderStage.RETURNED, receipt_voided=voided)


def _sign(state: OrderState, command: asked.Sign, given: Circumstances) -> OrderState:
    return replace(
        state,
        **_told(state, command, "signed_by", "opinion"),
        stage=OrderStage.SIGNED,
        signed_at=given.now,
        signed_how=Way.PAPER if given.code_digest is None else Way.CODE,
        sign_code_digest=None,
    )


def _report(state: OrderState, command: asked.Report, given: Circumstances) -> OrderState:
    written = _told(state, command, "report", "invoice")
    return replace(state, **written, stage=OrderStage.REPORTED, reported_at=given.now)


def _audit(state: OrderState, command: asked.Audit, given: Circumstances) -> OrderState:
    told = _told(state, command, "satisfied")
    return replace(state, **told, stage=OrderStage.AUDITED, audited_cost=command.cost, audited_at=given.now)


def _file_record(state: OrderState, command: asked.FileRecord, given: Circumstances) -> OrderState:
    return replace(state, **_told(state, command, "record"), record_filed_at=given.now)


def _cancel(state: OrderState, _command: asked.Cancel, _given: Circumstances) -> OrderState:
    return replace(state, stage=OrderStage.CANCELLED, open_quote=None)


CHANGES: Mapping[OrderStep, Callable[[OrderState, Any, Circumstances], OrderState]] = MappingProxyType(
    {
        OrderStep.PLAN: _plan,
        OrderStep.GUIDE: _guide,
        OrderStep.QUOTE: _quote,
        OrderStep.ANSWER: _answer,
        OrderStep.WAIVE: _waive,
        OrderStep.TELL_DEALER: _tell_dealer,
        OrderStep.DISPATCH: _dispatch,
        OrderStep.DEPART: _depart,
        OrderStep.ARRIVE: _arrive,
        OrderStep.DIAGNOSE: _diagnose,
        OrderStep.FIX: _fix,
        OrderStep.TAKE_IN: _take_in,
        OrderStep.RETURN: _return,
        OrderStep.SIGN: _sign,
        OrderStep.REPORT: _report,
        OrderStep.AUDIT: _audit,
        OrderStep.FILE_RECORD: _file_record,
        OrderStep.CANCEL: _cancel,
    }
)
