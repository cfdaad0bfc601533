"""Somebody with WeChat on their phone."""

import secrets
import time
from collections.abc import Mapping

from cli.wechat_vendor.account import SimulatedAccount
from cli.wechat_vendor.delivering import Delivering, Nested, Outcome, written
from cli.wechat_vendor.state import Sent, VendorState


class SimulatedUser:
    """Does what users do; what was shown to them is in `seen`."""

    def __init__(
        self, account: SimulatedAccount, state: VendorState, delivering: Delivering, openid: str = ""
    ) -> None:
        self.openid = openid or f"o{secrets.token_hex(13)}"
        self._account = account
        self._state = state
        self._delivering = delivering

    @property
    def seen(self) -> list[Sent]:
        """All that reached them, in order."""
        return [sent for sent in self._state.sent if sent.openid == self.openid]

    def message(self, kind: str, **fields: str | float) -> str:
        """The XML of a message."""
        return written(self._head(kind) | fields | {"MsgId": self._state.number()})

    async def say(self, text: str) -> Outcome:
        """Write a text."""
        return await self._wrote(self.message("text", Content=text))

    async def say_overlapping(self, text: str, apart: float = 0.0) -> Outcome:
        """Write a text that the vendor hands over three times at once."""
        self._state.acted(self.openid, wrote=True)
        xml = self.message("text", Content=text)
        return await self._delivering.deliver_overlapping(xml, self.openid, apart)

    async def show(self, kind: str, data: bytes, content_type: str, recognition: str = "") -> Outcome:
        """Send a picture, a recording or a video."""
        media_id = self._state.keep(data, content_type)
        more = {"Format": "amr", "Recognition": recognition} if kind == "voice" else {}
        return await self._wrote(self.message(kind, MediaId=media_id, **more))

    async def point_at(self, latitude: float, longitude: float, label: str) -> Outcome:
        """Send a place."""
        place: dict[str, str | float] = {
            "Location_X": latitude,
            "Location_Y": longitude,
            "Scale": 16,
            "Label": label,
        }
        return await self._wrote(self.message("location", **place))

    async def share(self, title: str, url: str) -> Outcome:
        """Send a link."""
        return await self._wrote(self.message("link", Title=title, Description="", Url=url))

    async def follow(self, scene: str = "") -> Outcome:
        """Follow the account, perhaps by a QR code."""
        self._state.followers[self.openid] = True
        return await self.event("subscribe", EventKey=f"qrscene_{scene}" if scene else "")

    async def leave(self) -> Outcome:
        """Follow it no longer."""
        self._state.followers[self.openid] = False
        return await self._delivering.deliver(self._event("unsubscribe", {"EventKey": ""}), self.openid)

    async def tap(self, key: str) -> Outcome:
        """Tap on an entry of the menu."""
        return await self.event("CLICK", EventKey=key)

    async def agree(self, template_id: str, *, accepts: bool = True) -> Outcome:
        """Agree to a notice, or refuse it."""
        if accepts:
            self._state.agreed(self.openid, template_id)
        status = "accept" if accepts else "reject"
        entry = {"TemplateId": template_id, "SubscribeStatusString": status, "PopupScene": "2"}
        return await self.event("subscribe_msg_popup_event", SubscribeMsgPopupEvent=[entry])

    async def event(self, name: str, **fields: str | list[dict[str, str]]) -> Outcome:
        """Anything else."""
        self._state.acted(self.openid, wrote=False)
        return await self._delivering.deliver(self._event(name, fields), self.openid)

    async def _wrote(self, xml: str) -> Outcome:
        self._state.acted(self.openid, wrote=True)
        return await self._delivering.deliver(xml, self.openid)

    def _event(self, name: str, fields: Mapping[str, str | list[dict[str, str]]]) -> str:
        return written({**self._head("event"), "Event": name, **fields})

    def _head(self, kind: str) -> Nested:
        return {
            "ToUserName": self._account.name,
            "FromUserName": self.openid,
            "CreateTime": int(time.time()),
            "MsgType": kind,
        }
