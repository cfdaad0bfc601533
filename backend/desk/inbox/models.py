"""The table of who is told what at the desk."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base


class InboxEntry(Base):
    """A notice in somebody's inbox; unread until `read_at`."""

    __tablename__ = "inbox_entry"
    __table_args__ = (
        Index("ix_inbox_entry_username_at", "username", "at"),
        Index("ix_inbox_entry_unread", "username", "at", postgresql_where=text("read_at IS NULL")),
    )

    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id", ondelete="CASCADE"), primary_key=True)
    username: Mapped[str] = mapped_column(
        ForeignKey("desk_user.username", ondelete="CASCADE"), primary_key=True
    )
    at: Mapped[datetime] = mapped_column(doc="When the notice was written")
    read_at: Mapped[datetime | None]
