"""Keeps what people put right: of a ticket's facts, and of what the bot has understood."""

from typing import Any

from sqlalchemy import select

from backend.conversations.events import FactsCorrected
from backend.conversations.models import Message, Sender
from backend.desk.corrections.models import Correction
from backend.desk.corrections.privacy import (
    ADDRESS,
    NAME,
    PHONE_NUMBER,
    plain_facts,
    without_personal_data,
)
from backend.tickets.events import FactsPutRight
from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork

MOST_MESSAGES = 40


async def on_ticket(uow: UnitOfWork, event: FactsPutRight) -> None:
    """Somebody classified a ticket otherwise, or corrected what was taken down."""
    ticket = event.ticket
    text = without_personal_data(ticket.description, _known(ticket))
    _keep(uow, "ticket", ticket.number, text, (dict(event.before), dict(event.after), event.by))


async def on_conversation(uow: UnitOfWork, event: FactsCorrected) -> None:
    """Somebody corrected what the bot had understood while it was still listening."""
    spoken = (
        select(Message.text)
        .where(Message.conversation_id == event.conversation_id, Message.sender == Sender.CUSTOMER)
        .order_by(Message.seq.desc())
        .limit(MOST_MESSAGES)
    )
    said = list(await uow.session.scalars(spoken))[::-1]
    names = (event.before, event.after)
    known = [(NAME, facts.get(name)) for facts in names for name in ("customer_name", "name", "contact_name")]
    known += [(ADDRESS, facts.get("address")) for facts in names]
    text = without_personal_data("\n".join(said), known)
    changed = (dict(event.before), dict(event.after), event.by)
    _keep(uow, "conversation", str(event.conversation_id), text, changed)


def _keep(
    uow: UnitOfWork, origin: str, subject: str, text: str, changed: tuple[dict[str, Any], dict[str, Any], str]
) -> None:
    machine, person, by = plain_facts(changed[0]), plain_facts(changed[1]), changed[2]
    if machine == person:
        return
    uow.session.add(
        Correction(
            origin=origin, subject=subject, text=text, machine=machine, person=person, by=by, at=uow.now
        )
    )


def _known(ticket: Ticket) -> list[tuple[str, str | None]]:
    return [(NAME, ticket.customer_name), (PHONE_NUMBER, ticket.phone), (ADDRESS, ticket.address)]
