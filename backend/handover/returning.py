"""Giving a conversation back to the bot, which goes on from what it is told."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from backend.conversations import turns
from backend.conversations.models import Conversation
from backend.handover import notes
from backend.handover.agents import Agent, require_owner
from backend.handover.correcting import CORRECTED, SLOTS, unmasked
from backend.handover.kinds import NoteKind, Reason
from backend.handover.moving import BOT, locked, move
from backend.unit_of_work import UnitOfWork

SAFETY_NET_AFTER = timedelta(seconds=2)


async def hand_back(
    uow: UnitOfWork,
    conversation_id: UUID,
    agent: Agent,
    note: str | None = None,
    facts: Mapping[str, str | None] | None = None,
) -> Conversation:
    """Give it back: done by who has it, or a supervisor. What the bot is told is kept until it was.

    Raises:
        NotOwnerError: a colleague has it.
        NotTakenError: nobody has taken it.
        ValidationFailedError: a fact is half hidden.
    """
    conversation = await locked(uow, conversation_id)
    if not agent.supervises:
        await require_owner(uow.session, conversation, agent)
    if note:
        await notes.add(uow, conversation_id, note, author=agent.username, kind=NoteKind.HAND_BACK)
    await move(uow, conversation, BOT, Reason.HANDED_BACK, note)
    slots = (conversation.understanding or {}).get(SLOTS) or {}
    conversation.errand = {"note": note, "facts": _corrected(conversation) | unmasked(slots, facts or {})}
    await uow.defer(turns.JOB, after=SAFETY_NET_AFTER, conversation_id=str(conversation_id))
    return conversation


def _corrected(conversation: Conversation) -> dict[str, str | None]:
    """What was corrected at the desk meanwhile."""
    corrected: dict[str, str | None] = (conversation.understanding or {}).get(CORRECTED, {})
    return dict(corrected)
