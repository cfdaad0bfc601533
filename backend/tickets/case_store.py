"""The case between its table and the workflow: loading, storing, and telling the house what changed."""

from collections.abc import Mapping
from dataclasses import fields
from enum import Enum
from types import MappingProxyType
from typing import Any

from backend.tickets.case_deeds import difference
from backend.tickets.case_state import CaseState
from backend.tickets.events import (
    AwaitingCustomer,
    CalledBack,
    ContactMade,
    CustomerAnswered,
    StageChanged,
    TicketChanged,
    TicketReclassified,
)
from backend.tickets.filing import indexed_words, title_of
from backend.tickets.kinds import (
    CallbackOutcome,
    CauseClass,
    Grounds,
    Intake,
    Kind,
    Level,
    Notice,
    ReplyRequired,
    Severity,
    SoldBy,
    Stage,
    Subject,
)
from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork

ENUMS: Mapping[str, type[Enum]] = MappingProxyType(
    {
        "kind": Kind,
        "secondary_kind": Kind,
        "stage": Stage,
        "stage_before_merge": Stage,
        "severity": Severity,
        "intake": Intake,
        "reply_required": ReplyRequired,
        "subject": Subject,
        "sold_by": SoldBy,
        "grounds": Grounds,
        "cause_class": CauseClass,
        "approval_level": Level,
        "notified_how": Notice,
        "callback_outcome": CallbackOutcome,
    }
)
CLASSIFYING = frozenset({"kind", "secondary_kind", "severity", "hazard", "subject", "cause_class"})
SEARCHED = ("description", "demand", "customer_name", "details")


def state_of(ticket: Ticket) -> CaseState:
    """The ticket as the workflow sees it."""
    values = {field.name: getattr(ticket, field.name) for field in fields(CaseState)}
    for name, kind in ENUMS.items():
        if values[name] is not None:
            values[name] = kind(values[name])
    return CaseState(**values)


def store(ticket: Ticket, before: CaseState, after: CaseState) -> None:
    """Write to the ticket what a step changed."""
    for name in (field.name for field in fields(CaseState)):
        value = getattr(after, name)
        if value != getattr(before, name):
            setattr(ticket, name, _stored(value))
    if any(getattr(before, name) != getattr(after, name) for name in SEARCHED):
        ticket.search = indexed_words(ticket)
    if before.details != after.details:
        ticket.title = title_of(ticket)


def _stored(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    return value.value if isinstance(value, Enum) else value


async def publish(uow: UnitOfWork, ticket: Ticket, before: CaseState, after: CaseState) -> None:
    """Tell the house what changed, the particular before the general."""
    if before.stage is not after.stage:
        await uow.publish(StageChanged(ticket, before.stage, after.stage))
    was, now = difference(before, after, only=CLASSIFYING)
    if now:
        await uow.publish(TicketReclassified(ticket, was, now))
    if after.awaiting_customer_since and not before.awaiting_customer_since:
        await uow.publish(AwaitingCustomer(ticket))
    if before.awaiting_customer_since and not after.awaiting_customer_since:
        await uow.publish(CustomerAnswered(ticket))
    if after.first_contact_at and not before.first_contact_at:
        await uow.publish(ContactMade(ticket))
    if after.callback_at and after.callback_at != before.callback_at:
        await uow.publish(CalledBack(ticket))
    await uow.publish(TicketChanged(ticket))
