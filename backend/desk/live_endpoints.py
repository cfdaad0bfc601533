"""Live conversations to read: the list, one of them, its messages, queues, the wall."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from backend.access.guard import desk
from backend.access.roles import ANY_AGENT
from backend.access.sessions import Identity
from backend.conversations import hub
from backend.conversations.models import Conversation
from backend.conversations.schemas import messages_out
from backend.desk import live_board, live_cards, live_detail
from backend.desk.live_cards import Filters
from backend.desk.live_schemas import (
    MAX_SEQ,
    CardPage,
    ConversationDetail,
    GroupOut,
    LiveMessages,
    View,
    Wall,
)
from backend.desk.veiling import veiled_message
from backend.errors import NotFoundError
from backend.house import HouseDependency
from backend.text import Text

MAX_CARDS = 100

router = APIRouter(prefix="/api/v1/live", tags=["live"])

AnyAgent = Annotated[Identity, Depends(desk(ANY_AGENT))]


@router.get("/conversations")
async def list_conversations(  # noqa: PLR0913, PLR0917  # one argument a filter
    identity: AnyAgent,
    house: HouseDependency,
    view: View = View.ALL,
    group: Annotated[Text | None, Query(max_length=100)] = None,
    q: Annotated[Text | None, Query(max_length=200)] = None,
    before: datetime | None = None,
    limit: Annotated[int, Query(ge=1, le=MAX_CARDS)] = 50,
) -> CardPage:
    """Conversations of a view. `before` reads on from the `updated_at` of the last one."""
    filters = Filters(view, identity.username, group, q, before, limit)
    async with house.database.transaction() as session:
        return await live_cards.page(session, house.policy.desk, filters, house.clock.now())


@router.get("/conversations/{conversation_id}")
async def get_conversation(
    conversation_id: UUID, identity: AnyAgent, house: HouseDependency
) -> ConversationDetail:
    """One conversation, with who had it when and who looks at it; numbers are hidden until revealed."""
    async with house.database.transaction() as session:
        return await live_detail.detail(session, conversation_id, identity, house.clock.now())


@router.get("/conversations/{conversation_id}/messages")
async def read_messages(
    conversation_id: UUID,
    identity: AnyAgent,
    house: HouseDependency,
    since: Annotated[int, Query(ge=0, le=MAX_SEQ)] = 0,
) -> LiveMessages:
    """All messages after `since`, in order; phone numbers in them are hidden until revealed."""
    async with house.database.transaction() as session:
        conversation = await session.get(Conversation, conversation_id)
        if conversation is None:
            raise NotFoundError(f"conversation {conversation_id}")
        messages = messages_out(await hub.messages_since(session, conversation_id, since))
        revealed = await live_detail.is_open_to(session, identity, conversation_id, house.clock.now())
    return LiveMessages(
        revealed=revealed,
        messages=messages if revealed else [veiled_message(message) for message in messages],
        last_seq=conversation.last_seq,
        version=conversation.version,
    )


@router.get("/groups", dependencies=[Depends(desk(ANY_AGENT))])
async def list_groups(house: HouseDependency) -> list[GroupOut]:
    """The queues: who waits how long, and who is there."""
    async with house.database.transaction() as session:
        return await live_board.groups(session, house.policy.desk, house.clock.now())


@router.get("/wall", dependencies=[Depends(desk(ANY_AGENT))])
async def wall(house: HouseDependency) -> Wall:
    """The state of the desk at a glance."""
    async with house.database.transaction() as session:
        return await live_board.wall(session, house.policy.desk, house.clock.now())
