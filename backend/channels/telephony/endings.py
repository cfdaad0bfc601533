"""The ticket that a call leaves behind when the dialogue filed none: hung up, nobody free, a message left."""

from typing import Any

from sqlalchemy import select

from backend.channels.telephony.events import CallBackPromised
from backend.channels.telephony.models import PhoneCall
from backend.channels.telephony.numbers import as_written
from backend.conversations.models import Conversation, Message, Owner, Sender
from backend.handover import requesting
from backend.handover.kinds import Reason
from backend.house import House
from backend.tickets import cases
from backend.tickets.filing import file
from backend.tickets.kinds import Actor, Intake, Kind, Severity
from backend.tickets.models import Ticket
from backend.tickets.schemas import Contact, NewTicket
from backend.tickets.timeline import By
from backend.unit_of_work import UnitOfWork

BY = By(Actor.SYSTEM)
CONTACT_SLOTS = {"customer_name": "name", "phone": "phone", "address": "address"}
NO_DETAILS = frozenset({*CONTACT_SLOTS, "description", "demand"})
MAX_FIELD = 2_000


async def ticket_of(uow: UnitOfWork, call: PhoneCall) -> Ticket | None:
    """The latest ticket that this call filed, if any."""
    query = select(Ticket).where(Ticket.conversation_id == call.conversation_id)
    return await uow.session.scalar(query.order_by(Ticket.created_at.desc()).limit(1))


async def customer_words(uow: UnitOfWork, call: PhoneCall) -> list[str]:
    """What the caller said, in order."""
    query = select(Message.text).where(
        Message.conversation_id == call.conversation_id, Message.sender == Sender.CUSTOMER
    )
    return [text for text in await uow.session.scalars(query.order_by(Message.seq)) if text.strip()]


async def promise_callback(uow: UnitOfWork, house: House, call: PhoneCall, instead: str) -> Ticket:
    """See to it that somebody calls back: about the ticket of this call, or one made of what was said.

    Args:
        uow: everything happens in it.
        house: policy and wording.
        call: whose.
        instead: the description of a ticket of a caller who said nothing.
    """
    conversation = await uow.session.get_one(Conversation, call.conversation_id)
    ticket = await ticket_of(uow, call)
    if ticket is None:
        words = "\n".join(await customer_words(uow, call)) or instead
        request = _request(house, call, conversation, words)
        ticket = (await file(uow, house.policy, request, channel=conversation.channel, by=BY)).ticket
    waits = conversation.owner == Owner.QUEUE
    await requesting.request(uow, house.policy, conversation.id, Reason.CALLBACK, ticket_number=ticket.number)
    if waits:  # it keeps its place, and nothing else would tell that a call is due
        await uow.publish(CallBackPromised(ticket))
    return ticket


async def add_words(uow: UnitOfWork, house: House, ticket: Ticket, text: str) -> None:
    """Add to a ticket what came after it was filed."""
    stored = await cases.locked(uow, ticket.number)
    await cases.add_words(cases.Acting(uow, house.policy, BY), stored, text)


def _request(house: House, call: PhoneCall, conversation: Conversation, words: str) -> NewTicket:
    known: dict[str, Any] = conversation.understanding or {}
    slots = {name: str(value)[:MAX_FIELD] for name, value in (known.get("slots") or {}).items() if value}
    contact = {field: slots[slot] for slot, field in CONTACT_SLOTS.items() if slot in slots}
    if call.caller is not None:
        contact.setdefault("phone", as_written(call.caller))
    hazard = bool((known.get("signals") or {}).get("hazard")) or house.policy.sounds_hazardous(words)
    kind = known.get("kind")
    return NewTicket(
        request_id=f"call:{call.id}",
        conversation_id=conversation.id,
        kind=Kind(kind) if kind in set(Kind) else Kind.INQUIRY,
        hazard=hazard,
        severity=Severity.GRAVE if hazard else Severity.MINOR,
        intake=Intake.INCOMPLETE,
        description=words,
        demand=slots.get("demand"),
        details={name: value for name, value in slots.items() if name not in NO_DETAILS},
        contact=Contact(**contact),
    )
