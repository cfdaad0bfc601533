"""Locking a ticket before anything of it is written, as all writers do."""

from uuid import UUID

from sqlalchemy import select

from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork


async def locked_ticket(uow: UnitOfWork, ticket_id: UUID) -> Ticket:
    """The ticket of that id as it is now, locked for the unit of work."""
    await uow.session.flush()  # what was changed must not be lost by reading it anew
    query = select(Ticket).where(Ticket.id == ticket_id).with_for_update()
    return (await uow.session.scalars(query.execution_options(populate_existing=True))).one()
