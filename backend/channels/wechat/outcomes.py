"""What became of a notice: the vendor says it later, by the notice's number.

https://developers.weixin.qq.com/doc/service/guide/product/template_message/Template_Message_Interface.html
https://developers.weixin.qq.com/doc/service/guide/product/subscription_messages/push.html
"""

from datetime import timedelta

from sqlalchemy import exists, func, select, update

from backend.channels.events import DeliveryFailed
from backend.channels.models import Delivery, DeliveryState
from backend.channels.wechat.models import How, WechatPart, WechatUser
from backend.conversations.models import Message
from backend.unit_of_work import UnitOfWork

SUCCESS = "success"
NOTICE_FAILED = "wechat_notice_failed"
LATEST = timedelta(hours=1)
"""The vendor tells an outcome within seconds; what has none after so long gets none."""


async def note(uow: UnitOfWork, number: str, status: str) -> None:
    """A notice did not reach its user after all: its messages have failed."""
    if not number or status == SUCCESS:
        return
    said = select(WechatPart.message_id).where(WechatPart.vendor_id == number)
    query = select(Delivery).where(Delivery.message_id.in_(said)).with_for_update()
    for delivery in await uow.session.scalars(query):
        delivery.state, delivery.reason_code = DeliveryState.FAILED, NOTICE_FAILED
        delivery.last_error, delivery.updated_at = status[:200], uow.now
        await uow.publish(DeliveryFailed(delivery))


async def number_nameless(uow: UnitOfWork, openid: str, number: str) -> None:
    """Give a number to the user's oldest notice that has none.

    Documented answers to a subscription notice hold no number; its outcome is the first to tell one.
    """
    known = await uow.session.scalar(select(exists().where(WechatPart.vendor_id == number)))
    if known or not number:
        return
    thread = select(WechatUser.conversation_id).where(WechatUser.openid == openid).scalar_subquery()
    nameless = (
        WechatPart.message_id.in_(select(Message.id).where(Message.conversation_id == thread)),
        WechatPart.how == How.TEMPLATE,
        WechatPart.vendor_id.is_(None),
        WechatPart.said_at > uow.now - LATEST,
    )
    oldest = select(func.min(WechatPart.said_at)).where(*nameless).scalar_subquery()
    # parts that went into one notice were noted at one moment
    await uow.session.execute(
        update(WechatPart).where(*nameless, WechatPart.said_at == oldest).values(vendor_id=number)
    )
