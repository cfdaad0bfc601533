"""Callers who reached only the fallback: once the hotline is back, each is a ticket with a call-back due.

The fallback notes them in a file (one JSON object a line). It is moved aside before it is read, so that
nobody who calls meanwhile is overlooked, and deleted when all of it is stored; storing twice is storing once.
"""

import asyncio
import json
from pathlib import Path
from typing import Any

import structlog

from backend.channels.telephony import book, endings, greeting
from backend.channels.telephony.port import Arrival
from backend.channels.telephony.waiting_room import WaitingRoom
from backend.house import House

SECONDS = 60.0
FILE = "missed-calls.jsonl"

log = structlog.get_logger(__name__)


class MissedCalls:
    """Takes over what the fallback noted."""

    def __init__(self, house: House, carrier: str, room: WaitingRoom) -> None:
        self._house = house
        self._carrier = carrier
        self._room = room

    async def take_over(self) -> int:
        """Once; returns how many callers there were."""
        notes = self._house.settings.var_dir / FILE
        taken = notes.with_suffix(".taken")
        lines = await asyncio.to_thread(_moved_aside, notes, taken)
        calls = [call for line in lines if (call := _read(line)) is not None]
        for call in calls:
            await self._note(call)
        await asyncio.to_thread(taken.unlink, missing_ok=True)
        return len({call["CallSid"] for call in calls})

    async def _note(self, call: dict[str, str]) -> None:
        arrival = Arrival(call["CallSid"], call.get("From", ""), call.get("To", ""))
        async with self._house.units.begin() as uow:
            known = await book.find(uow, self._carrier, arrival.call_id)
            known = known or await greeting.begin(uow, self._carrier, arrival)
            known.ended_at = known.ended_at or uow.now
            words = self._house.wording.say("voice_missed_words")
            if await endings.ticket_of(uow, known) is None:
                await endings.promise_callback(uow, self._house, known, words)
        if call.get("RecordingSid") and call.get("RecordingUrl"):
            seconds = call.get("RecordingDuration", "")
            length = int(seconds) if seconds.isascii() and seconds.isdecimal() else None
            await self._room.recorded(arrival.call_id, call["RecordingSid"], call["RecordingUrl"], length)


def _moved_aside(notes: Path, taken: Path) -> list[str]:
    if not taken.exists():
        if not notes.exists():
            return []
        notes.rename(taken)
    return taken.read_text(encoding="utf-8").splitlines()


def _read(line: str) -> dict[str, str] | None:
    """A note; none for a line that was cut off while it was written."""
    try:
        note: Any = json.loads(line)
    except ValueError:
        note = None
    if not isinstance(note, dict) or not note.get("CallSid"):
        log.warning("telephony.note_unreadable", line=line[:200])
        return None
    return {str(name): str(value) for name, value in note.items()}
