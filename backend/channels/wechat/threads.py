"""The one thread with each user of the account."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select, update

from backend.channels.wechat.account import CHANNEL
from backend.channels.wechat.models import WechatUser
from backend.conversations import hub
from backend.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Thread:
    """A user's conversation; `new` if it begins in this unit of work."""

    conversation_id: UUID
    new: bool


async def thread(uow: UnitOfWork, openid: str) -> Thread:
    """The user's thread, opened if there is none yet."""
    if known := await _known(uow, openid):
        return Thread(known, new=False)
    # two first messages may come at once
    await uow.session.execute(
        select(func.pg_advisory_xact_lock(func.hashtextextended(f"wechat:{openid}", 0)))
    )
    if known := await _known(uow, openid):
        return Thread(known, new=False)
    conversation = await hub.start(uow, CHANNEL, address=openid)
    uow.session.add(
        WechatUser(openid=openid, conversation_id=conversation.id, subscribed=True, created_at=uow.now)
    )
    await uow.session.flush()
    return Thread(conversation.id, new=True)


async def note_subscription(uow: UnitOfWork, openid: str, *, subscribed: bool) -> None:
    """The user follows the account, or no longer does."""
    await uow.session.execute(
        update(WechatUser).where(WechatUser.openid == openid).values(subscribed=subscribed)
    )


async def _known(uow: UnitOfWork, openid: str) -> UUID | None:
    query = select(WechatUser.conversation_id).where(WechatUser.openid == openid)
    found: UUID | None = await uow.session.scalar(query)
    return found
