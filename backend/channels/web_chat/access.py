"""Who may read and write a web conversation: whoever holds the token it was opened with."""

import secrets
from typing import Annotated
from uuid import UUID

from fastapi import Path, Request
from sqlalchemy.ext.asyncio import AsyncSession

from backend.access.guard import bearer_token, granting
from backend.access.roles import CUSTOMER
from backend.access.sessions import digest
from backend.channels.models import WebChatAccess
from backend.errors import UnauthorizedError


async def opens(session: AsyncSession, conversation_id: UUID, token: str) -> bool:
    """Whether the token is this conversation's."""
    access = await session.get(WebChatAccess, conversation_id)
    return access is not None and secrets.compare_digest(access.token_digest, digest(token))


@granting(CUSTOMER)
async def customer(request: Request, conversation_id: Annotated[str, Path()]) -> UUID:
    """The conversation that the request's path names and its bearer token opens.

    Raises:
        UnauthorizedError: the token is not that conversation's, or there is no such conversation.
    """
    try:
        named = UUID(conversation_id)
    except ValueError as error:
        raise UnauthorizedError("conversation token") from error
    async with request.app.state.house.database.transaction() as session:
        if await opens(session, named, bearer_token(request)):
            return named
    raise UnauthorizedError("conversation token")
