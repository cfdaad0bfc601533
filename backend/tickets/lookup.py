"""Finding a customer's own tickets: by phone, and open ones of the same matter."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from backend.policy.workflow import Duplicates
from backend.tickets.cases import CLOSED, get
from backend.tickets.likeness import likeness
from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork

LAST_DIGITS = 4
MOST = 20


def ends_with(phone: str | None, last_digits: str) -> bool:
    """Whether the digits of the phone number on record end with these four."""
    digits = _digits(phone or "")
    return len(last_digits) == LAST_DIGITS and len(digits) > LAST_DIGITS and digits.endswith(last_digits)


def same_phone(one: str | None, other: str | None) -> bool:
    """Whether two phone numbers, however written, are the same; an unknown one is like no other."""
    return bool(one and other and _digits(one) == _digits(other))


async def by_phone(uow: UnitOfWork, phone: str, *conditions: ColumnElement[bool]) -> list[Ticket]:
    """The latest tickets with this phone number on record, newest first."""
    query = (
        select(Ticket)
        .where(Ticket.phone.in_({phone, _digits(phone)}), *conditions)
        .order_by(Ticket.created_at.desc())
        .limit(MOST)
    )
    return list(await uow.session.scalars(query))


async def of_customer(uow: UnitOfWork, conversation_id: UUID, phone: str | None) -> list[Ticket]:
    """The latest tickets of a conversation and, if one is known, of a phone number; newest first."""
    mine = Ticket.conversation_id == conversation_id
    condition = mine if phone is None else or_(mine, Ticket.phone.in_({phone, _digits(phone)}))
    query = select(Ticket).where(condition).order_by(Ticket.created_at.desc()).limit(MOST)
    return list(await uow.session.scalars(query))


async def carrying(uow: UnitOfWork, ticket: Ticket) -> Ticket:
    """The ticket that carries the matter on, after mergers; never one of another customer's."""
    while ticket.merged_into is not None:
        target = await get(uow, ticket.merged_into)
        if not same_phone(target.phone, ticket.phone) and target.conversation_id != ticket.conversation_id:
            return ticket
        ticket = target
    return ticket


async def duplicates(uow: UnitOfWork, rule: Duplicates, phone: str, product: str, fault: str) -> list[Ticket]:
    """Open tickets of the same phone and product, not long ago, whose fault is alike; newest first.

    Without a fault the product alone decides.
    """
    found = await by_phone(
        uow, phone, Ticket.stage.not_in(CLOSED), Ticket.created_at > uow.now - timedelta(days=rule.days)
    )
    return [
        ticket
        for ticket in found
        if likeness(product, str(ticket.details.get("product", ""))) >= rule.likeness
        and (not fault or _alike(ticket, fault) >= rule.likeness)
    ]


def _alike(ticket: Ticket, fault: str) -> float:
    """How alike the fault is to what the ticket calls it, or to the customer's words then."""
    return max(likeness(fault, str(ticket.details.get("fault", ""))), likeness(fault, ticket.description))


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
