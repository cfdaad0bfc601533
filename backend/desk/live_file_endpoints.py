"""Files that people at the desk bring into a conversation."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, UploadFile

from backend.access.guard import desk
from backend.access.roles import ANY_AGENT
from backend.access.sessions import Identity
from backend.conversations.models import Conversation
from backend.errors import NotFoundError
from backend.files import storing, uploads
from backend.files.schemas import Uploaded
from backend.handover.agents import Agent
from backend.handover.writing import require_may_write
from backend.house import HouseDependency

router = APIRouter(prefix="/api/v1/live/conversations", tags=["live"])


@router.post("/{conversation_id}/files", status_code=201)
async def upload(
    file: UploadFile,
    conversation_id: UUID,
    identity: Annotated[Identity, Depends(desk(ANY_AGENT))],
    house: HouseDependency,
) -> Uploaded:
    """Bring a file; the message that names it in `file_ids` sends it. For whoever may write there now."""
    agent = Agent(identity.username, identity.display_name, identity.role)
    async with house.database.transaction() as session:
        conversation = await session.get(Conversation, conversation_id)
        if conversation is None:
            raise NotFoundError(f"conversation {conversation_id}")
        await require_may_write(session, conversation, agent)
    return await uploads.taken(house, file, conversation_id, origin=storing.AGENT)
