"""Deliveries at the desk: what did not reach its customer (invariant 4)."""

from fastapi import APIRouter, Depends
from sqlalchemy import select

from backend.access.guard import desk
from backend.access.roles import ANY_AGENT
from backend.channels.models import Delivery, DeliveryState
from backend.desk.schemas import Deliveries, DeliveryOut
from backend.house import HouseDependency

MAX_SHOWN = 200

router = APIRouter(prefix="/api/v1/deliveries", tags=["deliveries"])


@router.get("", dependencies=[Depends(desk(ANY_AGENT))])
async def list_deliveries(house: HouseDependency, state: DeliveryState = DeliveryState.FAILED) -> Deliveries:
    """Deliveries in a state, latest first."""
    query = (
        select(Delivery).where(Delivery.state == state).order_by(Delivery.updated_at.desc()).limit(MAX_SHOWN)
    )
    async with house.database.transaction() as session:
        return Deliveries(items=[DeliveryOut.model_validate(row) for row in await session.scalars(query)])
