"""The end of a conversation with a person, and its going on."""

from uuid import UUID

from backend.conversations.models import Conversation, Owner
from backend.handover import notes
from backend.handover.agents import Agent, require_free, require_owner
from backend.handover.errors import ConversationClosedError
from backend.handover.kinds import NoteKind, Reason
from backend.handover.moving import BOT, Hand, locked, move
from backend.unit_of_work import UnitOfWork


async def close(
    uow: UnitOfWork, conversation_id: UUID, agent: Agent, note: str | None = None
) -> Conversation:
    """End it: done by who has it, or a supervisor. The bot would answer if the customer wrote again.

    Raises:
        NotOwnerError: a colleague has it.
        NotTakenError: nobody has taken it.
        ConversationClosedError: it was closed before.
    """
    conversation = await locked(uow, conversation_id)
    if conversation.closed_at is not None:
        raise ConversationClosedError
    if not agent.supervises:
        await require_owner(uow.session, conversation, agent)
    if note:
        await notes.add(uow, conversation_id, note, author=agent.username, kind=NoteKind.CLOSE)
    await move(uow, conversation, BOT, Reason.CLOSED, note)
    conversation.closed_at = uow.now
    return conversation


async def reopen(uow: UnitOfWork, conversation_id: UUID, agent: Agent) -> Conversation:
    """Go on with a conversation that was closed; who opens it has it. Open to no effect if it is theirs.

    Raises:
        AlreadyOwnedError: a colleague has it.
    """
    conversation = await locked(uow, conversation_id)
    await require_free(uow.session, conversation, agent)
    if conversation.agent_username != agent.username:
        await move(uow, conversation, Hand(Owner.AGENT, agent.username), Reason.REOPENED)
    return conversation
