"""What stands between Twilio's webhooks and the telephone: renders plans, knows what is no call of ours."""

from collections.abc import Coroutine
from typing import Any

import structlog

from backend.channels.telephony import book
from backend.channels.telephony.calls import Calls
from backend.channels.telephony.plan import PLAN, Hangup, Plan
from backend.channels.telephony.port import Arrival
from backend.channels.telephony.waiting_room import WaitingRoom
from backend.channels.twilio_voice import agents_leg
from backend.channels.twilio_voice.signature import Webhook
from backend.channels.twilio_voice.twiml import Voice, rendered
from backend.errors import NotFoundError
from backend.house import House

CARRIER = "twilio"
OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
NOT_JOINED = frozenset({"busy", "failed", "no-answer", "canceled"})

log = structlog.get_logger(__name__)


class Switchboard:
    """Answers for one installation."""

    def __init__(self, house: House, calls: Calls, room: WaitingRoom, voice: Voice) -> None:
        self.calls = calls
        self.room = room
        self.voice = voice
        self._house = house

    async def answer(self, arrival: Arrival, planned: Coroutine[Any, Any, Plan]) -> str:
        """The plan as TwiML. A call that we have never heard of begins here; one without a name cannot."""
        if not arrival.call_id:
            planned.close()
            log.warning("twilio.no_call")
            return self._lost()
        try:
            plan = await planned
        except NotFoundError:
            log.warning("twilio.unknown_call", call_id=arrival.call_id)
            plan = await self.calls.arrived(arrival)
        return rendered(plan, self.voice, arrival.call_id)

    async def recorded(self, hook: Webhook) -> None:
        """A recording is ready, if it is one of ours."""
        if hook.text("RecordingStatus") in {"", "completed"} and hook.text("RecordingSid"):
            try:
                await self.room.recorded(
                    hook.text("CallSid"),
                    hook.text("RecordingSid"),
                    hook.text("RecordingUrl"),
                    hook.whole("RecordingDuration"),
                )
            except NotFoundError:
                log.warning("twilio.unknown_call", call_id=hook.text("CallSid"))

    async def ended(self, hook: Webhook) -> None:
        """The call is over, if it is one of ours."""
        if hook.text("CallStatus") in OVER:
            try:
                await self.room.ended(hook.text("CallSid"))
            except NotFoundError:
                log.warning("twilio.unknown_call", call_id=hook.text("CallSid"))

    async def after_relay(self, hook: Webhook) -> Plan:
        """What ConversationRelay handed over; after a lost socket, the question that was open.

        Raises:
            NotFoundError: there is no such call.
        """
        handed = hook.text("HandoffData")
        if handed:
            try:
                return PLAN.validate_json(handed)
            except ValueError:
                log.warning("twilio.handoff_unreadable", call_id=hook.text("CallSid"))
        return await self.calls.resumed(hook.text("CallSid"))

    async def agent_answers(self, call_id: str) -> str:
        """What an agent hears who picked up, and the caller they are joined with."""
        async with self._house.units.begin() as uow:
            call = await book.find(uow, CARRIER, call_id)
            if call is None:
                return self._lost()
            summary = await agents_leg.summary(uow, self._house.wording, call)
        return agents_leg.joined(summary, self.voice, call_id)

    async def agent_call_changed(self, call_id: str, status: str) -> None:
        """Nobody picked up: the caller is no longer kept for that telephone."""
        if status in NOT_JOINED:
            async with self._house.units.begin() as uow:
                call = await book.find(uow, CARRIER, call_id)
                if call is not None:
                    call.ring_id = None

    def _lost(self) -> str:
        return rendered([Hangup(texts=(self._house.wording.say("voice_lost"),))], self.voice, "")
