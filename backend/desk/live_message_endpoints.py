"""What agents write to customers, and how far they have read."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from backend.access.guard import desk
from backend.access.roles import ANY_AGENT
from backend.access.sessions import Identity
from backend.conversations.schemas import MessageOut
from backend.desk.live_schemas import AgentMessage, SeenUpTo
from backend.files import storing
from backend.handover import seeing, writing
from backend.handover.agents import Agent
from backend.handover.errors import NothingSaidError
from backend.house import HouseDependency

router = APIRouter(prefix="/api/v1/live/conversations/{conversation_id}", tags=["live"])

AnyAgent = Annotated[Identity, Depends(desk(ANY_AGENT))]


@router.post("/messages")
async def write(
    conversation_id: UUID, new: AgentMessage, identity: AnyAgent, house: HouseDependency
) -> MessageOut:
    """Write to the customer. Only whoever has the conversation does, and supervisors who joined it."""
    if not new.text.strip() and not new.file_ids:
        raise NothingSaidError
    agent = Agent(identity.username, identity.display_name, identity.role)
    async with house.units.begin() as uow:
        draft = await writing.open_draft(uow, conversation_id, agent, new.client_message_id)
        if draft.written is not None:
            return MessageOut.model_validate(draft.written)
        attachments = await storing.send(uow, conversation_id, new.file_ids, origin=storing.AGENT)
        message = await writing.write(uow, draft, new.text, attachments)
    return MessageOut.model_validate(message)


@router.post("/seen", status_code=204)
async def seen(conversation_id: UUID, upto: SeenUpTo, identity: AnyAgent, house: HouseDependency) -> None:
    """Say how far the owner has read. Of somebody who only looks, nothing is noted."""
    async with house.units.begin() as uow:
        await seeing.agent_saw(uow, conversation_id, identity.username, upto.seq)
