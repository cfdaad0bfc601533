"""Pictures of a service order: the work, the signed record, a signature drawn on the technician's phone."""

import re
from uuid import UUID

from sqlalchemy import func, select

from backend.dispatch import orders
from backend.dispatch.kinds import PictureKind
from backend.dispatch.models import OrderPicture, ServiceOrder
from backend.dispatch.order_deeds import PICTURED
from backend.dispatch.orders import Serving
from backend.errors import ConflictError
from backend.files import storing
from backend.files.content import FileKind
from backend.files.uploads import MAX_BODY_BYTES
from backend.tickets import cases, timeline
from backend.tickets.deeds import Deed
from backend.tickets.events import TicketChanged
from backend.unit_of_work import UnitOfWork

ORIGIN = "service_order"
MOST = 40
"""Pictures of one order."""
KINDS = frozenset({FileKind.IMAGE})
BODY_LIMITS = {re.compile(r"/api/v1/service-orders/[^/]+/pictures"): MAX_BODY_BYTES}
"""The path that takes pictures, with its largest body."""


async def add(
    serving: Serving, number: str, picture_id: UUID, kind: PictureKind, data: bytes
) -> ServiceOrder:
    """Keep a picture with its order; the same picture again is the same.

    Raises:
        NotFoundError: there is no such order.
        FileRefusedError: it is no picture, or too large.
        ConflictError: the order has as many as it can have.
    """
    uow = serving.uow
    order, ticket = await orders.get(uow, number)
    if await uow.session.get(OrderPicture, picture_id) is not None:
        return order
    ticket = await cases.locked(uow, ticket.number)
    count = select(func.count()).where(OrderPicture.order_id == order.id)
    if (await uow.session.scalar(count) or 0) >= MOST:
        raise ConflictError(f"order {number} has {MOST} pictures")
    stored = await storing.store(
        uow, data, name=f"{number}-{kind}", conversation_id=None, origin=ORIGIN, kinds=KINDS
    )
    by = serving.by.username or serving.by.name or ""
    picture = OrderPicture(id=picture_id, order_id=order.id, file_id=stored.id, kind=kind, at=uow.now, by=by)
    uow.session.add(picture)
    deed = Deed(PICTURED, after={"order": number, "picture": kind.value})
    timeline.append(uow, ticket, serving.by, deed)
    await uow.session.flush()
    await uow.publish(TicketChanged(ticket))
    return order


async def of_order(uow: UnitOfWork, order: ServiceOrder) -> list[OrderPicture]:
    """An order's pictures, in the order in which they came."""
    query = select(OrderPicture).where(OrderPicture.order_id == order.id)
    return list(await uow.session.scalars(query.order_by(OrderPicture.at, OrderPicture.id)))
