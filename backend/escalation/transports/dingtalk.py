"""Notices to a group of DingTalk, by its robot.

https://open.dingtalk.com/document/robots/custom-robot-access: signed with HMAC-SHA256 over timestamp and
secret, 20 messages a minute (then 130101).
"""

import base64
import hashlib
import hmac
import time

import httpx

from backend.escalation.notices import Message, NoticeError
from backend.escalation.transports.robots import cut, post
from backend.policy.escalation import Target

MAX_BYTES = 20_000
FINAL = frozenset({310000, 300001, 400013, 400101, 400102, 40035, 43004})
"""Refused by the robot's security settings, no such token, group or robot gone, malformed message."""


def signature(secret: str, milliseconds: int) -> str:
    """The base64 of HMAC-SHA256 over `timestamp`, a line break and the secret, with the secret as key."""
    text = f"{milliseconds}\n{secret}"
    return base64.b64encode(hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest()).decode()


class DingtalkSender:
    """Posts notices to the robot's webhook, mentioning the target's mobile numbers."""

    name = "dingtalk"

    def __init__(self, url: str, secret: str, timeout_seconds: float) -> None:
        self._url, self._secret, self._timeout = url, secret, timeout_seconds

    async def send(self, target: Target, message: Message) -> None:
        """Post it.

        Raises:
            NoticeError: it was not accepted.
        """
        mobiles = list(target.mobiles)
        # a number is highlighted for its owner only where it stands in the text, too
        mentions = " ".join(f"@{mobile}" for mobile in mobiles)
        content = "\n".join(part for part in (message.title, message.text, mentions) if part)
        body = {
            "msgtype": "text",
            "text": {"content": cut(content, MAX_BYTES)},
            "at": {"atMobiles": mobiles, "isAtAll": message.urgent and not mobiles},
        }
        await post(self._signed(), body, self._timeout, FINAL)

    def _signed(self) -> str:
        if not self._secret:
            return self._url
        now = time.time_ns() // 1_000_000
        try:
            url = httpx.URL(self._url)
        except httpx.InvalidURL as error:
            raise NoticeError("the webhook's address is malformed", final=True) from error
        return str(url.copy_merge_params({"timestamp": str(now), "sign": signature(self._secret, now)}))
