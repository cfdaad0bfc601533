"""A telephone conversation: the customer hears what is answered, and the network vouches for the number.

No provider is connected in tests. The conversation is a row of the phone channel, and what the customer says
goes to the bot with the metadata that the backend sends.
"""

import uuid
from datetime import UTC, datetime

import httpx
import psycopg

from runtime.stack import Stack
from tests.support.talk import HotlineApi


class PhoneCall:
    def __init__(self, stack: Stack, api: HotlineApi, number: str) -> None:
        self._api = api
        self._bot = httpx.Client(base_url=stack.settings.bot_url, timeout=20, trust_env=False)
        self.conversation_id = str(uuid.uuid4())
        with psycopg.connect(stack.database_url) as connection:
            now = datetime.now(UTC)
            connection.execute(
                "INSERT INTO conversation (id, channel, address, owner, last_seq, pending_seq, handled_seq, created_at,"
                " updated_at, version, joined, priority, agent_seen_seq, customer_seen_seq)"
                " VALUES (%s, 'phone', %s, 'bot', 0, 0, 0, %s, %s, 1, '[]', 'normal', 0, 0)",
                (self.conversation_id, number, now, now),
            )

    def say(self, text: str) -> str:
        metadata = {"channel": "phone", "message_id": uuid.uuid4().hex}
        body = {"sender": self.conversation_id, "message": text, "metadata": metadata}
        response = self._bot.post("/webhooks/rest/webhook", json=body)
        response.raise_for_status()
        return "\n".join(reply["text"] for reply in response.json())

    def tickets(self) -> list[dict]:
        found = self._api.tickets(conversation_id=self.conversation_id)
        return [self._api.ticket(item["number"]) for item in found]
