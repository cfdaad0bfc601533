"""The table that names people who are known by a phone number only."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base


class PhoneKey(Base):
    """An id that stands for a phone number in addresses of pages, where the number itself must not stand."""

    __tablename__ = "phone_key"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    phone: Mapped[str] = mapped_column(unique=True, doc="As it is dialled within the country")
    created_at: Mapped[datetime]
