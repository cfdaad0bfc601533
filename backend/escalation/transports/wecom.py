"""Notices to a group of enterprise WeChat, by its robot.

https://developer.work.weixin.qq.com/document/path/91770: text up to 2,048 bytes, 20 messages a minute (then
45009).
"""

from backend.escalation.notices import Message
from backend.escalation.transports.robots import cut, post
from backend.policy.escalation import Target

MAX_BYTES = 2_048
FINAL = frozenset({93000, 93008, 40008, 40058, 44004})
"""No such webhook, robot not in the group, malformed or empty message."""
EVERYBODY = "@all"


class WecomSender:
    """Posts notices to the robot's webhook, mentioning the target's mobile numbers."""

    name = "wecom"

    def __init__(self, url: str, timeout_seconds: float) -> None:
        self._url, self._timeout = url, timeout_seconds

    async def send(self, target: Target, message: Message) -> None:
        """Post it.

        Raises:
            NoticeError: it was not accepted.
        """
        mentioned = list(target.mobiles) or ([EVERYBODY] if message.urgent else [])
        text = {
            "content": cut(f"{message.title}\n{message.text}", MAX_BYTES),
            "mentioned_mobile_list": mentioned,
        }
        await post(self._url, {"msgtype": "text", "text": text}, self._timeout, FINAL)
