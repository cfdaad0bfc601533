"""Asking the bot over Rasa's REST channel, on loopback.

https://rasa.com/docs/rasa/connectors/your-own-website#restinput
"""

from dataclasses import asdict, dataclass
from typing import Any

import httpx

from backend.metrics import TURN_SECONDS

CONNECT_TIMEOUT_SECONDS = 1.0
MAX_CONNECTIONS = 100


class BotUnavailableError(Exception):
    """The bot did not answer in time, or not sensibly; the customer must be answered without it."""


@dataclass(frozen=True, slots=True)
class BotReply:
    """One bubble of the bot's answer."""

    text: str
    quick_replies: list[str]


@dataclass(frozen=True, slots=True)
class BotAnswer:
    """What the bot says, what it has understood so far, and whether it wants a person (reason, note)."""

    replies: list[BotReply]
    understanding: dict[str, Any] | None = None
    handover: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class People:
    """Whether somebody should be there for customers now, and how many are."""

    open: bool
    online: int


class RasaClient:
    """Sends a customer's text to Rasa and returns what the bot says."""

    def __init__(self, base_url: str, timeout_seconds: float) -> None:
        self._client = httpx.AsyncClient(
            base_url=base_url,
            timeout=httpx.Timeout(timeout_seconds, connect=CONNECT_TIMEOUT_SECONDS),
            limits=httpx.Limits(max_connections=MAX_CONNECTIONS, max_keepalive_connections=MAX_CONNECTIONS),
            trust_env=False,
        )

    async def ask(
        self, conversation_id: str, text: str, metadata: dict[str, Any], people: People
    ) -> BotAnswer:
        """The bot's answer to one message.

        An empty answer is a failure: every turn of the bot says something or asks for a person, and silence
        is what Rasa returns when a custom action could not be run.

        Args:
            conversation_id: the bot's tracker goes by it.
            text: what it is asked; an intent of a program's begins with a slash.
            metadata: channel and message_id; what a person who handed back says is under hand_back.
            people: told with every message, so that the bot promises nobody who is not there.

        Raises:
            BotUnavailableError: no answer within the time limit, or an unusable one.
        """
        body = {"sender": conversation_id, "message": text, "metadata": metadata | {"people": asdict(people)}}
        try:
            with TURN_SECONDS.time():
                response = await self._client.post("/webhooks/rest/webhook", json=body)
                response.raise_for_status()
            answer = _answer(response.json())
        except (httpx.HTTPError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise BotUnavailableError(f"{type(error).__name__}: {error}") from error
        if not answer.replies and answer.handover is None:
            raise BotUnavailableError("the bot said nothing")
        return answer

    async def suggestions(self, text: str) -> list[dict[str, Any]]:
        """The entries of the FAQ that a text may ask for; no conversation is touched.

        `bot/suggesting_channel.py` answers.

        Raises:
            BotUnavailableError: no answer within the time limit, or an unusable one.
        """
        try:
            response = await self._client.post("/webhooks/suggesting/answers", json={"text": text})
            response.raise_for_status()
            found = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise BotUnavailableError(f"{type(error).__name__}: {error}") from error
        if not isinstance(found, list):
            raise BotUnavailableError("no list of suggestions")
        return found

    async def reachable(self) -> bool:
        """Whether the bot's server answers at all."""
        try:
            response = await self._client.get("/", timeout=CONNECT_TIMEOUT_SECONDS)
        except httpx.HTTPError:
            return False
        return response.is_success

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()


def _answer(items: list[dict[str, Any]]) -> BotAnswer:
    """Items with `custom` tell us something; the others, and their text if they have one, are bubbles."""
    custom: dict[str, Any] = {}
    for item in items:
        custom |= item.get("custom") or {}
    replies = [_reply(item) for item in items if "custom" not in item or "text" in item]
    return BotAnswer(replies, _object(custom, "understanding"), _object(custom, "handover"))


def _object(custom: dict[str, Any], name: str) -> dict[str, Any] | None:
    value = custom.get(name)
    if value is not None and not isinstance(value, dict):
        raise TypeError(f"custom.{name} is no object")
    return value


def _reply(item: dict[str, Any]) -> BotReply:
    return BotReply(item["text"], [button["title"] for button in item.get("buttons") or []])
