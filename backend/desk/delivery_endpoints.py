"""Deliveries at the desk: what did not reach its customer (invariant 4)."""

from fastapi import APIRouter, Depends
from sqlalchemy import select

from backend.access.guard import desk
from backend.access.roles import ANY_AGENT
from backend.channels.models import Delivery, DeliveryState
from backend.conversations.models import Message
from backend.db import counted
from backend.desk.schemas import Deliveries, DeliveryOut
from backend.house import HouseDependency
from backend.tickets.models import Ticket

MAX_SHOWN = 200
LATEST_TICKET = (
    select(Ticket.number)
    .where(Ticket.conversation_id == Message.conversation_id)
    .order_by(Ticket.created_at.desc())
    .limit(1)
    .correlate(Message)
    .scalar_subquery()
)
JOINED = frozenset({"conversation_id", "ticket_number", "advice"})

router = APIRouter(prefix="/api/v1/deliveries", tags=["deliveries"])


@router.get("", dependencies=[Depends(desk(ANY_AGENT))])
async def list_deliveries(house: HouseDependency, state: DeliveryState = DeliveryState.FAILED) -> Deliveries:
    """Deliveries in a state, latest first."""
    query = (
        select(Delivery, Message.conversation_id, LATEST_TICKET)
        .join(Message, Message.id == Delivery.message_id)
        .where(Delivery.state == state)
    )
    own = DeliveryOut.model_fields.keys() - JOINED
    async with house.database.transaction() as session:
        rows = await session.execute(query.order_by(Delivery.updated_at.desc()).limit(MAX_SHOWN))
        return Deliveries(
            total=await counted(session, query),
            items=[
                DeliveryOut(
                    **{name: getattr(row, name) for name in own},
                    conversation_id=conversation_id,
                    ticket_number=number,
                    advice=row.reason_code and house.wording.say(f"delivery_{row.reason_code}"),
                )
                for row, conversation_id, number in rows
            ],
        )
