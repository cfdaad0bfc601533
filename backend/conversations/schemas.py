"""A message as customers' pages and the desk read it."""

from collections.abc import Iterable
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from backend.conversations.models import Message, Sender
from backend.files.attachment import Attachment, AttachmentKind

__all__ = ["Attachment", "AttachmentKind", "MessageOut", "messages_out"]


class MessageOut(BaseModel):
    """A message; `quick_replies` are texts that the customer may send back by a tap."""

    model_config = ConfigDict(from_attributes=True)

    seq: int
    sender: Sender
    text: str
    quick_replies: list[str]
    attachments: list[Attachment] = []
    created_at: datetime
    client_message_id: str | None
    author_name: str | None = None


def messages_out(messages: Iterable[Message]) -> list[MessageOut]:
    """Messages as they are shown."""
    return [MessageOut.model_validate(message) for message in messages]
