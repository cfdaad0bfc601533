"""What there is to say to a message or after a hand-back: the bot's words or our own."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import structlog

from backend.conversations import pictures_alone
from backend.conversations.hub import Utterance
from backend.conversations.lease import Lease
from backend.conversations.models import Message, Sender
from backend.conversations.rasa_client import BotAnswer, BotUnavailableError, People, RasaClient
from backend.conversations.screening import Screening, for_bot, screened
from backend.db import Database
from backend.text import storable_json
from backend.wording import Wording

HAND_BACK = "/hand_back"

WhoIsThere = Callable[[], Awaitable[People]]

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said, what the bot has understood so far, and whether it wants a person."""

    utterances: list[Utterance]
    understanding: dict[str, Any] | None = None
    handover: dict[str, Any] | None = None


class Asking:
    """Asks the bot, where there is something that it could understand."""

    def __init__(
        self, database: Database, bot: RasaClient, wording: Wording, who_is_there: WhoIsThere
    ) -> None:
        self._database = database
        self._bot = bot
        self._wording = wording
        self._who_is_there = who_is_there

    async def about(self, held: Lease, message: Message) -> Answer | None:
        """What to say to a message; nothing when the bot failed."""
        kind = screened(message.text)
        if kind is Screening.EMPTY and message.attachments:
            async with self._database.transaction() as session:
                return Answer(await pictures_alone.answer(session, self._wording, message))
        if kind is Screening.EMPTY:
            return Answer([Utterance(self._wording.say("empty"), Sender.SYSTEM)])
        before = [Utterance(self._wording.say("too_long"), Sender.SYSTEM)] if kind is Screening.LONG else []
        metadata = {"channel": held.channel, "message_id": str(message.id), "draft": held.draft}
        return await self._asked(held, for_bot(message.text), metadata, before)

    async def after_hand_back(self, held: Lease) -> Answer | None:
        """What to say when a person has handed the conversation back; nothing when the bot failed."""
        metadata = {
            "channel": held.channel,
            "message_id": f"hand_back:{held.token}",
            "hand_back": held.errand,
        }
        return await self._asked(held, HAND_BACK, metadata, [])

    async def _asked(
        self, held: Lease, text: str, metadata: dict[str, Any], before: list[Utterance]
    ) -> Answer | None:
        people = await self._who_is_there()
        try:
            answer = await self._bot.ask(str(held.conversation_id), text, metadata, people)
        except BotUnavailableError as error:
            log.warning("bot.unavailable", error=str(error), message_id=metadata["message_id"])
            return None
        return _whole(answer, before)


def _whole(answer: BotAnswer, before: list[Utterance]) -> Answer:
    said = [Utterance(reply.text, Sender.BOT, reply.quick_replies) for reply in answer.replies]
    return Answer(before + said, storable_json(answer.understanding), storable_json(answer.handover))
