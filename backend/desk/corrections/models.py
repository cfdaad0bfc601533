"""The table of corrections."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base


class Correction(Base):
    """A person said otherwise than the machine. Holds no personal data: it is taken out before."""

    __tablename__ = "correction"
    __table_args__ = (Index("ix_correction_origin_subject", "origin", "subject"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    origin: Mapped[str] = mapped_column(doc="`ticket` or `conversation`")
    subject: Mapped[str] = mapped_column(doc="Number of the ticket, id of the conversation")
    text: Mapped[str] = mapped_column(doc="What the customer said, without personal data")
    machine: Mapped[dict[str, Any]] = mapped_column(doc="By field, what stood there before")
    person: Mapped[dict[str, Any]] = mapped_column(doc="By field, what a person made of it")
    by: Mapped[str] = mapped_column(doc="User name at the desk")
    at: Mapped[datetime] = mapped_column(index=True)
