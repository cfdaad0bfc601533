"""The order between its table and the machine, and what its ticket and the house are told."""

from collections.abc import Mapping
from dataclasses import fields, replace
from enum import Enum
from types import MappingProxyType
from typing import Any

from backend.dispatch.events import OrderClosed, ServiceHappened
from backend.dispatch.kinds import Area, OrderStage, Way
from backend.dispatch.machine import AppliedStep
from backend.dispatch.models import ServiceOrder
from backend.dispatch.order_state import OrderState
from backend.tickets import timeline
from backend.tickets.deeds import By, Deed
from backend.tickets.events import AwaitingCustomer, CustomerAnswered, TicketChanged, TicketReclassified
from backend.tickets.kinds import Stage
from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork
from backend.warranty.facts import Cause
from backend.warranty.outcome import ServiceClass

ENUMS: Mapping[str, type[Enum]] = MappingProxyType(
    {"stage": OrderStage, "service_class": ServiceClass, "area": Area, "signed_how": Way, "cause": Cause}
)
SORTING = frozenset({"service_class", "area", "distance_km"})
"""Details of a ticket that clocks go by."""


def state_of(order: ServiceOrder) -> OrderState:
    """The order as the machine sees it."""
    values = {field.name: getattr(order, field.name) for field in fields(OrderState)}
    for name, kind in ENUMS.items():
        if values[name] is not None:
            values[name] = kind(values[name])
    return OrderState(**values)


def store(order: ServiceOrder, before: OrderState, after: OrderState) -> None:
    """Write to the order what a step changed."""
    for name in (field.name for field in fields(OrderState)):
        value = getattr(after, name)
        if value != getattr(before, name):
            setattr(order, name, value.value if isinstance(value, Enum) else value)


async def record(uow: UnitOfWork, by: By, order: ServiceOrder, ticket: Ticket, applied: AppliedStep) -> None:
    """Store a step that was taken with a locked order of a locked ticket, and tell the house."""
    before = state_of(order)
    store(order, before, applied.state)
    order.updated_at = uow.now
    was, now = _mirrored(ticket, applied.state)
    waits, waited = _waiting(uow, ticket, before, applied.state)
    timeline.append(uow, ticket, by, _with_waiting(applied.deed, uow, waits, waited))
    await uow.session.flush()
    if SORTING & now.keys():
        await uow.publish(TicketReclassified(ticket, was, now))
    if waits:
        await uow.publish(AwaitingCustomer(ticket))
    if waited:
        await uow.publish(CustomerAnswered(ticket))
    if applied.triggers or applied.lapsed:
        await uow.publish(ServiceHappened(ticket, applied.triggers, applied.lapsed, applied.at))
    if applied.state.stage.closed and not before.stage.closed:
        await uow.publish(OrderClosed(ticket, order))
    await uow.publish(TicketChanged(ticket))
    await uow.session.flush()


def _with_waiting(deed: Deed, uow: UnitOfWork, waits: bool, waited: bool) -> Deed:
    """The deed, with since when the ticket waits for its customer: clocks can be counted anew from it."""
    if not waits and not waited:
        return deed
    since = uow.now.isoformat() if waits else None
    return replace(deed, after={**(deed.after or {}), "awaiting_customer_since": since})


def _mirrored(ticket: Ticket, state: OrderState) -> tuple[dict[str, Any], dict[str, Any]]:
    """Note on the ticket what clocks and escalation ask there; returns the details that changed."""
    wanted = dict(ticket.details)
    if state.service_class is not ServiceClass.UNKNOWN:
        wanted["service_class"] = state.service_class.value
    else:
        wanted.pop("service_class", None)
    if state.area is not None:
        wanted["area"] = state.area.value
    if state.distance_km is not None:
        wanted["distance_km"] = format(state.distance_km.normalize(), "f")
    if state.fee_refused or "fee_refused" in wanted:
        wanted["fee_refused"] = "yes" if state.fee_refused else "no"
    names = {
        name for name in wanted.keys() | ticket.details.keys() if wanted.get(name) != ticket.details.get(name)
    }
    was = {name: ticket.details.get(name) for name in names}
    ticket.details = wanted
    return was, {name: wanted.get(name) for name in names}


def _waiting(uow: UnitOfWork, ticket: Ticket, before: OrderState, after: OrderState) -> tuple[bool, bool]:
    """Whether the ticket begins or ceases to wait for its customer: clocks stand still over a quote."""
    if Stage(ticket.stage).closed:
        return False, False
    begins = after.open_quote is not None and ticket.awaiting_customer_since is None
    ends = before.open_quote is not None and after.open_quote is None
    ends = ends and ticket.awaiting_customer_since is not None
    if begins:
        ticket.awaiting_customer_since = uow.now
    if ends:
        ticket.awaiting_customer_since = None
    return begins, ends
