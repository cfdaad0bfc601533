"""Tables of accounts and sessions."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base


class User(Base):
    """Someone who works at the desk."""

    __tablename__ = "desk_user"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    username: Mapped[str] = mapped_column(unique=True, doc="Lower case")
    display_name: Mapped[str]
    role: Mapped[str]
    password_hash: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class DeskSession(Base):
    """A log-in. Only a digest of the cookie's token is stored."""

    __tablename__ = "desk_session"

    token_digest: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("desk_user.id", ondelete="CASCADE"), index=True)
    csrf_token: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class FailedLogin(Base):
    """A log-in that failed; counted to slow down guessing."""

    __tablename__ = "failed_login"
    __table_args__ = (
        Index("ix_failed_login_username_at", "username", "at"),
        Index("ix_failed_login_ip_at", "ip", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    username: Mapped[str]
    ip: Mapped[str]
    at: Mapped[datetime]
