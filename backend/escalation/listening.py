"""What escalation hears: events of tickets and clocks, each as the trigger that rules name in `on`."""

from backend.escalation.facts import Trigger
from backend.escalation.firing import Escalations
from backend.sla.events import ClockBreached, ClockWarned
from backend.tickets.events import StageChanged, TicketChanged, TicketFiled, TicketReclassified
from backend.unit_of_work import UnitOfWork


class Listener:
    """Subscribes inside the transaction, so that what fires commits with what happened."""

    def __init__(self, escalations: Escalations) -> None:
        self._escalations = escalations

    async def on_filed(self, uow: UnitOfWork, event: TicketFiled) -> None:
        """A ticket is new."""
        await self._escalations.react(uow, event.ticket, Trigger("filed"))

    async def on_changed(self, uow: UnitOfWork, event: TicketChanged) -> None:
        """Something about a ticket is not as it was."""
        await self._escalations.react(uow, event.ticket, Trigger("changed"))

    async def on_stage_changed(self, uow: UnitOfWork, event: StageChanged) -> None:
        """A ticket went on; the trigger carries the stage that it left."""
        await self._escalations.react(uow, event.ticket, Trigger("stage_changed", stage=event.before))

    async def on_reclassified(self, uow: UnitOfWork, event: TicketReclassified) -> None:
        """A ticket was judged otherwise than before."""
        await self._escalations.react(uow, event.ticket, Trigger("reclassified"))

    async def on_clock_warned(self, uow: UnitOfWork, event: ClockWarned) -> None:
        """A clock will soon run out."""
        trigger = Trigger("clock_warned", clock=event.clock_id)
        await self._escalations.react_by_id(uow, event.ticket_id, trigger)

    async def on_clock_breached(self, uow: UnitOfWork, event: ClockBreached) -> None:
        """A clock has run out."""
        trigger = Trigger("clock_breached", clock=event.clock_id)
        await self._escalations.react_by_id(uow, event.ticket_id, trigger)
