"""Table of stored files. Their bytes are in the database: one dump holds all that was said and shown."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base
from backend.files.attachment import Attachment, AttachmentKind


class StoredFile(Base):
    """A picture, recording, video or document. `data` is loaded only where it is asked for.

    A file that was uploaded and has not been sent with a message yet has no `sent_at`.
    """

    __tablename__ = "stored_file"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    conversation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("conversation.id", ondelete="RESTRICT"), index=True
    )
    origin: Mapped[str] = mapped_column(doc="Who brought it: customer, agent, or the channel's name")
    kind: Mapped[str]
    content_type: Mapped[str]
    name: Mapped[str]
    size: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(index=True)
    sent_at: Mapped[datetime | None]
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)

    def attachment(self) -> Attachment:
        """The file as a message carries it."""
        return Attachment(
            kind=AttachmentKind(self.kind),
            file_id=self.id,
            name=self.name,
            content_type=self.content_type,
            size=self.size,
            width=self.width,
            height=self.height,
        )
