"""The board: service orders by stage, technician and region, in the order of work (R3b-18, R10-5)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.dispatch.kinds import OrderStage
from backend.dispatch.models import PartUsed, Quote, ServiceOrder, Technician
from backend.dispatch.orders import CLOSED
from backend.dispatch.priority import Waiting, carried_over, place
from backend.policy import Policy
from backend.tickets.kinds import Priority
from backend.tickets.models import Ticket

MOST = 500
"""Orders that a board shows at once."""
WAITING = frozenset(
    {
        OrderStage.OPENED,
        OrderStage.PLANNED,
        OrderStage.QUOTED,
        OrderStage.CONFIRMED,
        OrderStage.DECLINED,
    }
)


ON_THE_ROAD = (
    OrderStage.DISPATCHED,
    OrderStage.DEPARTED,
    OrderStage.ARRIVED,
    OrderStage.TAKEN_IN,
    OrderStage.FIXED,
    OrderStage.RETURNED,
    OrderStage.SIGNED,
    OrderStage.REPORTED,
    OrderStage.AUDITED,
)
"""Stages in which the technician has something to do, until the signed record is filed (R3a-3)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which orders a board shows; None: all. `on_the_road`: a technician has something to do with them."""

    stage: OrderStage | None = None
    technician_id: UUID | None = None
    technician_user: str | None = None
    region: str | None = None
    ticket: str | None = None
    open_only: bool = False
    on_the_road: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """An order with its ticket and who is sent.

    `carried_over`: called for on an earlier day, and not dispatched.
    """

    order: ServiceOrder
    ticket: Ticket
    technician: Technician | None
    carried_over: bool


async def cards(session: AsyncSession, policy: Policy, wanted: Wanted, now: datetime) -> list[Card]:
    """The orders: those that nobody was sent for first, by priority; then by the time of the visit."""
    query = (
        select(ServiceOrder, Ticket, Technician)
        .join(Ticket, Ticket.id == ServiceOrder.ticket_id)
        .outerjoin(Technician, Technician.id == ServiceOrder.technician_id)
        .order_by(ServiceOrder.stage.in_(CLOSED), ServiceOrder.opened_at)
        .limit(MOST)
    )
    conditions = (
        (wanted.stage, ServiceOrder.stage == wanted.stage),
        (wanted.technician_id, ServiceOrder.technician_id == wanted.technician_id),
        (wanted.technician_user, Technician.username == wanted.technician_user),
        (wanted.region, ServiceOrder.region == wanted.region),
        (wanted.ticket, Ticket.number == wanted.ticket),
        (wanted.open_only or None, ServiceOrder.stage.not_in(CLOSED)),
        (wanted.on_the_road or None, ServiceOrder.stage.in_(ON_THE_ROAD)),
        (wanted.on_the_road or None, ServiceOrder.record_filed_at.is_(None)),
    )
    query = query.where(*(condition for value, condition in conditions if value is not None))
    found = [_card(order, ticket, sent, now) for order, ticket, sent in await session.execute(query)]
    return sorted(found, key=lambda card: _place(card, policy, now))


async def quotes_of(session: AsyncSession, order: ServiceOrder) -> list[Quote]:
    """All quotes of an order, the latest first."""
    query = select(Quote).where(Quote.order_id == order.id).order_by(Quote.created_at.desc())
    return list(await session.scalars(query))


async def parts_of(session: AsyncSession, order: ServiceOrder) -> list[PartUsed]:
    """The parts used for an order."""
    query = select(PartUsed).where(PartUsed.order_id == order.id).order_by(PartUsed.at, PartUsed.name)
    return list(await session.scalars(query))


async def card_of(session: AsyncSession, order: ServiceOrder, ticket: Ticket, now: datetime) -> Card:
    """The card of one order."""
    sent = await session.get(Technician, order.technician_id) if order.technician_id else None
    return _card(order, ticket, sent, now)


def _card(order: ServiceOrder, ticket: Ticket, sent: Technician | None, now: datetime) -> Card:
    waits = order.stage in WAITING
    return Card(order, ticket, sent, waits and carried_over(_waiting(order, ticket), now))


def _waiting(order: ServiceOrder, ticket: Ticket) -> Waiting:
    return Waiting(order.opened_at, order.parts_urgent, order.dealer_sold, Priority(ticket.priority))


def _place(card: Card, policy: Policy, now: datetime) -> tuple[int, ...]:
    order = card.order
    if order.stage in WAITING:
        return (0, *place(_waiting(order, card.ticket), policy.dispatch.priority, now))
    visit = order.visit_at or order.opened_at
    return (2 if order.stage in CLOSED else 1, int(visit.timestamp()))
