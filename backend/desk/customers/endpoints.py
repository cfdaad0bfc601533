"""Customers at the desk: search, their page, whom a conversation is with, and their numbers in full."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.access import reveals
from backend.access.guard import desk
from backend.access.reveals import Look, Subject, Why
from backend.access.roles import ANY_AGENT
from backend.access.sessions import Identity
from backend.conversations.models import Conversation
from backend.desk.customers import history, identity, presenting, searching
from backend.desk.customers.identity import Person, conversations_of, tickets_of
from backend.desk.customers.schemas import CustomerLines, CustomerPage, NumbersOut, PanelOut
from backend.desk.lists.schemas import Revealed, RevealIn
from backend.errors import NotFoundError
from backend.house import HouseDependency
from backend.tickets.models import Ticket
from backend.warranty.endpoints import today

router = APIRouter(prefix="/api/v1", tags=["customers"])

AnyAgent = Annotated[Identity, Depends(desk(ANY_AGENT))]


@router.get("/customers/search", dependencies=[Depends(desk(ANY_AGENT))])
async def find(
    text: Annotated[str, Query(min_length=1, max_length=100)], house: HouseDependency
) -> CustomerLines:
    """Customers by number, name, ticket, serial or order number."""
    async with house.units.begin() as uow:
        people, more = await searching.find(uow.session, text, uow.now)
        lines = [await presenting.line(uow.session, person) for person in people]
        return CustomerLines(items=lines, more=more)


@router.get("/customers/{key}")
async def read(key: UUID, agent: AnyAgent, house: HouseDependency) -> CustomerPage:
    """A customer with everything there was, by all channels."""
    async with house.units.begin() as uow:
        person = await identity.by_key(uow.session, key)
        revealed = await _seen(uow.session, agent, person, house)
        return await presenting.page(uow.session, person, house.policy, today(house), revealed=revealed)


@router.post("/customers/{key}/reveal")
async def reveal(key: UUID, given: RevealIn, agent: AnyAgent, house: HouseDependency) -> NumbersOut:
    """Their numbers and address, for half an hour; on record. Who sees to them needs no reason."""
    async with house.units.begin() as uow:
        person = await identity.by_key(uow.session, key)
        why = Why(given.reason, in_charge=await _in_charge(uow.session, agent, person))
        reveals.note(uow.session, agent, Look(Subject.CUSTOMER, str(person.key)), why, uow.now)
        return presenting.numbers(person, await history.tickets(uow.session, person))


@router.get("/live/conversations/{conversation_id}/customer")
async def panel(conversation_id: UUID, agent: AnyAgent, house: HouseDependency) -> PanelOut:
    """Whom a conversation is with."""
    async with house.units.begin() as uow:
        thread = await _thread(uow.session, conversation_id)
        person = await identity.behind(uow.session, thread, uow.now)
        if person is None:
            return PanelOut(customer=None)
        look = Look(Subject.CONVERSATION, str(thread.id))
        revealed = await reveals.open_to(uow.session, agent.username, look, uow.now)
        revealed = revealed or await _seen(uow.session, agent, person, house)
        return PanelOut(
            customer=await presenting.page(uow.session, person, house.policy, today(house), revealed=revealed)
        )


@router.post("/live/conversations/{conversation_id}/reveal")
async def reveal_in_chat(
    conversation_id: UUID, given: RevealIn, agent: AnyAgent, house: HouseDependency
) -> Revealed:
    """The number and address of whom one talks to. Who owns the conversation needs no reason."""
    async with house.units.begin() as uow:
        thread = await _thread(uow.session, conversation_id)
        look = Look(Subject.CONVERSATION, str(thread.id))
        why = Why(given.reason, in_charge=thread.agent_username == agent.username)
        reveals.note(uow.session, agent, look, why, uow.now)
        person = await identity.behind(uow.session, thread, uow.now)
        if person is None:
            return Revealed(phone=None, address=None)
        whole = presenting.numbers(person, await history.tickets(uow.session, person))
        return Revealed(phone=next(iter(whole.phones), None), address=whole.address)


async def _thread(session: AsyncSession, conversation_id: UUID) -> Conversation:
    thread = await session.get(Conversation, conversation_id)
    if thread is None:
        raise NotFoundError(f"conversation {conversation_id}")
    return thread


async def _seen(session: AsyncSession, agent: Identity, person: Person, house: HouseDependency) -> bool:
    look = Look(Subject.CUSTOMER, str(person.key))
    return await reveals.open_to(session, agent.username, look, house.clock.now())


async def _in_charge(session: AsyncSession, agent: Identity, person: Person) -> bool:
    """Whether a ticket or a conversation of theirs is this person's to see to."""
    ticket = select(Ticket.id).where(tickets_of(person), Ticket.assignee == agent.username).limit(1)
    thread = select(Conversation.id).where(
        conversations_of(person), Conversation.agent_username == agent.username
    )
    return await session.scalar(ticket) is not None or await session.scalar(thread.limit(1)) is not None
