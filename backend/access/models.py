"""Tables of accounts and sessions, and of who looked at customers' numbers."""

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
    totp_secret: Mapped[str | None] = mapped_column(doc="Sealed (`seal.py`); Base32 (RFC 6238)")
    totp_since: Mapped[datetime | None] = mapped_column(doc="When it was confirmed; asked for from then on")
    totp_step: Mapped[int | None] = mapped_column(doc="Of the last code taken, so that none is taken twice")
    phone: Mapped[str | None] = mapped_column(doc="E.164; a telephone of their own")
    rung_on: Mapped[str] = mapped_column(default="browser", doc="What rings when they take a caller")


class DeskSession(Base):
    """A log-in. Only a digest of the cookie's token is stored."""

    __tablename__ = "desk_session"

    token_digest: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("desk_user.id", ondelete="CASCADE"), index=True)
    csrf_token: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    ip: Mapped[str | None]
    user_agent: Mapped[str | None]


class RecoveryCode(Base):
    """A code for who has lost their second factor; good once."""

    __tablename__ = "recovery_code"

    digest: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("desk_user.id", ondelete="CASCADE"), index=True)
    used_at: Mapped[datetime | None]


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


class RevealLog(Base):
    """Somebody looked at a customer's phone number or address, or took many of them along."""

    __tablename__ = "reveal_log"
    __table_args__ = (Index("ix_reveal_log_username_kind_subject_at", "username", "kind", "subject", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    username: Mapped[str]
    display_name: Mapped[str]
    kind: Mapped[str]
    subject: Mapped[str] = mapped_column(doc="Number of the ticket, id of the conversation or customer")
    reason: Mapped[str | None]
    in_charge: Mapped[bool] = mapped_column(doc="It was theirs to see to, so no reason was asked")
    at: Mapped[datetime] = mapped_column(index=True)
