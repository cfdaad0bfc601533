"""Which event of a ticket is which trigger of policy/sla.yml. All happens in the publishing transaction."""

from datetime import datetime

from sqlalchemy import func, select

from backend.sla.clocks import Clocks
from backend.sla.moments import MERGED, RECORDED_TIMES
from backend.tickets.events import (
    AwaitingCustomer,
    ContactMade,
    CustomerAnswered,
    StageChanged,
    TicketChanged,
    TicketFiled,
    TicketReclassified,
)
from backend.tickets.kinds import Stage
from backend.tickets.models import Ticket, TimelineEntry
from backend.unit_of_work import UnitOfWork


class Happenings:
    """Hears the events of tickets for their clocks."""

    def __init__(self, clocks: Clocks) -> None:
        self._clocks = clocks

    async def on_filed(self, uow: UnitOfWork, event: TicketFiled) -> None:
        """A ticket is new."""
        event.ticket.clocks_version = self._clocks.version
        await self._clocks.happened(uow, event.ticket, ["filed"])

    async def on_stage_changed(self, uow: UnitOfWork, event: StageChanged) -> None:
        """A ticket went on."""
        triggers = [f"stage:{event.after}"]
        if event.after.closed:
            triggers.append("closed")
        if event.before is Stage.CANCELLED and event.after is not Stage.REOPENED:
            await self._clocks.revived(uow, event.ticket, await _merged_at(uow, event.ticket))
        await self._clocks.happened(uow, event.ticket, triggers)

    async def on_contact(self, uow: UnitOfWork, event: ContactMade) -> None:
        """A person reached the customer."""
        await self._clocks.happened(uow, event.ticket, ["contact"])

    async def on_reclassified(self, uow: UnitOfWork, event: TicketReclassified) -> None:
        """A ticket is of another sort than before."""
        await self._clocks.reclassified(uow, event.ticket)

    async def on_awaiting(self, uow: UnitOfWork, event: AwaitingCustomer) -> None:
        """We wait for the customer."""
        await self._clocks.pause(uow, event.ticket)

    async def on_answered(self, uow: UnitOfWork, event: CustomerAnswered) -> None:
        """The customer has answered."""
        await self._clocks.resume(uow, event.ticket)

    async def on_changed(self, uow: UnitOfWork, event: TicketChanged) -> None:
        """Something is not as it was: approved, told, called back, or facts that clocks go by."""
        ticket = event.ticket
        for name, trigger in RECORDED_TIMES.items():
            at: datetime | None = getattr(ticket, name)
            if at is not None:
                await self._clocks.happened(uow, ticket, [trigger], at)
        if ticket.approved_at is None:
            await self._clocks.lapsed(uow, ticket, "approved")
        await self._clocks.recount(uow, ticket)


async def _merged_at(uow: UnitOfWork, ticket: Ticket) -> datetime:
    """When a ticket was last merged into another."""
    query = select(func.max(TimelineEntry.at)).where(
        TimelineEntry.ticket_id == ticket.id, TimelineEntry.verb == MERGED
    )
    return (await uow.session.scalars(query)).one()
