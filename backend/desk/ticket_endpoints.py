"""Tickets at the desk: the list, one ticket with all that belongs to it, and the next stage."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from backend.access.guard import desk
from backend.access.roles import ANY_AGENT
from backend.access.sessions import Identity
from backend.conversations import hub
from backend.conversations.schemas import messages_out
from backend.desk.schemas import TicketDetail
from backend.house import HouseDependency
from backend.tickets import cases, listing
from backend.tickets.kinds import Actor, Kind, Stage
from backend.tickets.models import Ticket
from backend.tickets.schemas import Contact, StageChange, TicketPage, summary, timeline
from backend.tickets.timeline import By
from backend.unit_of_work import UnitOfWork

MAX_PAGE_SIZE = 100

router = APIRouter(prefix="/api/v1/tickets", tags=["tickets"])

AnyAgent = Annotated[Identity, Depends(desk(ANY_AGENT))]


@router.get("", dependencies=[Depends(desk(ANY_AGENT))])
async def list_tickets(  # noqa: PLR0913, PLR0917  # one argument a filter
    house: HouseDependency,
    conversation_id: UUID | None = None,
    kind: Kind | None = None,
    stage: Stage | None = None,
    text: Annotated[str | None, Query(max_length=200)] = None,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    page_size: Annotated[int, Query(ge=1, le=MAX_PAGE_SIZE)] = 20,
) -> TicketPage:
    """Tickets, newest first. `text` is searched in all that was written, in numbers and phone numbers."""
    filters = listing.Filters(conversation_id, kind, stage, text)
    async with house.database.transaction() as session:
        tickets, total = await listing.page(session, filters, page, page_size)
    return TicketPage(
        items=[summary(ticket) for ticket in tickets], total=total, page=page, page_size=page_size
    )


@router.get("/{number}", dependencies=[Depends(desk(ANY_AGENT))])
async def get_ticket(number: str, house: HouseDependency) -> TicketDetail:
    """One ticket with its conversation and timeline."""
    async with house.units.begin() as uow:
        return await _detail(uow, await cases.get(uow, number))


@router.post("/{number}/stage")
async def change_stage(
    number: str, change: StageChange, agent: AnyAgent, house: HouseDependency
) -> TicketDetail:
    """Take a ticket to the next of the eight steps. 409 for an illegal step or a ticket changed meanwhile."""
    async with house.units.begin() as uow:
        ticket = await cases.move(uow, number, change, By(Actor.AGENT, agent.display_name))
        return await _detail(uow, ticket)


async def _detail(uow: UnitOfWork, ticket: Ticket) -> TicketDetail:
    messages = await hub.messages_since(uow.session, ticket.conversation_id, 0)
    entries = await cases.timeline_of(uow, ticket)
    return TicketDetail(
        **summary(ticket).model_dump(),
        description=ticket.description,
        demand=ticket.demand,
        details=ticket.details,
        contact=Contact(name=ticket.customer_name, phone=ticket.phone, address=ticket.address),
        signals=ticket.signals,
        policy_version=ticket.policy_version,
        version=ticket.version,
        messages=messages_out(messages),
        timeline=timeline(entries),
    )
