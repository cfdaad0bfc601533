"""A product taken in that is not back on the promised day: the supervisor is called at once (R3b-14)."""

from backend.dispatch.events import RepairOverdue
from backend.escalation.firing import Cause, Escalations
from backend.escalation.rules import Firing
from backend.policy import Policy
from backend.policy.escalation import Actions
from backend.tickets.events import TicketChanged
from backend.unit_of_work import UnitOfWork

RULE = "repair-overdue"


class OverdueAlarm:
    """Calls the level that policy/dispatch.yml names."""

    def __init__(self, policy: Policy, escalations: Escalations) -> None:
        self._overdue = policy.dispatch.overdue
        self._escalations = escalations

    async def on_overdue(self, uow: UnitOfWork, event: RepairOverdue) -> None:
        """A repair is late: once a ticket, however many of its orders are."""
        level = self._overdue.level
        firing = Firing(
            rule=RULE,
            name=self._overdue.name,
            level=level,
            actions=Actions(level=level, priority="high", notify=(level,)),
            source=self._overdue.source,
            facts={},
        )
        if await self._escalations.fire(uow, event.ticket, firing, Cause("repair_overdue")):
            await uow.session.flush()
            await uow.publish(TicketChanged(event.ticket))
