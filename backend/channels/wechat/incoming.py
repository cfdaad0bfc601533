"""What a WeChat user did, as the vendor tells it: a message, a picture, a tap on the menu. Pure.

https://developers.weixin.qq.com/doc/service/guide/product/message/Receiving_standard_messages.html
https://developers.weixin.qq.com/doc/service/guide/product/message/Receiving_event_pushes.html
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from backend.channels.wechat.envelope import Fields, MalformedError

OPENID = re.compile(r"[A-Za-z0-9_-]{1,64}")
DIGITS = re.compile(r"[0-9]{1,20}")
MAX_NAME = 128
KEY = re.compile(rf"[A-Za-z0-9_-]{{1,{MAX_NAME}}}")
KEYS = ("TemplateId", "MsgID")
"""What is looked up by, or kept under, of an entry."""
EVENT = "event"
FETCHED = {"image": "image", "voice": "voice", "video": "video", "shortvideo": "video"}
"""Kinds of messages that are a file at the vendor's, with what kind of attachment they become."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing a user did.

    Attributes:
        openid: the user, as this account knows them.
        account: the account's own name, which an answer carries as its sender.
        external_id: the same for every try of the vendor to deliver it.
        kind: text, image, voice, video, shortvideo, location, link, event, or one that is new.
        event: what happened, in small letters; empty unless `kind` is event.
    """

    openid: str
    account: str
    external_id: str
    kind: str
    event: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    entries: tuple[Mapping[str, str], ...] = ()

    def text(self, name: str) -> str:
        """A field's text without the blanks around it; empty if there is none."""
        return self.fields.get(name, "").strip()

    def degrees(self, name: str) -> float:
        """A coordinate.

        Raises:
            MalformedError: it is none.
        """
        try:
            value = float(self.text(name))
        except ValueError as error:
            raise MalformedError(f"{name} is no number") from error
        if not -180 <= value <= 180:  # noqa: PLR2004  # also false for what is not a number
            raise MalformedError(f"{name} is no coordinate")
        return value


def understood(fields: Fields) -> Incoming:
    """What happened.

    Raises:
        MalformedError: something is missing that every message has.
    """
    texts = {name: value for name, value in fields.items() if isinstance(value, str)}
    openid, created = _matching(texts, "FromUserName", OPENID), _matching(texts, "CreateTime", DIGITS)
    account, kind = texts.get("ToUserName", ""), texts.get("MsgType", "").lower()
    if not account or len(account) > MAX_NAME or not kind or len(kind) > MAX_NAME:
        raise MalformedError("ToUserName or MsgType")
    event = texts.get("Event", "").lower() if kind == EVENT else ""
    if len(event) > MAX_NAME:
        raise MalformedError("Event")
    entries = tuple(entry for value in fields.values() if isinstance(value, list) for entry in value)
    for entry in entries:
        _require_keys(entry)
    if kind == EVENT:
        # the vendor's advice, and the key, since two taps on the menu fit into a second
        key, number = texts.get("EventKey", ""), texts.get("MsgID", "")
        external_id = ":".join((openid, created, event, key, number, *_numbers(entries)))
    else:
        external_id = _matching(texts, "MsgId", DIGITS)
    return Incoming(openid, account, external_id[:512], kind, event, texts, entries)


def _numbers(entries: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """Of the notices that an event tells the outcome of: two of them fit into a second, too."""
    return (entry["MsgID"] for entry in entries if entry.get("MsgID"))


def _require_keys(entry: Mapping[str, str]) -> None:
    for name in KEYS:
        if entry.get(name) and not KEY.fullmatch(entry[name]):
            raise MalformedError(name)


def _matching(texts: Mapping[str, str], name: str, pattern: re.Pattern[str]) -> str:
    value = texts.get(name, "").strip()
    if not pattern.fullmatch(value):
        raise MalformedError(name)
    return value
