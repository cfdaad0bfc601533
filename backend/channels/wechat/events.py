"""What users do without writing: follow, leave, scan, tap; and what became of a notice.

https://developers.weixin.qq.com/doc/service/guide/product/message/Receiving_event_pushes.html
"""

from uuid import UUID

from sqlalchemy import select

from backend.channels.events import DeliveryFailed
from backend.channels.models import Delivery, DeliveryState
from backend.channels.wechat import threads
from backend.channels.wechat.incoming import Incoming
from backend.channels.wechat.models import WechatPart
from backend.channels.wechat.notices import note_consent
from backend.conversations import hub, identity
from backend.conversations.hub import Utterance
from backend.conversations.models import Sender
from backend.house import House
from backend.policy.wechat_menu import MenuItem
from backend.unit_of_work import UnitOfWork

CLICK = "click"
GREETED = frozenset({"subscribe", "scan", CLICK})
"""After these something is expected of us; an entry that is no longer in the menu is one of them."""
FINISHED = frozenset({"templatesendjobfinish"})
SENT = frozenset({"subscribe_msg_sent_event"})
CONSENT = frozenset({"subscribe_msg_popup_event", "subscribe_msg_change_event"})
SUCCESS, ACCEPTED = "success", "accept"
NOTICE_FAILED = "wechat_notice_failed"


async def note(uow: UnitOfWork, house: House, incoming: Incoming, tapped: MenuItem | None) -> UUID | None:
    """Act on an event; returns the conversation in which something was said to it."""
    if tapped is not None and tapped.does == "bind":
        return await _tell_code(uow, house, incoming.openid)
    if incoming.event in GREETED:
        return await _greet(uow, house, incoming.openid)
    if incoming.event == "unsubscribe":
        await threads.note_subscription(uow, incoming.openid, subscribed=False)
    elif incoming.event in FINISHED:
        await _note_outcome(uow, incoming.text("MsgID"), incoming.text("Status"))
    elif incoming.event in SENT:
        for entry in incoming.entries:
            # ErrorCode 0: it reached the user
            status = SUCCESS if entry.get("ErrorCode") == "0" else entry.get("ErrorStatus", "")
            await _note_outcome(uow, entry.get("MsgID", ""), status)
    elif incoming.event in CONSENT:
        for entry in incoming.entries:
            agreed = entry.get("SubscribeStatusString") == ACCEPTED
            await note_consent(uow, incoming.openid, entry.get("TemplateId", ""), agreed=agreed)
    return None


async def _greet(uow: UnitOfWork, house: House, openid: str) -> UUID:
    thread = await threads.thread(uow, openid)
    await threads.note_subscription(uow, openid, subscribed=True)
    greeting = Utterance(
        house.wording.say("greeting"), Sender.SYSTEM, house.wording.quick_replies("greeting")
    )
    await hub.store_utterances(uow, thread.conversation_id, [greeting])
    return thread.conversation_id


async def _tell_code(uow: UnitOfWork, house: House, openid: str) -> UUID:
    thread = await threads.thread(uow, openid)
    code = await identity.issue_code(uow, thread.conversation_id)
    minutes = int(identity.CODE_LIFE.total_seconds()) // 60
    text = house.wording.say("wechat_bind_code", code=code, minutes=minutes)
    await hub.store_utterances(uow, thread.conversation_id, [Utterance(text, Sender.SYSTEM)])
    return thread.conversation_id


async def _note_outcome(uow: UnitOfWork, vendor_id: str, status: str) -> None:
    """A notice did not reach its user after all: its message has failed."""
    if not vendor_id or status == SUCCESS:
        return
    query = (
        select(Delivery)
        .join(WechatPart, WechatPart.message_id == Delivery.message_id)
        .where(WechatPart.vendor_id == vendor_id)
        .with_for_update(of=Delivery)
    )
    for delivery in await uow.session.scalars(query):
        delivery.state, delivery.reason_code = DeliveryState.FAILED, NOTICE_FAILED
        delivery.last_error, delivery.updated_at = status[:200], uow.now
        await uow.publish(DeliveryFailed(delivery))
