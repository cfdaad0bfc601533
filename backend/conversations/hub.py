"""The hub: every message of every channel is stored here, in order, without a gap (invariant 2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.conversations.events import MessageStored
from backend.conversations.models import Conversation, Message, Sender
from backend.conversations.schemas import Attachment
from backend.errors import NotFoundError
from backend.text import storable
from backend.unit_of_work import UnitOfWork

_AFTER = (
    Conversation.last_seq,
    Conversation.channel,
    Conversation.version,
    Conversation.owner,
    Conversation.agent_username,
)


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something to say to the customer."""

    text: str
    sender: Sender = Sender.BOT
    quick_replies: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    author: str | None = None
    author_name: str | None = None
    client_message_id: str | None = None


async def start(uow: UnitOfWork, channel: str, *, address: str | None = None) -> Conversation:
    """Open a conversation. Without an address (web) its own id is where the customer is found."""
    conversation_id = uuid4()
    conversation = Conversation(
        id=conversation_id,
        channel=channel,
        address=address or str(conversation_id),
        created_at=uow.now,
        updated_at=uow.now,
    )
    uow.session.add(conversation)
    await uow.session.flush()
    return conversation


async def store_customer_message(
    uow: UnitOfWork,
    conversation_id: UUID,
    text: str,
    client_message_id: str | None,
    attachments: Sequence[Attachment] = (),
) -> Message:
    """Append what the customer wrote; it waits for its turn. A conversation that was closed is open again.

    Raises:
        NotFoundError: there is no such conversation.
    """
    statement = (
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .values(pending_seq=Conversation.last_seq + 1, closed_at=None, **_one_more(uow, 1))
        .returning(*_AFTER)
    )
    row = (await uow.session.execute(statement)).one_or_none()
    if row is None:
        raise NotFoundError(f"conversation {conversation_id}")
    message = Message(
        id=uuid4(),
        conversation_id=conversation_id,
        seq=row.last_seq,
        sender=Sender.CUSTOMER,
        text=storable(text),
        client_message_id=client_message_id,
        created_at=uow.now,
        quick_replies=[],
        attachments=_as_json(attachments),
    )
    await _add(uow, row, [message])
    return message


async def store_utterances(
    uow: UnitOfWork, conversation_id: UUID, utterances: list[Utterance], *, in_reply_to: UUID | None = None
) -> list[Message]:
    """Append what is said to the customer.

    Raises:
        NotFoundError: there is no such conversation.
    """
    statement = (
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .values(**_one_more(uow, len(utterances)))
        .returning(*_AFTER)
    )
    row = (await uow.session.execute(statement)).one_or_none()
    if row is None:
        raise NotFoundError(f"conversation {conversation_id}")
    first = row.last_seq - len(utterances) + 1
    messages = [
        Message(
            id=uuid4(),
            conversation_id=conversation_id,
            seq=first + offset,
            sender=utterance.sender,
            text=storable(utterance.text),
            quick_replies=utterance.quick_replies,
            attachments=_as_json(utterance.attachments),
            in_reply_to=in_reply_to,
            client_message_id=utterance.client_message_id,
            author=utterance.author,
            author_name=utterance.author_name,
            created_at=uow.now,
        )
        for offset, utterance in enumerate(utterances)
    ]
    await _add(uow, row, messages)
    return messages


async def messages_since(session: AsyncSession, conversation_id: UUID, seq: int) -> list[Message]:
    """All messages after `seq`, in order."""
    query = select(Message).where(Message.conversation_id == conversation_id, Message.seq > seq)
    return list(await session.scalars(query.order_by(Message.seq)))


async def replies_to(session: AsyncSession, message_id: UUID) -> list[Message]:
    """What was said in answer to a message, in order."""
    return list(
        await session.scalars(select(Message).where(Message.in_reply_to == message_id).order_by(Message.seq))
    )


def _as_json(attachments: Iterable[Attachment]) -> list[dict[str, Any]]:
    return [attachment.model_dump(mode="json", exclude_none=True) for attachment in attachments]


def _one_more(uow: UnitOfWork, count: int) -> dict[str, Any]:
    return {
        "last_seq": Conversation.last_seq + count,
        "version": Conversation.version + 1,
        "updated_at": uow.now,
    }


async def _add(uow: UnitOfWork, after: Row[int, str, int, str, str | None], messages: list[Message]) -> None:
    uow.session.add_all(messages)
    await uow.session.flush()
    for message in messages:
        stored = MessageStored(
            message.conversation_id,
            after.channel,
            message,
            version=after.version,
            owner=after.owner,
            agent_username=after.agent_username,
        )
        await uow.publish(stored)
