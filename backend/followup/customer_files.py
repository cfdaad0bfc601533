"""Customers' files are kept by what happens: services that are over, and what customers said (R10-8)."""

from typing import Any

from sqlalchemy import select

from backend.dispatch.events import OrderClosed
from backend.dispatch.kinds import OrderStage
from backend.dispatch.models import PartUsed, Technician
from backend.tickets.events import CalledBack
from backend.tickets.followup import RATINGS
from backend.tickets.kinds import CallbackOutcome
from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork
from backend.warranty import customers, purchases
from backend.warranty.customers import EntryKind, NewEntry
from backend.warranty.keys import phone_digits
from backend.wording import Wording

SERIAL = "serial_number"
"""The detail of a ticket that says which unit it is about."""


class CustomerFiles:
    """Hears of services and call-backs, inside the transaction. Customers without a file get no entry."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    async def on_order_closed(self, uow: UnitOfWork, event: OrderClosed) -> None:
        """A service is over: what was done, with which parts, by whom."""
        order = event.order
        if order.stage == OrderStage.CANCELLED:
            return
        sent = await uow.session.get(Technician, order.technician_id) if order.technician_id else None
        parts = await uow.session.scalars(select(PartUsed.name).where(PartUsed.order_id == order.id))
        text = self._wording.say(
            "file_service",
            number=order.number,
            work=order.work_done or "",
            parts=self._listed(parts),
            technician=sent.name if sent is not None else "",
        )
        await self._write(uow, event.ticket, EntryKind.SERVICE, text)

    async def on_called_back(self, uow: UnitOfWork, event: CalledBack) -> None:
        """What the customer said afterwards."""
        ticket = event.ticket
        if ticket.callback_outcome != CallbackOutcome.REACHED:
            return
        rated: dict[str, Any] = {name: getattr(ticket, name) for name in RATINGS}
        said = [
            self._wording.say(f"file_{name}", rating=rating)
            for name, rating in rated.items()
            if rating is not None
        ]
        if ticket.customer_suggestion:
            said.append(ticket.customer_suggestion)
        text = self._wording.say("file_satisfaction", number=ticket.number, said=self._listed(said))
        await self._write(uow, ticket, EntryKind.SATISFACTION, text)

    def _listed(self, items: Any) -> str:
        return self._wording.say("list_separator").join(items)

    async def _write(self, uow: UnitOfWork, ticket: Ticket, kind: EntryKind, text: str) -> None:
        serial = str(ticket.details.get(SERIAL, ""))
        units = await purchases.by_serial(uow.session, serial) if serial else []
        unit = units[0].purchase if len(units) == 1 else None
        digits = phone_digits(ticket.phone) if ticket.phone else None
        owner = unit.customer_id if unit is not None else None
        if owner is None and digits is not None:
            customer = await customers.of_phone(uow.session, digits)
            owner = customer.id if customer is not None else None
        if owner is None:
            return
        purchase = unit.id if unit is not None and unit.customer_id == owner else None
        await customers.add_entry(uow, owner, NewEntry(kind, text, purchase), ticket.assignee or "")
