"""Whose ticket it is: nobody is told of another person's.

A ticket is shown to the conversation that filed it, to whoever knows its number and the last four digits of
the phone number on record, and to a caller whose own number is the one on record. Guessing is slowed down by
conversation and by ticket, since conversations cost nothing.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from backend.channels.telephony.numbers import ANONYMOUS, as_written
from backend.conversations import identity
from backend.conversations.models import Conversation
from backend.errors import NotFoundError, TooManyAttemptsError
from backend.tickets import cases
from backend.tickets.lookup import ends_with, same_phone
from backend.tickets.models import FailedLookup, Ticket
from backend.tickets.number import is_ticket_number
from backend.unit_of_work import UnitOfWork

WINDOW = timedelta(minutes=30)
MAX_BY_CONVERSATION = 5
MAX_BY_TICKET = 10
CALLER_ID_CHANNELS = frozenset({"phone"})
"""Channels whose address is a phone number that the network vouches for."""


async def owned(
    uow: UnitOfWork, number: str, conversation_id: UUID, phone_last4: str | None
) -> Ticket | None:
    """The ticket, if it is theirs; else nothing, and the failure is noted in this unit of work.

    Who knows a ticket's number and the end of its phone number is that phone's customer from then on, where
    an address is a person's: on WeChat, not in a browser.

    Raises:
        TooManyAttemptsError: too many failures, with the minutes to wait.
        NotFoundError: there is no such conversation.
    """
    conversation = await conversation_of(uow, conversation_id)
    ticket = await _ticket(uow, number)
    if ticket is not None and ticket.conversation_id == conversation_id:
        return ticket
    if ticket is not None and ticket.phone is not None and await is_callers(uow, conversation, ticket.phone):
        return ticket
    await _require_patience(uow, conversation_id, number)
    if ticket is not None and phone_last4 is not None and ends_with(ticket.phone, phone_last4):
        if ticket.phone is not None:
            await identity.bind(uow, conversation, ticket.phone, identity.How.TICKET)
        return ticket
    known = number if is_ticket_number(number) else None
    uow.session.add(FailedLookup(conversation_id=conversation_id, number=known, at=uow.now))
    return None


async def conversation_of(uow: UnitOfWork, conversation_id: UUID) -> Conversation:
    """The conversation.

    Raises:
        NotFoundError: there is none.
    """
    conversation = await uow.session.get(Conversation, conversation_id)
    if conversation is None:
        raise NotFoundError(f"conversation {conversation_id}")
    return conversation


async def callers_phone(uow: UnitOfWork, conversation: Conversation) -> str | None:
    """The customer's own number, as tickets have it: the network vouches for it, or they have shown it."""
    if conversation.channel in CALLER_ID_CHANNELS:
        return as_written(conversation.address) if conversation.address != ANONYMOUS else None
    return await identity.phone_of(uow, conversation)


async def is_callers(uow: UnitOfWork, conversation: Conversation, phone: str) -> bool:
    """Whether the phone number is the customer's own."""
    return same_phone(await callers_phone(uow, conversation), phone)


async def _ticket(uow: UnitOfWork, number: str) -> Ticket | None:
    try:
        return await cases.get(uow, number)
    except NotFoundError:
        return None


async def _require_patience(uow: UnitOfWork, conversation_id: UUID, number: str) -> None:
    for condition, limit in (
        (FailedLookup.conversation_id == conversation_id, MAX_BY_CONVERSATION),
        (FailedLookup.number == number, MAX_BY_TICKET),
    ):
        await _require_few(uow, condition, limit)


async def _require_few(uow: UnitOfWork, condition: ColumnElement[bool], limit: int) -> None:
    query = select(func.count(), func.min(FailedLookup.at)).where(
        condition, FailedLookup.at > uow.now - WINDOW
    )
    count, first = (await uow.session.execute(query)).one()
    if count >= limit:
        wait = first + WINDOW - uow.now
        minutes = max(1, -(-int(wait.total_seconds()) // 60))
        raise TooManyAttemptsError(headers={"Retry-After": str(minutes * 60)}, minutes=minutes)
