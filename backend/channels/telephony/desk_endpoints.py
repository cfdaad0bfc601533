"""Calls as the desk sees and commands them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel

from backend.access.guard import desk
from backend.access.roles import ANY_AGENT
from backend.access.sessions import Identity
from backend.channels.telephony.controls import Controls, call_now
from backend.channels.telephony.standing import Deed, Standing
from backend.handover.agents import Agent, name_of
from backend.house import House, HouseDependency

router = APIRouter(prefix="/api/v1/live/conversations/{conversation_id}/call", tags=["telephone"])

AnyAgent = Annotated[Identity, Depends(desk(ANY_AGENT))]


class CallOut(BaseModel):
    """Who is on a call since when, and what whoever asks can do with it."""

    standing: Standing
    agent_name: str | None
    started_at: datetime
    since: datetime
    deeds: list[Deed]


def controls_of(request: Request) -> Controls:
    """The controls that the application was built with."""
    controls: Controls = request.app.state.call_controls
    return controls


Commands = Annotated[Controls, Depends(controls_of)]


@router.get("")
async def read_call(conversation_id: UUID, identity: AnyAgent, house: HouseDependency) -> CallOut:
    """How the call of a conversation stands. 404 if it is none of the telephone's."""
    return await _as_it_is(house, conversation_id, identity)


@router.post("/hold")
async def hold(
    conversation_id: UUID, identity: AnyAgent, house: HouseDependency, controls: Commands
) -> CallOut:
    """Let the caller hear music; an agent on the telephone stays on the line."""
    await controls.act(conversation_id, _agent(identity), Deed.HOLD)
    return await _as_it_is(house, conversation_id, identity)


@router.post("/resume")
async def resume(
    conversation_id: UUID, identity: AnyAgent, house: HouseDependency, controls: Commands
) -> CallOut:
    """Go on with a caller who was kept waiting."""
    await controls.act(conversation_id, _agent(identity), Deed.RESUME)
    return await _as_it_is(house, conversation_id, identity)


@router.post("/hang-up")
async def hang_up(
    conversation_id: UUID, identity: AnyAgent, house: HouseDependency, controls: Commands
) -> CallOut:
    """End the call. What was said and is on no ticket becomes one, as whenever a call ends."""
    await controls.act(conversation_id, _agent(identity), Deed.HANG_UP)
    return await _as_it_is(house, conversation_id, identity)


async def _as_it_is(house: House, conversation_id: UUID, identity: Identity) -> CallOut:
    async with house.database.transaction() as session:
        call = await call_now(session, conversation_id, _agent(identity))
        return CallOut(
            standing=call.standing,
            agent_name=await name_of(session, call.agent_username) or None,
            started_at=call.started_at,
            since=call.since,
            deeds=list(call.deeds),
        )


def _agent(identity: Identity) -> Agent:
    return Agent(identity.username, identity.display_name, identity.role)
