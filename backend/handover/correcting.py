"""Corrections of what the bot has understood. They are kept, and told to the bot when it goes on."""

from collections.abc import Mapping
from uuid import UUID

from backend.conversations.events import ConversationChanged, FactsCorrected
from backend.conversations.models import Conversation
from backend.errors import ValidationFailedError
from backend.handover.agents import Agent, require_free
from backend.handover.moving import locked
from backend.masking import is_masked, masked_facts
from backend.unit_of_work import UnitOfWork

SLOTS, CORRECTED, MISSING = "slots", "corrected", "missing"


def unmasked(known: Mapping[str, str | None], facts: Mapping[str, str | None]) -> dict[str, str | None]:
    """The facts less those that were only given back as they are shown, with their middle hidden. Pure.

    Raises:
        ValidationFailedError: something half hidden is new.
    """
    shown = masked_facts(known)
    for name, value in facts.items():
        if value is not None and is_masked(value) and value != shown.get(name):
            raise ValidationFailedError(name)
    return {name: value for name, value in facts.items() if value is None or not is_masked(value)}


async def correct(
    uow: UnitOfWork, conversation_id: UUID, agent: Agent, facts: Mapping[str, str | None]
) -> Conversation:
    """Put slots right: done by anybody while no colleague has the conversation, else by who has it.

    Raises:
        AlreadyOwnedError: a colleague has it.
        ValidationFailedError: a number or address is half hidden.
    """
    conversation = await locked(uow, conversation_id)
    if not agent.supervises:
        await require_free(uow.session, conversation, agent)
    known = dict(conversation.understanding or {})
    slots = dict(known.get(SLOTS) or {})
    facts = unmasked(slots, facts)
    before = {name: slots.get(name) for name in facts}
    changed = {name: value for name, value in facts.items() if before[name] != value}
    if not changed:
        return conversation
    slots = {name: value for name, value in (slots | changed).items() if value is not None}
    known[SLOTS] = slots
    known[CORRECTED] = dict(known.get(CORRECTED) or {}) | changed
    known[MISSING] = [name for name in known.get(MISSING) or [] if name not in slots]
    conversation.understanding = known
    conversation.version += 1
    conversation.updated_at = uow.now
    await uow.publish(
        FactsCorrected(conversation_id, {name: before[name] for name in changed}, changed, agent.username)
    )
    await uow.publish(ConversationChanged(conversation_id))
    return conversation
