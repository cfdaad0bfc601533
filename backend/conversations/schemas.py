"""A message as customers' pages and the desk read it."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from backend.conversations.models import Message, Sender


class AttachmentKind(StrEnum):
    """What a message carries beside its text."""

    IMAGE = "image"
    VOICE = "voice"
    VIDEO = "video"
    FILE = "file"
    LOCATION = "location"
    LINK = "link"


class Attachment(BaseModel):
    """One thing that a message carries.

    Pictures, recordings, videos and files are stored files (`file_id`); a place has latitude and longitude in
    degrees and what it is called; a link has its address. Sizes in bytes and pixels, lengths in seconds.
    """

    model_config = ConfigDict(extra="forbid")

    kind: AttachmentKind
    file_id: UUID | None = None
    name: str = Field(default="", max_length=255)
    content_type: str | None = None
    size: int | None = None
    width: int | None = None
    height: int | None = None
    seconds: float | None = None
    latitude: float | None = None
    longitude: float | None = None
    url: str | None = Field(default=None, max_length=2048)


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


def messages_out(messages: Iterable[Message]) -> list[MessageOut]:
    """Messages as they are shown."""
    return [MessageOut.model_validate(message) for message in messages]
