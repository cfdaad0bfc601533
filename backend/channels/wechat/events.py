"""What users do without writing: follow, leave, scan, tap, agree to notices; and what became of a notice.

https://developers.weixin.qq.com/doc/service/guide/product/message/Receiving_event_pushes.html
https://developers.weixin.qq.com/doc/service/guide/product/subscription_messages/push.html
"""

from uuid import UUID

from backend.channels.wechat import outcomes, threads
from backend.channels.wechat.incoming import Incoming
from backend.channels.wechat.notices import note_consent
from backend.channels.wechat.outcomes import SUCCESS
from backend.conversations import hub, identity
from backend.conversations.hub import Utterance
from backend.conversations.models import Sender
from backend.house import House
from backend.policy.wechat_menu import MenuItem
from backend.unit_of_work import UnitOfWork

CLICK = "click"
GREETED = frozenset({"subscribe", "scan", CLICK})
"""After these something is expected of us; an entry that is no longer in the menu is one of them."""
TEMPLATE_SENT, SUBSCRIPTION_SENT = "templatesendjobfinish", "subscribe_msg_sent_event"
ASKED, MANAGED = "subscribe_msg_popup_event", "subscribe_msg_change_event"
ACCEPTED = "accept"
DELIVERED = "0"


async def note(uow: UnitOfWork, house: House, incoming: Incoming, tapped: MenuItem | None) -> UUID | None:
    """Act on an event; returns the conversation in which something was said to it."""
    if tapped is not None and tapped.does == "bind":
        return await _tell_code(uow, house, incoming.openid)
    if incoming.event in GREETED:
        return await _greet(uow, house, incoming.openid)
    if incoming.event == "unsubscribe":
        await threads.note_subscription(uow, incoming.openid, subscribed=False)
    elif incoming.event == TEMPLATE_SENT:
        await outcomes.note(uow, incoming.text("MsgID"), incoming.text("Status"))
    elif incoming.event == SUBSCRIPTION_SENT:
        await _note_subscriptions_sent(uow, house.settings.wechat_template_id, incoming)
    elif incoming.event in {ASKED, MANAGED}:
        await _note_consents(uow, incoming)
    return None


async def _note_subscriptions_sent(uow: UnitOfWork, template_id: str, incoming: Incoming) -> None:
    for entry in incoming.entries:
        number, code = entry.get("MsgID", ""), entry.get("ErrorCode", "")
        if entry.get("TemplateId") == template_id:
            await outcomes.number_nameless(uow, incoming.openid, number)
        await outcomes.note(uow, number, SUCCESS if code == DELIVERED else entry.get("ErrorStatus") or code)


async def _note_consents(uow: UnitOfWork, incoming: Incoming) -> None:
    """A user agrees where they are asked; in their settings they can only refuse."""
    for entry in incoming.entries:
        agreed = entry.get("SubscribeStatusString") == ACCEPTED
        template_id = entry.get("TemplateId")
        if template_id and not (agreed and incoming.event == MANAGED):
            await note_consent(uow, incoming.openid, template_id, agreed=agreed)


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
