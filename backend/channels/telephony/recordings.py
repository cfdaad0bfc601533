"""Recordings: fetched from the carrier, kept as files behind the desk's roles, deleted at the carrier.

How long they stay is `voice_recording_days`, which the notice at the beginning of a call names.
"""

from datetime import timedelta
from uuid import UUID

import procrastinate
import structlog
from sqlalchemy import delete, select

from backend.channels.telephony import endings
from backend.channels.telephony.models import PhoneCall, PhoneRecording, RecordingState
from backend.channels.telephony.port import Carrier
from backend.conversations import hub
from backend.conversations.models import Sender
from backend.conversations.schemas import Attachment
from backend.files import storing
from backend.files.content import FileKind
from backend.files.errors import FileRefusedError
from backend.files.models import StoredFile
from backend.house import House
from backend.unit_of_work import UnitOfWork

EXPIRY_SECONDS = 3_600.0
FETCH_JOB = "telephony.fetch_recording"
RETRY = procrastinate.RetryStrategy(max_attempts=8, exponential_wait=3)

log = structlog.get_logger(__name__)


class Recordings:
    """Takes recordings over from a carrier."""

    def __init__(self, house: House, carrier: Carrier) -> None:
        self._house = house
        self._carrier = carrier

    async def fetch(self, recording: str) -> None:
        """One attempt.

        Raises:
            CarrierError: it could not be had; the queue repeats it.
        """
        async with self._house.units.begin() as uow:
            known = await uow.session.get_one(PhoneRecording, UUID(recording))
        if known.state != RecordingState.PENDING:
            return
        sound = await self._carrier.fetch_recording(known.url)
        async with self._house.units.begin() as uow:
            stored = await uow.session.get_one(PhoneRecording, known.id, with_for_update=True)
            if stored.state == RecordingState.PENDING:
                await self._keep(uow, stored, sound)
        await self._carrier.delete_recording(known.recording_id)

    async def expire(self) -> int:
        """Delete the sound of recordings whose time is over (PIPL art. 19, 47); returns how many."""
        async with self._house.units.begin() as uow:
            before = uow.now - timedelta(days=self._house.settings.voice_recording_days)
            old = select(PhoneRecording.file_id).where(PhoneRecording.created_at < before)
            gone = await uow.session.scalars(
                delete(StoredFile).where(StoredFile.id.in_(old)).returning(StoredFile.id)
            )
            return len(gone.all())

    async def _keep(self, uow: UnitOfWork, recording: PhoneRecording, sound: bytes) -> None:
        call = await uow.session.get_one(PhoneCall, recording.call)
        try:
            file = await storing.store(
                uow,
                sound,
                name=f"{call.call_id}.wav",
                conversation_id=call.conversation_id,
                origin="phone",
                kinds=[FileKind.VOICE],
            )
        except FileRefusedError as error:
            log.exception("recording.refused", recording_id=recording.recording_id, reason=error.code)
            recording.state = RecordingState.REFUSED
            return
        recording.state, recording.file_id = RecordingState.STORED, file.id
        heard = Attachment.model_validate(file.attachment().model_dump() | {"seconds": recording.seconds})
        words = self._house.wording.say("voice_voicemail_words")
        said = hub.Utterance(words, Sender.SYSTEM, attachments=[heard])
        await hub.store_utterances(uow, call.conversation_id, [said])
        ticket = await endings.ticket_of(uow, call)
        if ticket is not None:
            await endings.add_words(uow, self._house, ticket, words)
