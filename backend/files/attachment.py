"""What a message carries beside its text, as it is stored with the message and read by everybody."""

from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


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
