"""Filing a ticket (R1-1.3 step 1, R3a-4.2(1)): number, routing, timeline, all in one transaction."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.dialects.postgresql import insert

from backend.clock import SHANGHAI
from backend.metrics import TICKETS
from backend.policy import Policy
from backend.tickets import timeline
from backend.tickets.events import TicketFiled
from backend.tickets.kinds import Actor, Visibility
from backend.tickets.models import NumberSequence, Ticket
from backend.tickets.number import ticket_number
from backend.tickets.schemas import NewTicket
from backend.tickets.search import indexed
from backend.unit_of_work import UnitOfWork

TITLE_CHARACTERS = 40
RECORD_CLAUSE = "R1-1.3"


@dataclass(frozen=True, slots=True)
class Filed:
    """A filed ticket, and whether this request made it."""

    ticket: Ticket
    new: bool


async def file(
    uow: UnitOfWork, policy: Policy, request: NewTicket, *, channel: str, by: timeline.By
) -> Filed:
    """Make a ticket of the request, or find the one that the same request made before."""
    existing = await _by_request(uow, request.request_id)
    if existing is not None:
        return Filed(existing, new=False)
    number = await _next_number(uow)
    existing = await _by_request(uow, request.request_id)  # the day's sequence lock has serialised us by now
    if existing is not None:
        await _give_back_number(uow)
        return Filed(existing, new=False)
    ticket = _ticket(uow, policy, request, number, channel)
    uow.session.add(ticket)
    await uow.session.flush()
    timeline.append(uow, ticket, by, _filing_deed(ticket))
    timeline.append(uow, ticket, timeline.By(Actor.SYSTEM), _routing_deed(policy, ticket))
    await uow.session.flush()
    await uow.publish(TicketFiled(ticket))
    TICKETS.labels(ticket.kind, ticket.intake).inc()
    return Filed(ticket, new=True)


async def _by_request(uow: UnitOfWork, request_id: str) -> Ticket | None:
    return await uow.session.scalar(select(Ticket).where(Ticket.request_id == request_id))


async def _next_number(uow: UnitOfWork) -> str:
    day = _day(uow)
    statement = insert(NumberSequence).values(day=day, last=1)
    statement = statement.on_conflict_do_update(
        index_elements=[NumberSequence.day], set_={"last": NumberSequence.last + 1}
    )
    sequence = await uow.session.scalar(statement.returning(NumberSequence.last))
    return ticket_number(day, int(sequence or 0))


async def _give_back_number(uow: UnitOfWork) -> None:
    row = await uow.session.get_one(NumberSequence, _day(uow), populate_existing=True)
    row.last -= 1


def _day(uow: UnitOfWork) -> date:
    return uow.now.astimezone(SHANGHAI).date()


def _ticket(uow: UnitOfWork, policy: Policy, request: NewTicket, number: str, channel: str) -> Ticket:
    contact = request.contact
    route = policy.route(
        {
            "kind": request.kind.value,
            "hazard": request.hazard,
            "severity": request.severity.value,
            "intake": request.intake.value,
        }
    )
    ticket = Ticket(
        number=number,
        channel=channel,
        title=title_of(request),
        customer_name=contact.name,
        phone=contact.phone,
        address=contact.address,
        department=route.department,
        routing_rule=route.id,
        policy_version=policy.version,
        created_at=uow.now,
        updated_at=uow.now,
        **request.model_dump(exclude={"contact"}),
    )
    ticket.search = indexed_words(ticket)
    return ticket


def title_of(ticket: NewTicket | Ticket) -> str:
    """A line for the list: product and fault where both are known, else the customer's first words."""
    known = [ticket.details[key] for key in ("product", "fault") if ticket.details.get(key)]
    text = " ".join((" · ".join(known) if len(known) > 1 else ticket.description).split())
    return text if len(text) <= TITLE_CHARACTERS else text[: TITLE_CHARACTERS - 1] + "…"


def indexed_words(ticket: Ticket) -> ColumnElement[Any]:
    """What is stored in `Ticket.search`: all that was written."""
    return indexed([ticket.description, ticket.demand, ticket.customer_name, *ticket.details.values()])


def _filing_deed(ticket: Ticket) -> timeline.Deed:
    after = {"kind": ticket.kind, "stage": ticket.stage, "intake": ticket.intake, "severity": ticket.severity}
    return timeline.Deed("filed", after=after, visibility=Visibility.CUSTOMER, source=RECORD_CLAUSE)


def _routing_deed(policy: Policy, ticket: Ticket) -> timeline.Deed:
    rule = policy.routing_rule(ticket.routing_rule or "")
    return timeline.Deed("routed", after={"department": ticket.department}, rule=rule.id, source=rule.source)
