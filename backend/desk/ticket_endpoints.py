"""Tickets at the desk: the list, one ticket with all that belongs to it, and its customer's number."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from backend.access import reveals
from backend.access.guard import desk
from backend.access.reveals import Look, Subject, Why
from backend.access.roles import ANY_AGENT
from backend.access.sessions import Identity
from backend.desk.lists.finding import clock_conditions, filters_of, ordering
from backend.desk.lists.schemas import ListQuery, Revealed, RevealIn
from backend.desk.schemas import RecurringTicket, RecurringTickets, TicketDetail, TicketLine, TicketPage
from backend.desk.ticket_detail import detail
from backend.house import HouseDependency
from backend.sla import showing
from backend.sla.endpoints import ClocksDependency
from backend.tickets import cases, listing, recurring
from backend.tickets.schemas import summary

MOST_PAGES = 10_000

router = APIRouter(prefix="/api/v1/tickets", tags=["tickets"])

AnyAgent = Annotated[Identity, Depends(desk(ANY_AGENT))]


@router.get("", dependencies=[Depends(desk(ANY_AGENT))])
async def list_tickets(
    house: HouseDependency, clocks: ClocksDependency, wanted: Annotated[ListQuery, Query()]
) -> TicketPage:
    """Tickets, newest or most urgent first. `text` is searched in all that was written, and in numbers."""
    now = house.clock.now()
    async with house.database.transaction() as session:
        tickets, total = await listing.page(
            session,
            filters_of(wanted),
            wanted.page,
            wanted.page_size,
            clock_conditions(wanted, now),
            ordering(wanted),
        )
        due = await showing.most_urgent(session, clocks, tickets, now)
    items = [TicketLine(**summary(ticket).model_dump(), next_due=due.get(ticket.id)) for ticket in tickets]
    return TicketPage(items=items, total=total, page=wanted.page, page_size=wanted.page_size)


@router.get("/{number}")
async def get_ticket(number: str, agent: AnyAgent, house: HouseDependency) -> TicketDetail:
    """One ticket with its conversation and timeline; numbers and addresses hidden until revealed."""
    async with house.units.begin() as uow:
        return await detail(uow, house.policy, await cases.get(uow, number), agent)


@router.get("/{number}/recurring", dependencies=[Depends(desk(ANY_AGENT))])
async def list_recurring(
    number: str, house: HouseDependency, page: Annotated[int, Query(ge=1, le=MOST_PAGES)] = 1
) -> RecurringTickets:
    """Tickets that may have the same cause, newest first, to be linked with the improvement."""
    rule = house.policy.workflow.recurring
    async with house.units.begin() as uow:
        found, total = await recurring.alike(uow, await cases.get(uow, number), rule, page)
        items = [RecurringTicket.model_validate(one) for one in found]
        return RecurringTickets(days=rule.days, items=items, total=total, page=page)


@router.post("/{number}/reveal")
async def reveal(number: str, given: RevealIn, agent: AnyAgent, house: HouseDependency) -> Revealed:
    """The customer's number and address, for half an hour; on record. Who is assigned needs no reason."""
    async with house.units.begin() as uow:
        ticket = await cases.get(uow, number)
        why = Why(given.reason, in_charge=ticket.assignee == agent.username)
        reveals.note(uow.session, agent, Look(Subject.TICKET, ticket.number), why, uow.now)
        return Revealed(phone=ticket.phone, address=ticket.address)
