"""Files of a web chat: the customer's page brings and fetches them with the conversation's token."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response, UploadFile

from backend.channels.web_chat.access import customer
from backend.files import storing, uploads
from backend.files.schemas import Uploaded
from backend.files.serving import RESPONSES, served
from backend.house import HouseDependency

router = APIRouter(prefix="/api/v1/webchat/conversations", tags=["web chat"])

Customer = Annotated[UUID, Depends(customer)]


@router.post("/{conversation_id}/files", status_code=201)
async def upload(file: UploadFile, conversation_id: Customer, house: HouseDependency) -> Uploaded:
    """Bring a picture, recording, video or PDF; a message that names it in `file_ids` sends it."""
    return await uploads.taken(house, file, conversation_id, origin=storing.CUSTOMER)


@router.get("/{conversation_id}/files/{file_id}", response_class=Response, responses=RESPONSES)
async def fetch(
    file_id: UUID, request: Request, conversation_id: Customer, house: HouseDependency
) -> Response:
    """A file of this conversation, whoever sent it, or the part of it that `Range` asks for."""
    async with house.database.transaction() as session:
        stored = await storing.read(session, file_id, conversation_id=conversation_id)
    return served(request, stored)
