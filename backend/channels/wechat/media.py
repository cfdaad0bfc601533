"""Pictures and recordings are fetched after their message is stored, and again until they are there.

The vendor keeps them for three days. https://developers.weixin.qq.com/doc/service/api/material/temporary/api_getmedia
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import structlog

from backend.channels import inbox
from backend.channels.wechat.account import CHANNEL
from backend.channels.wechat.api import VendorApi, VendorError
from backend.channels.wechat.tokens import TokenError
from backend.channels.wechat.transcribing import Transcriber
from backend.conversations import hub
from backend.conversations.events import MessageChanged
from backend.conversations.hub import Utterance
from backend.conversations.models import Message, Sender
from backend.conversations.schemas import Attachment, AttachmentKind
from backend.conversations.turns import Turns
from backend.files import storing
from backend.files.content import IMAGES, VIDEOS, VOICES
from backend.files.errors import FileRefusedError
from backend.house import House

JOB = "wechat.fetch_media"
MAX_ATTEMPTS = 8
GROWING = 3
"""3, 9, 27 ... seconds between attempts: an hour of the vendor's absence is outlived."""
KINDS = {AttachmentKind.IMAGE: IMAGES, AttachmentKind.VOICE: VOICES, AttachmentKind.VIDEO: VIDEOS}

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file at the vendor's, and the message that shows it."""

    message_id: UUID
    media_id: str
    kind: AttachmentKind


class MediaFetcher:
    """Fetches what a message holds only the vendor's id of."""

    def __init__(self, house: House, turns: Turns, api: VendorApi, transcriber: Transcriber) -> None:
        self._house = house
        self._turns = turns
        self._api = api
        self._transcriber = transcriber

    async def fetch(self, message_id: str, media_id: str, kind: str, attempt: int = 1) -> None:
        """One attempt. A file that cannot be had is said to the customer, who may send it again."""
        wanted = Wanted(UUID(message_id), media_id, AttachmentKind(kind))
        try:
            data = await self._api.media(media_id)
        except (VendorError, TokenError) as error:
            log.warning("wechat.media_failed", message_id=message_id, attempt=attempt, error=str(error))
            if attempt >= MAX_ATTEMPTS or (isinstance(error, VendorError) and error.final):
                await self._say(wanted.message_id, self._house.wording.say("wechat_media_lost"))
            else:
                await self._again(wanted, attempt)
            return
        message = await self._stored(wanted, data)
        if message is not None and wanted.kind is AttachmentKind.VOICE and not message.text:
            await self._heard(message, data)

    async def _stored(self, wanted: Wanted, data: bytes) -> Message | None:
        try:
            async with self._house.units.begin() as uow:
                message = await uow.session.get_one(Message, wanted.message_id, with_for_update=True)
                (waiting,) = [Attachment.model_validate(item) for item in message.attachments]
                if waiting.file_id is not None:
                    return None
                stored = await storing.store(
                    uow,
                    data,
                    name=wanted.media_id,
                    conversation_id=message.conversation_id,
                    origin=CHANNEL,
                    kinds=KINDS[wanted.kind],
                    max_bytes=self._house.settings.max_file_bytes,
                )
                message.attachments = [stored.attachment().model_dump(mode="json", exclude_none=True)]
                await uow.publish(MessageChanged(message.conversation_id, CHANNEL, message))
                return message
        except FileRefusedError as error:
            log.warning("wechat.file_refused", message_id=str(wanted.message_id), code=error.code)
            await self._say(wanted.message_id, self._house.wording.say(f"error_{error.code}", **error.values))
            return None

    async def _again(self, wanted: Wanted, attempt: int) -> None:
        """Put the next attempt into the queue, later each time."""
        async with self._house.units.begin() as uow:
            await uow.defer(
                JOB,
                after=timedelta(seconds=GROWING**attempt),
                message_id=str(wanted.message_id),
                media_id=wanted.media_id,
                kind=wanted.kind,
                attempt=attempt + 1,
            )

    async def _heard(self, message: Message, data: bytes) -> None:
        (recording,) = message.attachments
        text = await self._transcriber.transcribe(data, recording.get("content_type") or "")
        if not text or not text.strip():
            return
        async with self._house.units.begin() as uow:
            heard = await inbox.accept(
                uow,
                channel=CHANNEL,
                external_id=f"heard:{message.id}",
                conversation_id=message.conversation_id,
                text=text,
            )
        self._turns.begin(heard.conversation_id)

    async def _say(self, message_id: UUID, text: str) -> None:
        async with self._house.units.begin() as uow:
            message = await uow.session.get_one(Message, message_id)
            await hub.store_utterances(
                uow, message.conversation_id, [Utterance(text, Sender.SYSTEM)], in_reply_to=message.id
            )
