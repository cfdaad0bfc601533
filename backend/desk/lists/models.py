"""The table of saved views."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base


class SavedView(Base):
    """A list of tickets by its filters and a name; shared ones are everybody's to use."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("owner", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    owner: Mapped[str] = mapped_column(doc="User name at the desk")
    name: Mapped[str]
    filters: Mapped[dict[str, Any]] = mapped_column(doc="`schemas.TicketFilter` as JSON")
    shared: Mapped[bool] = mapped_column(default=False, index=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
