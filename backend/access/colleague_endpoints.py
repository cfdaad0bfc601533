"""Who works at the desk, for pickers: names and roles, nothing else."""

from fastapi import APIRouter, Depends
from sqlalchemy import select

from backend.access.guard import desk
from backend.access.models import User
from backend.access.roles import ANY_AGENT
from backend.access.schemas import ColleagueOut, Colleagues
from backend.house import HouseDependency

router = APIRouter(prefix="/api/v1/users", tags=["auth"])


@router.get("", dependencies=[Depends(desk(ANY_AGENT))])
async def list_colleagues(house: HouseDependency) -> Colleagues:
    """Those who work here now, by name."""
    query = select(User).where(User.active).order_by(User.display_name, User.username)
    async with house.database.transaction() as session:
        return Colleagues(items=[ColleagueOut.model_validate(user) for user in await session.scalars(query)])
