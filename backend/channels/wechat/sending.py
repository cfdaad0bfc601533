"""Saying it by customer-service message: the push channel of WeChat.

https://developers.weixin.qq.com/doc/service/guide/product/message/Service_Center_messages.html
"""

import itertools
import math
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import func, select

from backend.channels.port import DeliveryError, NotYetError
from backend.channels.wechat import phrasing, pieces
from backend.channels.wechat.account import CHANNEL, Account
from backend.channels.wechat.api import NOT_FOLLOWING, QUOTA_SPENT, WINDOW_SHUT, VendorApi, VendorError
from backend.channels.wechat.models import How, WechatPart, WechatUser
from backend.channels.wechat.notices import Notices
from backend.channels.wechat.pieces import Piece
from backend.channels.wechat.tokens import TokenError
from backend.conversations.models import Message, Sender
from backend.files import storing
from backend.house import House
from backend.unit_of_work import UnitOfWork

PATH = "/cgi-bin/message/custom/send"
SHUT = frozenset({WINDOW_SHUT, QUOTA_SPENT, NOT_FOLLOWING})
UNSUBSCRIBED, NO_TOKEN = "wechat_unsubscribed", "wechat_no_token"  # a reason
AFTER_WEBHOOK = timedelta(seconds=1)
"""The webhook's last moment to answer passively is over by then, clocks of two machines included."""

log = structlog.get_logger(__name__)


class WechatChannel:
    """Hands messages to the vendor, several at once where they fit into one."""

    name = CHANNEL

    def __init__(self, house: House, account: Account, api: VendorApi, notices: Notices) -> None:
        self._house = house
        self._account = account
        self._api = api
        self._notices = notices

    async def hold(self, uow: UnitOfWork, message: Message) -> timedelta:
        """As long as the webhook of the customer's last message may still give the answer itself."""
        query = select(func.max(Message.created_at)).where(
            Message.conversation_id == message.conversation_id, Message.sender == Sender.CUSTOMER
        )
        asked_at = await uow.session.scalar(query)
        if asked_at is None:
            return timedelta()
        left = asked_at + self._account.passive + AFTER_WEBHOOK - uow.now
        return (
            timedelta(seconds=max(0, math.ceil(left.total_seconds())))
            if left > AFTER_WEBHOOK
            else timedelta()
        )

    async def send(self, address: str, message: Message) -> str | None:
        """Say what of the message has not been said yet.

        Raises:
            DeliveryError: the vendor does not take it now, or, if final, at all.
            NotYetError: a webhook may be saying it at this moment.
        """
        vendor_id: str | None = None
        while batch := await self._next(message):
            how = How.SERVICE
            try:
                await self._say(address, batch)
            except VendorError as error:
                vendor_id, how = await self._otherwise(address, batch, error), How.TEMPLATE
            except TokenError as error:
                await self._give_back(batch)
                raise DeliveryError(str(error), reason_code=NO_TOKEN) from error
            async with self._house.units.begin() as uow:
                await pieces.note_said(uow, batch, how, vendor_id)
        return vendor_id

    async def _next(self, message: Message) -> list[Piece]:
        """The pieces to say with the next call, the first of them this message's; none when all is said."""
        while True:
            async with self._house.units.begin() as uow:
                ready, rows = await self._unsaid(uow, message)
                mine = await _ours(uow, ready, rows)
            # nothing taken: the webhook was quicker just now
            if mine or not ready:
                return mine

    async def _unsaid(
        self, uow: UnitOfWork, message: Message
    ) -> tuple[list[Piece], dict[tuple[UUID, int], WechatPart]]:
        """What fits into the next call, and the rows of what somebody has begun to say."""
        messages = await pieces.waiting(uow.session, message.conversation_id, message.seq)
        rows = await pieces.begun(uow.session, messages)
        every = (piece for one in messages for piece in pieces.pieces_of(one, self._house.wording))
        unsaid = [piece for piece in every if piece.key not in rows or rows[piece.key].said_at is None]
        if not unsaid or unsaid[0].message_id != message.id:
            return [], {}
        return pieces.together(unsaid), rows

    async def _say(self, openid: str, batch: Sequence[Piece]) -> None:
        content = await self._content(batch)
        await self._api.post(PATH, {"touser": openid, **content})

    async def _content(self, batch: Sequence[Piece]) -> dict[str, Any]:
        first = batch[0]
        if first.picture is None or first.picture.file_id is None:
            text, _ = phrasing.joined([piece.text for piece in batch])
            return {"msgtype": "text", "text": {"content": text}}
        async with self._house.database.transaction() as session:
            stored = await storing.read(session, first.picture.file_id)
        media_id = await self._api.upload(stored.name, stored.data, stored.content_type)
        return {"msgtype": "image", "image": {"media_id": media_id}}

    async def _otherwise(self, openid: str, batch: Sequence[Piece], error: VendorError) -> str | None:
        """By notice, if the user can be reached in no other way and there is one."""
        reason = await self._reason(openid, error)
        if error.code in SHUT and self._notices.configured:
            try:
                return await self._notices.send(openid, " ".join(piece.text for piece in batch))
            except VendorError as second:
                log.warning("wechat.notice_refused", error=str(second))
                error = second if not second.final else error
        if error.certain:
            await self._give_back(batch)
        raise DeliveryError(str(error), final=error.final, reason_code=reason) from error

    async def _reason(self, openid: str, error: VendorError) -> str:
        if error.code not in SHUT:
            return error.reason
        async with self._house.database.transaction() as session:
            user = await session.get(WechatUser, openid)
        return error.reason if user is None or user.subscribed else UNSUBSCRIBED

    async def _give_back(self, batch: Sequence[Piece]) -> None:
        async with self._house.units.begin() as uow:
            await pieces.give_back(uow, batch)


async def _ours(
    uow: UnitOfWork, ready: Sequence[Piece], rows: Mapping[tuple[UUID, int], WechatPart]
) -> list[Piece]:
    """The beginning of what is ready that is ours to say: new, left unfinished by us, or by a webhook.

    Raises:
        NotYetError: the webhook that took it may still get it out.
    """

    def begun_by_webhook(piece: Piece) -> bool | None:
        row = rows.get(piece.key)
        return None if row is None else row.how == How.PASSIVE

    for by_webhook, group in itertools.groupby(ready, begun_by_webhook):
        batch = list(group)
        if by_webhook is None:
            return await pieces.take(uow, batch, How.SERVICE)
        if not by_webhook:
            return batch
        if uow.now - rows[batch[0].key].begun_at < pieces.PATIENCE:
            raise NotYetError
        return await pieces.take_over(uow, batch)
    return []
