"""What conversations tell the rest of the house."""

from dataclasses import dataclass
from uuid import UUID

from backend.conversations.models import Message
from backend.unit_of_work import Event


@dataclass(frozen=True, slots=True)
class MessageStored(Event):
    """A message is part of the conversation from now on."""

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
