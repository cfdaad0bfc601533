"""When the window is shut: a notice by template, or by a subscription that the user agreed to.

https://developers.weixin.qq.com/doc/service/guide/product/template_message/Template_Message_Interface.html
https://developers.weixin.qq.com/doc/service/api/notify/notify/api_sendnewsubscribemsg.html
"""

import re
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from backend.channels.wechat.account import Account
from backend.channels.wechat.api import VendorApi, VendorError
from backend.channels.wechat.models import WechatConsent
from backend.clock import SHANGHAI
from backend.unit_of_work import UnitOfWork, UnitsOfWork

NONE, TEMPLATE, SUBSCRIBE = "none", "template", "subscribe"
PATHS = {TEMPLATE: "/cgi-bin/message/template/send", SUBSCRIBE: "/cgi-bin/message/subscribe/bizsend"}
CONSENT_MISSING = 43101
LIMITS = {"thing": 20, "const": 20, "phrase": 5, "character_string": 32, "number": 32, "letter": 32}
"""Characters by kind of field; a field is called by its kind and a number (thing3)."""
DEFAULT_LIMIT = 20
KIND = re.compile(r"(?P<kind>[a-z_]+)\d*")
BLANK = re.compile(r"\s+")
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


class Notices:
    """Says the gist of a message by other means."""

    def __init__(self, account: Account, api: VendorApi, units: UnitsOfWork) -> None:
        self._account = account
        self._api = api
        self._units = units

    @property
    def configured(self) -> bool:
        """Whether there are such means."""
        return self._account.notice != NONE

    async def send(self, openid: str, text: str) -> str | None:
        """Send the gist of a text; returns the vendor's id.

        Raises:
            VendorError: it was refused, or the user did not agree to it.
        """
        if self._account.notice == SUBSCRIBE and not await self._consent_used(openid):
            raise VendorError(CONSENT_MISSING, "no consent on record")
        values = {"text": text, "time": f"{self._units.clock.now().astimezone(SHANGHAI):%Y-%m-%d %H:%M}"}
        body: dict[str, Any] = {
            "touser": openid,
            "template_id": self._account.template_id,
            "data": {
                name: {"value": fitting(name, content.format_map(values))}
                for name, content in self._account.template_fields.items()
            },
        }
        answer = await self._api.post(PATHS[self._account.notice], body)
        number = answer.get("msgid")
        return None if number is None else str(number)

    async def _consent_used(self, openid: str) -> bool:
        async with self._units.begin() as uow:
            statement = (
                update(WechatConsent)
                .where(
                    WechatConsent.openid == openid,
                    WechatConsent.template_id == self._account.template_id,
                    WechatConsent.left > 0,
                )
                .values(left=WechatConsent.left - 1)
                .returning(WechatConsent.left)
            )
            return await uow.session.scalar(statement) is not None


def fitting(name: str, value: str) -> str:
    """The value of a field, in one line, as short as its kind demands."""
    kind = KIND.match(name)
    limit = LIMITS.get(kind["kind"], DEFAULT_LIMIT) if kind else DEFAULT_LIMIT
    line = BLANK.sub(" ", value).strip()
    return line if len(line) <= limit else line[: limit - 1] + ELLIPSIS


async def note_consent(uow: UnitOfWork, openid: str, template_id: str, *, agreed: bool) -> None:
    """The user agreed to one more notice, or wants none any more."""
    statement = insert(WechatConsent).values(openid=openid, template_id=template_id, left=int(agreed))
    left = WechatConsent.left + 1 if agreed else 0
    await uow.session.execute(
        statement.on_conflict_do_update(
            index_elements=[WechatConsent.openid, WechatConsent.template_id], set_={"left": left}
        )
    )
