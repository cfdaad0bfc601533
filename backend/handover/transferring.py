"""Giving a conversation to a colleague or to a group, with a note."""

from dataclasses import dataclass
from uuid import UUID

from backend.conversations.models import Conversation, Owner
from backend.handover import notes, presence
from backend.handover.agents import Agent, colleague, require_owner
from backend.handover.errors import ConversationClosedError, NobodyThereError, UnknownGroupError
from backend.handover.kinds import NoteKind, Reason
from backend.handover.moving import Hand, locked, move
from backend.policy.desk import DeskRules
from backend.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Goal:
    """To whom: one of the two."""

    username: str | None = None
    group: str | None = None


async def transfer(  # noqa: PLR0913, PLR0917  # what belongs to a transfer
    uow: UnitOfWork, rules: DeskRules, conversation_id: UUID, agent: Agent, goal: Goal, note: str
) -> Conversation:
    """Done by who has it, or a supervisor. A colleague must be at work; a group need not.

    Raises:
        NotOwnerError: a colleague has it.
        NotTakenError: nobody has taken it.
        ConversationClosedError: it was closed.
        UnknownColleagueError: there is no such person.
        UnknownGroupError: there is no such group.
        NobodyThereError: the colleague is not at work.
    """
    conversation = await locked(uow, conversation_id)
    if conversation.closed_at is not None:
        raise ConversationClosedError
    if not agent.supervises:
        await require_owner(uow.session, conversation, agent)
    hand = await _hand(uow, rules, conversation, goal)
    if hand.username is not None and hand.username == conversation.agent_username:
        return conversation
    await notes.add(uow, conversation_id, note, author=agent.username, kind=NoteKind.TRANSFER)
    await move(uow, conversation, hand, Reason.AGENT_TRANSFER, note)
    return conversation


async def _hand(uow: UnitOfWork, rules: DeskRules, conversation: Conversation, goal: Goal) -> Hand:
    if goal.username is not None:
        other = await colleague(uow.session, goal.username)
        if not await presence.at_work(uow.session, rules, other.username, uow.now):
            raise NobodyThereError(owner=other.display_name)
        return Hand(Owner.AGENT, other.username)
    group = rules.groups.get(goal.group or "")
    if group is None:
        raise UnknownGroupError(goal.group or "")
    urgency = max(conversation.priority, rules.urgency_of(Reason.AGENT_TRANSFER), key=_urgency_rank)
    return Hand(Owner.QUEUE, group=group.id, priority=urgency)


def _urgency_rank(urgency: str) -> int:
    return {"urgent": 2, "high": 1}.get(urgency, 0)
