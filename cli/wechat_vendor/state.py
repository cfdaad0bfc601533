"""What the vendor knows: tokens, users and what may still be sent to them, files, the menu."""

import itertools
import secrets
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

DAY = 86_400.0
WINDOW, QUOTA = 2 * DAY, 5
SHORT_WINDOW, SHORT_QUOTA = 60.0, 3
TOKEN_LIFE, OVERLAP = 7_200.0, 300.0
MAX_TEXT_BYTES = 2_048


class Refusal(Exception):  # noqa: N818  # the vendor's answer, not a fault
    """The vendor's error code for a call."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"{code} {message}")
        self.code, self.message = code, message


@dataclass
class Allowance:
    """How much may be sent to a user, and until when."""

    until: float = 0.0
    left: int = 0


@dataclass(frozen=True)
class Sent:
    """Something that reached a user: `how` is passive, service, template or subscribe."""

    openid: str
    how: str
    text: str
    body: dict[str, Any] = field(default_factory=dict)


class VendorState:
    """One account's state. Its clock can be put forward, to see windows close and tokens end."""

    def __init__(self) -> None:
        self.ahead = 0.0
        self.sent: list[Sent] = []
        self.menu: dict[str, Any] | None = None
        self.media: dict[str, tuple[bytes, str]] = {}
        self.followers: dict[str, bool] = defaultdict(lambda: True)
        self.token_calls = 0
        self._allowances: dict[str, Allowance] = defaultdict(Allowance)
        self._consents: dict[tuple[str, str], int] = defaultdict(int)
        self._tokens: dict[str, float] = {}
        self._newest = ""
        self._numbers = itertools.count(10**15)

    def now(self) -> float:
        """The vendor's time, in seconds since 1970."""
        return time.time() + self.ahead

    def number(self) -> int:
        """A number that was not given before."""
        return next(self._numbers)

    def acted(self, openid: str, *, wrote: bool) -> None:
        """A user wrote, or tapped, followed or scanned: something may be sent to them."""
        allowance = self._allowances[openid]
        if wrote:
            allowance.until, allowance.left = self.now() + WINDOW, QUOTA
        elif allowance.until < self.now() + SHORT_WINDOW:
            allowance.until, allowance.left = self.now() + SHORT_WINDOW, SHORT_QUOTA

    def agreed(self, openid: str, template_id: str) -> None:
        """A user agreed to one notice."""
        self._consents[openid, template_id] += 1

    def token(self, *, force: bool) -> tuple[str, int]:
        """The stable token and the seconds it is good for; a new one in the last minutes of the old."""
        self.token_calls += 1
        left = self._tokens.get(self._newest, 0.0) - self.now()
        if force:
            self._tokens.clear()
        if force or left <= OVERLAP:
            self._newest, left = f"{self.number()}_{secrets.token_hex(60)}", TOKEN_LIFE
            self._tokens[self._newest] = self.now() + left
        return self._newest, int(left)

    def revoke_tokens(self) -> None:
        """Forget all tokens, as after a change of the AppSecret."""
        self._tokens.clear()

    def require_token(self, token: str) -> None:
        """Refuse a token that is unknown or has ended."""
        if token not in self._tokens:
            raise Refusal(40001, "invalid credential, access_token is invalid or not latest")
        if self._tokens[token] <= self.now():
            raise Refusal(42001, "access_token expired")

    def send(self, body: dict[str, Any]) -> None:
        """A customer-service message."""
        openid, kind = str(body.get("touser", "")), str(body.get("msgtype", ""))
        content = body.get(kind, {})
        text = str(content.get("content", ""))
        if kind == "text" and len(text.encode()) > MAX_TEXT_BYTES:
            raise Refusal(45002, "content size out of limit")
        if kind == "image" and content.get("media_id") not in self.media:
            raise Refusal(40007, "invalid media_id")
        if kind not in {"text", "image"}:
            raise Refusal(40008, "invalid message type")
        allowance = self._allowances[openid]
        if not self.followers[openid] or allowance.until <= self.now():
            raise Refusal(45015, "response out of time limit or subscription is canceled")
        if allowance.left <= 0:
            raise Refusal(45047, "out of response count limit")
        allowance.left -= 1
        self.sent.append(Sent(openid, "service", text, body))

    def notify(self, how: str, body: dict[str, Any]) -> int:
        """A template message or a subscription's; returns its number."""
        openid = str(body.get("touser", ""))
        data = {name: str(field_["value"]) for name, field_ in body.get("data", {}).items()}
        if any(name.startswith("thing") and len(value) > 20 for name, value in data.items()):  # noqa: PLR2004
            raise Refusal(47003, "argument invalid! data.thing.value invalid")
        if how == "template" and not self.followers[openid]:
            raise Refusal(43004, "require subscribe")
        if how == "subscribe":
            if self._consents[openid, str(body.get("template_id"))] <= 0:
                raise Refusal(43101, "user refuse to accept the msg")
            self._consents[openid, str(body.get("template_id"))] -= 1
        number = self.number()
        self.sent.append(Sent(openid, how, " ".join(data.values()), {**body, "msgid": number}))
        return number

    def keep(self, data: bytes, content_type: str) -> str:
        """Keep a file; returns its media id."""
        media_id = secrets.token_urlsafe(32)
        self.media[media_id] = data, content_type
        return media_id
