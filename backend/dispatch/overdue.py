"""Repairs that are not back on the promised day: noted once, and the supervisor is told (R3b-14)."""

from sqlalchemy import select

from backend.dispatch import machine
from backend.dispatch.events import RepairOverdue
from backend.dispatch.kinds import OrderStage
from backend.dispatch.models import ServiceOrder
from backend.dispatch.order_deeds import OVERDUE
from backend.dispatch.order_store import state_of
from backend.dispatch.pricing import today
from backend.policy import Policy
from backend.tickets import cases, timeline
from backend.tickets.deeds import By, Deed
from backend.tickets.kinds import Actor
from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork, UnitsOfWork

SECONDS = 60.0
BY = By(Actor.SYSTEM)


class OverdueRepairs:
    """Looks for repairs that should be back."""

    def __init__(self, units: UnitsOfWork, policy: Policy) -> None:
        self._units = units
        self._policy = policy

    async def run(self) -> int:
        """Note all that are late now; returns how many."""
        async with self._units.begin() as uow:
            query = (
                select(ServiceOrder.id, Ticket.number)
                .join(Ticket, Ticket.id == ServiceOrder.ticket_id)
                .where(
                    ServiceOrder.stage == OrderStage.TAKEN_IN,
                    ServiceOrder.promised_on < today(uow.now),
                    ServiceOrder.overdue_at.is_(None),
                )
            )
            late = [(row.id, row.number) for row in await uow.session.execute(query)]
        noted = 0
        for order_id, ticket_number in late:
            async with self._units.begin() as uow:
                ticket = await cases.locked(uow, ticket_number)
                order = await uow.session.get_one(ServiceOrder, order_id, with_for_update=True)
                noted += await self._noted(uow, order, ticket)
        return noted

    async def _noted(self, uow: UnitOfWork, order: ServiceOrder, ticket: Ticket) -> bool:
        """Note one, unless another worker has, or it has come back meanwhile."""
        if not machine.overdue(state_of(order), today(uow.now)):
            return False
        order.overdue_at = order.updated_at = uow.now
        promised = order.promised_on.isoformat() if order.promised_on else None
        after = {"order": order.number, "promised_on": promised}
        source = self._policy.dispatch.overdue.source
        timeline.append(uow, ticket, BY, Deed(OVERDUE, after=after, rule="overdue", source=source))
        await uow.session.flush()
        await uow.publish(RepairOverdue(ticket, order))
        return True
