"""What there was between us and a customer: tickets, conversations, service orders, call-backs."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.conversations.models import Conversation, Message, Sender
from backend.db import counted
from backend.desk.customers.identity import Person, conversations_of, tickets_of
from backend.desk.customers.schemas import OrderLine, SurveyLine, ThreadOut, Totals
from backend.dispatch.models import ServiceOrder, Technician
from backend.masking import mask_phones_in
from backend.tickets.listing import CLOSED
from backend.tickets.models import Ticket

MOST = 100
OPENING_CHARACTERS = 80


async def tickets(session: AsyncSession, person: Person) -> list[Ticket]:
    """Their tickets, latest first."""
    found = select(Ticket).where(tickets_of(person)).order_by(Ticket.created_at.desc(), Ticket.number.desc())
    return list(await session.scalars(found.limit(MOST)))


async def threads(session: AsyncSession, person: Person) -> list[ThreadOut]:
    """Their conversations by all channels, the one that went on last first."""
    last = select(func.max(Message.created_at)).where(Message.conversation_id == Conversation.id)
    last_at = last.correlate(Conversation).scalar_subquery()
    opening = (
        select(Message.text)
        .where(Message.conversation_id == Conversation.id, Message.sender == Sender.CUSTOMER)
        .order_by(Message.seq)
        .limit(1)
        .correlate(Conversation)
        .scalar_subquery()
    )
    query = (
        select(Conversation, last_at, opening)
        .where(conversations_of(person))
        .order_by(last_at.desc().nulls_last(), Conversation.id)
        .limit(MOST)
    )
    rows = (await session.execute(query)).all()
    numbers = await _tickets_by_thread(session, [row[0].id for row in rows])
    return [
        ThreadOut(
            id=thread.id,
            channel=thread.channel,
            owner=thread.owner,
            agent_username=thread.agent_username,
            opening=said and mask_phones_in(said)[:OPENING_CHARACTERS],
            messages=thread.last_seq,
            started_at=thread.created_at,
            last_at=at,
            closed_at=thread.closed_at,
            tickets=numbers[thread.id],
        )
        for thread, at, said in rows
    ]


async def orders(session: AsyncSession, person: Person) -> list[OrderLine]:
    """Their service orders, latest first."""
    query = (
        select(ServiceOrder, Ticket.number, Technician.name)
        .join(Ticket, Ticket.id == ServiceOrder.ticket_id)
        .outerjoin(Technician, Technician.id == ServiceOrder.technician_id)
        .where(tickets_of(person))
        .order_by(ServiceOrder.opened_at.desc())
        .limit(MOST)
    )
    taken = OrderLine.model_fields.keys() - {"ticket", "technician"}
    return [
        OrderLine(
            **{name: getattr(order, name) for name in taken},
            ticket=number,
            technician=technician,
        )
        for order, number, technician in await session.execute(query)
    ]


async def surveys(session: AsyncSession, person: Person) -> list[SurveyLine]:
    """What was said when they were called back, latest first."""
    called = select(Ticket).where(tickets_of(person), Ticket.callback_at.is_not(None))
    return [
        SurveyLine(
            ticket=ticket.number,
            at=ticket.callback_at,
            outcome=ticket.callback_outcome,
            attitude=ticket.rated_attitude,
            skill=ticket.rated_skill,
            arrival=ticket.rated_arrival,
            promises=ticket.rated_promises,
            suggestion=ticket.customer_suggestion,
        )
        for ticket in await session.scalars(called.order_by(Ticket.callback_at.desc()).limit(MOST))
    ]


async def totals(session: AsyncSession, person: Person) -> Totals:
    """How much there was in all, also of what no list shows."""
    own = tickets_of(person)
    orders_ = select(ServiceOrder.id).join(Ticket, Ticket.id == ServiceOrder.ticket_id).where(own)
    return Totals(
        tickets=await counted(session, select(Ticket.id).where(own)),
        open_tickets=await counted(session, select(Ticket.id).where(own, Ticket.stage.not_in(CLOSED))),
        conversations=await counted(session, select(Conversation.id).where(conversations_of(person))),
        orders=await counted(session, orders_),
        surveys=await counted(session, select(Ticket.id).where(own, Ticket.callback_at.is_not(None))),
    )


async def _tickets_by_thread(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    numbers: dict[UUID, list[str]] = defaultdict(list)
    query = select(Ticket.conversation_id, Ticket.number).where(Ticket.conversation_id.in_(ids))
    for thread, number in await session.execute(query.order_by(Ticket.number)):
        numbers[thread].append(number)
    return numbers
