"""The facts that rules are held against, gathered at the moment of an event. docs/policy.md lists them.

No fact is ever missing: what is not known is an empty text, zero or false, so that no condition can fail.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError
from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.clock import SHANGHAI
from backend.conversations.models import Conversation
from backend.policy import Policy
from backend.policy.escalation_facts import FACTS
from backend.tickets.kinds import Stage
from backend.tickets.models import Ticket
from backend.warranty import asking
from backend.warranty.asking import Inquiry
from backend.warranty.decision import decide
from backend.warranty.keys import phone_digits
from backend.warranty.models import Customer, CustomerPhone
from backend.warranty.outcome import State

RECENT = timedelta(days=90)
HOUR = timedelta(hours=1)
CALLER_ID_CHANNEL = "phone"
"""The channel whose address is a phone number that the network vouches for."""
TOLD = MappingProxyType({"product": "product", "purchase_date": "purchase_date", "serial": "serial_number"})
"""What the warranty rules ask, by the ticket's detail that tells it."""
CLOSED = (Stage.SETTLED, Stage.IMPROVED, Stage.REJECTED, Stage.CANCELLED)


@dataclass(frozen=True, slots=True)
class Trigger:
    """What happened: one of the events of docs/policy.md, with its clock, or the stage that was left."""

    type: str
    clock: str = ""
    stage: str = ""


async def gather(
    session: AsyncSession, policy: Policy, ticket: Ticket, trigger: Trigger, now: datetime
) -> dict[str, dict[str, Any]]:
    """All facts about a ticket, as plain JSON values by root and name."""
    return {
        "ticket": _ticket(ticket, now),
        "customer": await _customer(session, ticket, now),
        "signals": _signals(ticket.signals),
        "warranty": {
            "state": await _warranty_state(session, policy, ticket.details, now.astimezone(SHANGHAI).date()),
            "fee_refused": ticket.details.get("fee_refused") == "yes",
        },
        "event": {"type": trigger.type, "clock": trigger.clock, "stage": trigger.stage},
    }


def _ticket(ticket: Ticket, now: datetime) -> dict[str, Any]:
    return {
        "kind": ticket.kind,
        "secondary_kind": ticket.secondary_kind or "",
        "severity": ticket.severity,
        "hazard": ticket.hazard,
        "intake": ticket.intake,
        "stage": ticket.stage,
        "department": ticket.department or "",
        "priority": ticket.priority,
        "level": ticket.level,
        "cause_class": ticket.cause_class or "",
        "claim_amount": float(ticket.claim_amount or 0),
        "repeats": ticket.repeats,
        "urged": ticket.urged,
        "reopened": ticket.reopened,
        "age_hours": (now - ticket.created_at) / HOUR,
        "assignee": ticket.assignee or "",
        "channel": ticket.channel,
        "demand": ticket.demand or "",
        "awaiting_customer": ticket.awaiting_customer_since is not None,
        "reply_required": ticket.reply_required,
    }


async def _customer(session: AsyncSession, ticket: Ticket, now: datetime) -> dict[str, Any]:
    if not ticket.phone:
        return {"open_tickets": 0, "tickets_90d": 0, "verified": False, "key_customer": False}
    digits = phone_digits(ticket.phone)
    is_open = Ticket.stage.not_in([stage.value for stage in CLOSED])
    counts = select(func.count().filter(is_open), func.count().filter(Ticket.created_at > now - RECENT))
    on_file = select(Customer.id).join(CustomerPhone).where(CustomerPhone.number == digits)
    caller = select(Conversation.id).where(
        Conversation.id == ticket.conversation_id,
        Conversation.channel == CALLER_ID_CHANNEL,
        Conversation.address.in_({ticket.phone, digits}),
    )
    query = counts.add_columns(exists(caller), exists(on_file.where(Customer.key_customer)))
    query = query.select_from(Ticket).where(Ticket.phone.in_({ticket.phone, digits}))
    open_tickets, recent, verified, key_customer = (await session.execute(query)).one()
    return {
        "open_tickets": open_tickets,
        "tickets_90d": recent,
        "verified": verified,
        "key_customer": key_customer,
    }


def _signals(heard: Mapping[str, Any]) -> dict[str, Any]:
    """Signals as the bot's actions handed them in: free-form, so that anything odd counts as not heard."""
    anger, hazard_kind = heard.get("anger"), heard.get("hazard_kind")
    flags = ("threat", "vulnerable", "repeated", "wants_human")
    return {
        "anger": anger if isinstance(anger, int) and not isinstance(anger, bool) else 0,
        "hazard_kind": hazard_kind if hazard_kind in FACTS["signals.hazard_kind"].values else "",
        **{name: heard.get(name) is True for name in flags},
    }


async def _warranty_state(
    session: AsyncSession, policy: Policy, details: Mapping[str, Any], today: date
) -> str:
    """Where the warranty stands by what was told and by the register, as the warranty rules decide it."""
    if not details.get("product"):
        return "none"
    told = {name: details[detail] for name, detail in TOLD.items() if details.get(detail)}
    try:
        inquiry = Inquiry.model_validate(told)
    except ValidationError:  # told in words that are no date, name or number
        return State.UNKNOWN
    sale = await asking.sold_unit(session, inquiry)
    if sale is not None:
        inquiry, _ = await asking.with_sale(session, inquiry, sale, today)
    decision = decide(inquiry, policy.warranty, today=today, moved_on=policy.calendar.days.moved_on)
    return decision.state if decision.state in {State.IN, State.OUT} else State.UNKNOWN
