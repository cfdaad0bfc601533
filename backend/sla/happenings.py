"""Which event of a ticket is which trigger of policy/sla.yml. All happens in the publishing transaction."""

from backend.sla.clocks import Clocks
from backend.tickets.events import (
    AwaitingCustomer,
    ContactMade,
    CustomerAnswered,
    StageChanged,
    TicketChanged,
    TicketFiled,
    TicketReclassified,
)
from backend.unit_of_work import UnitOfWork


class Happenings:
    """Hears the events of tickets for their clocks."""

    def __init__(self, clocks: Clocks) -> None:
        self._clocks = clocks

    async def on_filed(self, uow: UnitOfWork, event: TicketFiled) -> None:
        """A ticket is new."""
        await self._clocks.happened(uow, event.ticket, ["filed"])

    async def on_stage_changed(self, uow: UnitOfWork, event: StageChanged) -> None:
        """A ticket went on."""
        triggers = [f"stage:{event.after}"]
        if event.after.closed:
            triggers.append("closed")
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
        """Something is not as it was: approved or told, by the recorded time, or facts that clocks go by."""
        ticket = event.ticket
        if ticket.approved_at is not None:
            await self._clocks.happened(uow, ticket, ["approved"], ticket.approved_at)
        if ticket.notified_at is not None:
            await self._clocks.happened(uow, ticket, ["customer_told"], ticket.notified_at)
        await self._clocks.recount(uow, ticket)
