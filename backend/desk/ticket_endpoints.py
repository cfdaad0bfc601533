"""Tickets at the desk: the list, and one ticket with all that belongs to it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from backend.access.guard import desk
from backend.access.roles import ANY_AGENT
from backend.desk.schemas import TicketDetail
from backend.desk.ticket_detail import detail
from backend.house import HouseDependency
from backend.tickets import cases, listing
from backend.tickets.kinds import Kind, Stage
from backend.tickets.schemas import TicketPage, summary

MAX_PAGE_SIZE = 100

router = APIRouter(prefix="/api/v1/tickets", tags=["tickets"])


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
        return await detail(uow, house.policy, await cases.get(uow, number))
