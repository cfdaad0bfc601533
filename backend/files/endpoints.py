"""Files at the desk."""

from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from backend.access.guard import desk
from backend.access.roles import ANY_AGENT
from backend.files import storing
from backend.files.serving import RESPONSES, served
from backend.house import HouseDependency

router = APIRouter(prefix="/api/v1/files", tags=["files"])


@router.get(
    "/{file_id}", dependencies=[Depends(desk(ANY_AGENT))], response_class=Response, responses=RESPONSES
)
async def get_file(file_id: UUID, request: Request, house: HouseDependency) -> Response:
    """A file of any conversation, or the part of it that `Range` asks for."""
    async with house.database.transaction() as session:
        stored = await storing.read(session, file_id)
    return served(request, stored)
