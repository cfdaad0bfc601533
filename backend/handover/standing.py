"""What a customer is shown of who answers: the owner, a person's name, the place in the queue."""

from collections import Counter
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.conversations.models import Conversation, Owner
from backend.handover import waiting
from backend.handover.agents import name_of

MOST = 500


async def customer_view(session: AsyncSession, conversation: Conversation) -> dict[str, Any]:
    """`owner`, `agent_name` if that is a person, `position` from 1 if that is the queue."""
    name = place = None
    if conversation.owner == Owner.AGENT:
        name = await name_of(session, conversation.agent_username) or None
    elif conversation.owner == Owner.QUEUE and conversation.waiting_since is not None:
        place = await waiting.position(session, conversation)
    return {"owner": conversation.owner, "agent_name": name, "position": place}


async def places(session: AsyncSession) -> list[tuple[Conversation, int]]:
    """The conversations that wait, each with its place in its group's queue."""
    query = (
        select(Conversation)
        .where(Conversation.owner == Owner.QUEUE)
        .order_by(waiting.urgency_rank(), Conversation.waiting_since, Conversation.id)
        .limit(MOST)
    )
    seen: Counter[str | None] = Counter()
    found = []
    for conversation in await session.scalars(query):
        seen[conversation.group_id] += 1
        found.append((conversation, seen[conversation.group_id]))
    return found
