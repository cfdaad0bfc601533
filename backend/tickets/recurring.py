"""Tickets that may have the same cause as one that is to be improved (R1-1.3 (8), R3a-4.3)."""

from datetime import timedelta

from sqlalchemy import ColumnElement, exists, func, or_, select

from backend.db import counted
from backend.policy.workflow import Recurring
from backend.tickets.kinds import Relation
from backend.tickets.models import Ticket, TicketLink
from backend.unit_of_work import UnitOfWork

MODEL, PRODUCT = "model", "product"
"""Details of a ticket that say what it is about, the closer one first."""


async def alike(uow: UnitOfWork, ticket: Ticket, rule: Recurring, page: int = 1) -> tuple[list[Ticket], int]:
    """Tickets of the same cause class and model that are not linked as such yet, and how many there are.

    Newest first, so many a page (from 1) as the rule says. None before the ticket was investigated, or while
    nobody knows what product it is about.
    """
    about = next((name for name in (MODEL, PRODUCT) if _said(ticket, name)), None)
    if about is None or ticket.cause_class is None:
        return [], 0
    near = func.lower(func.btrim(Ticket.details[about].astext)) == _said(ticket, about)
    query = select(Ticket).where(
        Ticket.cause_class == ticket.cause_class,
        Ticket.created_at >= uow.now - timedelta(days=rule.days),
        Ticket.id != ticket.id,
        Ticket.merged_into.is_(None),
        near,
        ~_linked(ticket),
    )
    newest = query.order_by(Ticket.created_at.desc(), Ticket.number.desc())
    found = await uow.session.scalars(newest.offset((page - 1) * rule.most).limit(rule.most))
    return list(found), await counted(uow.session, query)


def _said(ticket: Ticket, detail: str) -> str:
    return str(ticket.details.get(detail) or "").strip().lower()


def _linked(ticket: Ticket) -> ColumnElement[bool]:
    """Whether a ticket of the query is linked to this one as having the same cause, whichever way round."""
    between = or_(
        (TicketLink.ticket_id == ticket.id) & (TicketLink.other_id == Ticket.id),
        (TicketLink.other_id == ticket.id) & (TicketLink.ticket_id == Ticket.id),
    )
    return exists().where(TicketLink.relation == Relation.SAME_CAUSE.value, between)
