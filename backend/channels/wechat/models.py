"""Tables of the WeChat channel."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base


class WechatUser(Base):
    """A user of the account and the one thread with them."""

    __tablename__ = "wechat_user"

    openid: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), unique=True
    )
    subscribed: Mapped[bool] = mapped_column(doc="Follows the account, as far as we were told")
    created_at: Mapped[datetime]


class WechatToken(Base):
    """The access token that all processes share; its row is locked while one of them renews it."""

    __tablename__ = "wechat_token"

    app_id: Mapped[str] = mapped_column(primary_key=True)
    token: Mapped[str | None]
    expires_at: Mapped[datetime | None]


class WechatNonce(Base):
    """Which delivery a signed request carried. The same signature for another one is a replay."""

    __tablename__ = "wechat_nonce"

    signature: Mapped[str] = mapped_column(primary_key=True)
    external_id: Mapped[str]
    seen_at: Mapped[datetime] = mapped_column(index=True)


class How(StrEnum):
    """How a part of a message was said."""

    PASSIVE = "passive"
    SERVICE = "service"
    TEMPLATE = "template"


class WechatPart(Base):
    """A part of a message that somebody has begun to say. The row decides who: there is one for each part."""

    __tablename__ = "wechat_part"

    message_id: Mapped[UUID] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True)
    how: Mapped[str]
    begun_at: Mapped[datetime]
    said_at: Mapped[datetime | None]
    vendor_id: Mapped[str | None] = mapped_column(index=True)
    entry_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("inbox.id", ondelete="SET NULL"), index=True, doc="The delivery whose answer carries it"
    )


class WechatConsent(Base):
    """How many notices of a template a user has still agreed to."""

    __tablename__ = "wechat_consent"

    openid: Mapped[str] = mapped_column(primary_key=True)
    template_id: Mapped[str] = mapped_column(primary_key=True)
    left: Mapped[int] = mapped_column(default=0)
