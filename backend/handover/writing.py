"""What persons write to customers. Ownership is checked under the lock that gives the message its number."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.conversations import hub
from backend.conversations.hub import Utterance
from backend.conversations.models import Conversation, Message, Owner, Sender
from backend.conversations.schemas import Attachment
from backend.handover.agents import Agent, require_owner
from backend.handover.errors import ConversationClosedError
from backend.handover.moving import locked
from backend.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Draft:
    """A message about to be written; `written` if the same one was before."""

    conversation: Conversation
    agent: Agent
    client_message_id: str
    written: Message | None


async def open_draft(uow: UnitOfWork, conversation_id: UUID, agent: Agent, client_message_id: str) -> Draft:
    """Lock the conversation for a message of its owner, or of a supervisor who joined.

    Raises:
        ConversationClosedError: it was closed.
        NotOwnerError: a colleague has it.
        NotTakenError: nobody has taken it.
    """
    conversation = await locked(uow, conversation_id)
    query = select(Message).where(
        Message.conversation_id == conversation_id,
        Message.sender == Sender.AGENT,
        Message.client_message_id == client_message_id,
    )
    written = await uow.session.scalar(query)
    if written is None:
        await require_may_write(uow.session, conversation, agent)
    return Draft(conversation, agent, client_message_id, written)


async def require_may_write(session: AsyncSession, conversation: Conversation, agent: Agent) -> None:
    """Whether somebody may write now: the owner, or a supervisor who joined.

    Raises:
        ConversationClosedError: it was closed.
        NotOwnerError: a colleague has it.
        NotTakenError: nobody has taken it.
    """
    if conversation.closed_at is not None:
        raise ConversationClosedError
    if conversation.owner != Owner.AGENT or agent.username not in conversation.joined:
        await require_owner(session, conversation, agent)


async def write(uow: UnitOfWork, draft: Draft, text: str, attachments: Sequence[Attachment] = ()) -> Message:
    """Store the message; whoever answers has seen what came before."""
    said = Utterance(
        text,
        Sender.AGENT,
        attachments=list(attachments),
        author=draft.agent.username,
        author_name=draft.agent.display_name,
        client_message_id=draft.client_message_id,
    )
    draft.conversation.agent_seen_seq = draft.conversation.last_seq
    await uow.session.flush()
    (message,) = await hub.store_utterances(uow, draft.conversation.id, [said])
    return message
