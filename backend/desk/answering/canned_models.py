"""Table of canned replies."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base


class CannedReply(Base):
    """A text that is said often. `text` may name variables, see `canned_text`."""

    __tablename__ = "canned_reply"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    shortcut: Mapped[str] = mapped_column(unique=True, doc="What is typed after a slash to find it")
    title: Mapped[str]
    text: Mapped[str]
    group: Mapped[str | None] = mapped_column(doc="Of policy/desk.yml; none: for all")
    used: Mapped[int] = mapped_column(default=0, doc="How often it was picked")
    changed_by: Mapped[str | None] = mapped_column(doc="User name; none: came with the product")
    changed_at: Mapped[datetime]
