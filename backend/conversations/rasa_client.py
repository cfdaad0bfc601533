"""Asking the bot over Rasa's REST channel, on loopback.

https://rasa.com/docs/rasa/connectors/your-own-website#restinput
"""

from dataclasses import dataclass
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


class RasaClient:
    """Sends a customer's text to Rasa and returns what the bot says."""

    def __init__(self, base_url: str, timeout_seconds: float) -> None:
        self._client = httpx.AsyncClient(
            base_url=base_url,
            timeout=httpx.Timeout(timeout_seconds, connect=CONNECT_TIMEOUT_SECONDS),
            limits=httpx.Limits(max_connections=MAX_CONNECTIONS, max_keepalive_connections=MAX_CONNECTIONS),
            trust_env=False,
        )

    async def ask(self, conversation_id: str, text: str, channel: str, message_id: str) -> list[BotReply]:
        """The bot's answer to one message.

        An empty answer is a failure: every turn of the bot says something, and silence is what Rasa returns
        when a custom action could not be run.

        Raises:
            BotUnavailableError: no answer within the time limit, or an unusable one.
        """
        body = {
            "sender": conversation_id,
            "message": text,
            "metadata": {"channel": channel, "message_id": message_id},
        }
        try:
            with TURN_SECONDS.time():
                response = await self._client.post("/webhooks/rest/webhook", json=body)
                response.raise_for_status()
            replies = [_reply(item) for item in response.json()]
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise BotUnavailableError(f"{type(error).__name__}: {error}") from error
        if not replies:
            raise BotUnavailableError("the bot said nothing")
        return replies

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


def _reply(item: dict[str, Any]) -> BotReply:
    return BotReply(item["text"], [button["title"] for button in item.get("buttons") or []])
