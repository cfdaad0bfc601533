"""How far either side has read."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, update

from backend.conversations.events import ConversationChanged
from backend.conversations.models import Conversation, Owner, Sender
from backend.unit_of_work import Event, UnitOfWork


@dataclass(frozen=True, slots=True)
class SeenUpTo(Event):
    """One side has read up to a message; `by` is agent or customer."""

    conversation_id: UUID
    agent_username: str | None
    by: Sender
    seq: int


async def agent_saw(uow: UnitOfWork, conversation_id: UUID, username: str, seq: int) -> None:
    """The owner has read so far; of others nothing is noted."""
    statement = (
        update(Conversation)
        .where(
            Conversation.id == conversation_id,
            Conversation.owner == Owner.AGENT,
            Conversation.agent_username == username,
            Conversation.agent_seen_seq < func.least(seq, Conversation.last_seq),
        )
        .values(agent_seen_seq=func.least(seq, Conversation.last_seq), version=Conversation.version + 1)
        .returning(Conversation.agent_seen_seq)
    )
    upto = await uow.session.scalar(statement)
    if upto is not None:
        await uow.publish(SeenUpTo(conversation_id, username, Sender.AGENT, upto))
        await uow.publish(ConversationChanged(conversation_id))


async def customer_saw(uow: UnitOfWork, conversation_id: UUID, seq: int) -> None:
    """The customer has read so far."""
    statement = (
        update(Conversation)
        .where(
            Conversation.id == conversation_id,
            Conversation.customer_seen_seq < func.least(seq, Conversation.last_seq),
        )
        .values(customer_seen_seq=func.least(seq, Conversation.last_seq))
        .returning(Conversation.customer_seen_seq, Conversation.agent_username)
    )
    row = (await uow.session.execute(statement)).one_or_none()
    if row is not None:
        await uow.publish(
            SeenUpTo(conversation_id, row.agent_username, Sender.CUSTOMER, row.customer_seen_seq)
        )
