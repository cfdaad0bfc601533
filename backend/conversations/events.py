"""What conversations tell the rest of the house."""

from dataclasses import dataclass
from uuid import UUID

from backend.conversations.models import Message, Owner
from backend.unit_of_work import Event


@dataclass(frozen=True, slots=True)
class MessageStored(Event):
    """A message is part of the conversation from now on."""

    conversation_id: UUID
    channel: str
    message: Message
    version: int = 0
    owner: str = Owner.BOT
    agent_username: str | None = None


@dataclass(frozen=True, slots=True)
class OwnerChanged(Event):
    """Somebody else answers the customer from now on, or the same one for another reason."""

    conversation_id: UUID
    channel: str
    owner: str
    agent_username: str | None
    group: str | None
    reason: str
    previous: str
    previous_agent: str | None = None


@dataclass(frozen=True, slots=True)
class ConversationChanged(Event):
    """Something that the desk shows of a conversation is no longer as it was."""

    conversation_id: UUID


@dataclass(frozen=True, slots=True)
class HandoverWished(Event):
    """The bot wants a person to take the conversation over; `said` if it also said something itself.

    Heard inside the turn's transaction.
    """

    conversation_id: UUID
    reason: str
    note: str | None
    in_reply_to: UUID | None
    said: bool


@dataclass(frozen=True, slots=True)
class TurnOver(Event):
    """A turn of the bot ended in a conversation that waits for a person: now one may be found."""

    conversation_id: UUID


@dataclass(frozen=True, slots=True)
class ErrandFailed(Event):
    """The bot could not go on with a conversation that was handed back to it."""

    conversation_id: UUID


@dataclass(frozen=True, slots=True)
class FactsCorrected(Event):
    """A person corrected what the bot had understood: slots as they were and as they are."""

    conversation_id: UUID
    before: dict[str, str | None]
    after: dict[str, str | None]
    by: str


@dataclass(frozen=True, slots=True)
class MessageChanged(Event):
    """What a stored message shows has arrived: a picture that its channel fetched."""

    conversation_id: UUID
    channel: str
    message: Message


@dataclass(frozen=True, slots=True)
class HandoverRequested(Event):
    """A rule wants a person to take the conversation over now."""

    conversation_id: UUID
    ticket_number: str
    rule: str
    level: str
