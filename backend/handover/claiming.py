"""Persons take conversations: by claim, takeover or order; supervisors join."""

from uuid import UUID

from backend.conversations.events import ConversationChanged
from backend.conversations.models import Conversation, Owner
from backend.handover.agents import Agent, colleague, require_free
from backend.handover.errors import ConversationClosedError, NotTakenError, NotWaitingError
from backend.handover.kinds import Reason
from backend.handover.moving import Hand, locked, move
from backend.unit_of_work import UnitOfWork


async def claim(uow: UnitOfWork, conversation_id: UUID, agent: Agent) -> Conversation:
    """Take a conversation that waits. Who claims what they have already changes nothing.

    Raises:
        AlreadyOwnedError: somebody else was faster.
        NotWaitingError: it is the bot's.
    """
    conversation = await locked(uow, conversation_id)
    await require_free(uow.session, conversation, agent)
    if conversation.owner == Owner.BOT:
        raise NotWaitingError
    if conversation.owner == Owner.QUEUE:
        await move(uow, conversation, Hand(Owner.AGENT, agent.username), Reason.CLAIMED)
    return conversation


async def take_over(
    uow: UnitOfWork, conversation_id: UUID, agent: Agent, note: str | None = None
) -> Conversation:
    """Take a conversation, from a colleague only as a supervisor. The bot is silent from now on.

    Raises:
        AlreadyOwnedError: a colleague has it.
        ConversationClosedError: it was closed.
    """
    conversation = await locked(uow, conversation_id)
    _require_open(conversation)
    if not agent.supervises:
        await require_free(uow.session, conversation, agent)
    if conversation.agent_username != agent.username:
        await move(uow, conversation, Hand(Owner.AGENT, agent.username), Reason.TAKEN_OVER, note)
    return conversation


async def assign(uow: UnitOfWork, conversation_id: UUID, username: str, by: Agent) -> Conversation:
    """Give a conversation to somebody, whoever has it now.

    Raises:
        UnknownColleagueError: there is no such person.
        ConversationClosedError: it was closed.
    """
    conversation = await locked(uow, conversation_id)
    _require_open(conversation)
    goal = await colleague(uow.session, username)
    if conversation.agent_username != goal.username:
        hand = Hand(Owner.AGENT, goal.username)
        await move(uow, conversation, hand, Reason.ASSIGNED_BY_HAND, by.display_name)
    return conversation


async def join(uow: UnitOfWork, conversation_id: UUID, agent: Agent) -> None:
    """Write beside the colleague who has it.

    Raises:
        NotTakenError: no person has it.
    """
    conversation = await locked(uow, conversation_id)
    if conversation.owner != Owner.AGENT:
        raise NotTakenError
    if agent.username not in {conversation.agent_username, *conversation.joined}:
        conversation.joined = [*conversation.joined, agent.username]
        await _changed(uow, conversation)


async def leave(uow: UnitOfWork, conversation_id: UUID, agent: Agent) -> None:
    """Write beside the colleague no longer."""
    conversation = await locked(uow, conversation_id)
    if agent.username in conversation.joined:
        conversation.joined = [name for name in conversation.joined if name != agent.username]
        await _changed(uow, conversation)


async def _changed(uow: UnitOfWork, conversation: Conversation) -> None:
    conversation.version += 1
    conversation.updated_at = uow.now
    await uow.publish(ConversationChanged(conversation.id))


def _require_open(conversation: Conversation) -> None:
    if conversation.closed_at is not None:
        raise ConversationClosedError
