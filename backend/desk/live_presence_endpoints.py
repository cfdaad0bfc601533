"""Who is there."""

from typing import Annotated

from fastapi import APIRouter, Depends

from backend.access.guard import desk
from backend.access.roles import ANY_AGENT, SUPERVISORS
from backend.access.sessions import Identity
from backend.desk import live_board
from backend.desk.live_schemas import AgentOut, PresenceIn
from backend.handover import presence
from backend.house import House, HouseDependency

router = APIRouter(prefix="/api/v1/live", tags=["live"])

AnyAgent = Annotated[Identity, Depends(desk(ANY_AGENT))]


@router.get("/presence")
async def my_presence(identity: AnyAgent, house: HouseDependency) -> AgentOut:
    """How I am there."""
    return await _agent(house, identity.username)


@router.put("/presence")
async def set_my_presence(wish: PresenceIn, identity: AnyAgent, house: HouseDependency) -> AgentOut:
    """Say how I am there. Whoever goes offline gives back what they have."""
    async with house.units.begin() as uow:
        await presence.choose(uow, house.policy.desk, identity.username, wish.state)
    return await _agent(house, identity.username)


@router.get("/agents", dependencies=[Depends(desk(ANY_AGENT))])
async def list_agents(house: HouseDependency) -> list[AgentOut]:
    """Everybody at the desk, and how they are there."""
    async with house.database.transaction() as session:
        return await live_board.agents(session, house.policy.desk)


@router.put("/agents/{username}/presence", dependencies=[Depends(desk(SUPERVISORS))])
async def set_presence(username: str, wish: PresenceIn, house: HouseDependency) -> AgentOut:
    """Say how somebody is there, as when they left without saying so."""
    async with house.units.begin() as uow:
        await presence.choose(uow, house.policy.desk, username, wish.state, heard=False)
    return await _agent(house, username)


async def _agent(house: House, username: str) -> AgentOut:
    async with house.database.transaction() as session:
        return await live_board.agent(session, house.policy.desk, username)
