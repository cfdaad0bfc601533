"""What stands between Twilio's webhooks and the telephone: renders plans, knows what is no call of ours."""

from collections.abc import Coroutine
from typing import Any

import structlog

from backend.channels.telephony import book
from backend.channels.telephony.call_state import Phase
from backend.channels.telephony.calls import Calls
from backend.channels.telephony.events import CallChanged
from backend.channels.telephony.plan import PLAN, Hangup, Plan
from backend.channels.telephony.port import Arrival
from backend.channels.telephony.ringing import Ringing
from backend.channels.telephony.waiting_room import WaitingRoom
from backend.channels.twilio_voice import agents_leg
from backend.channels.twilio_voice.signature import Webhook
from backend.channels.twilio_voice.twiml import Voice, rendered
from backend.errors import NotFoundError
from backend.house import House

CARRIER = "twilio"
OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
JOINABLE = frozenset({Phase.QUEUED, Phase.SPOKEN})

log = structlog.get_logger(__name__)


class Switchboard:
    """Answers for one installation."""

    def __init__(self, house: House, calls: Calls, room: WaitingRoom, ringing: Ringing, voice: Voice) -> None:
        self.calls = calls
        self.room = room
        self.ringing = ringing
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

    async def agent_answers(self, call_id: str, ring_id: str, *, ask: bool, ready: bool) -> str:
        """What an agent hears who picked up, and the caller they are joined with.

        Args:
            call_id: the caller's call.
            ring_id: the agent's.
            ask: a machine may have picked up; a key is to be pressed first.
            ready: the case was told before.
        """
        wording = self._house.wording
        async with self._house.units.begin() as uow:
            call = await book.find(uow, CARRIER, call_id)
            if call is None or call.ring_id != ring_id or book.state_of(call).phase not in JOINABLE:
                return self._lost()
            told = () if ready else (await agents_leg.summary(uow, wording, call),)
            if ask and not ready:
                return agents_leg.asked((*told, wording.say("voice_whisper_ask")), self.voice, call_id)
            book.put(uow, call, book.state_of(call).but(phase=Phase.SPOKEN))
            await uow.publish(CallChanged(call.conversation_id, call_id, "joined"))
        return agents_leg.joined(told, self.voice, call_id)

    async def agent_left(self, call_id: str, ring_id: str) -> str:
        """The agent is no longer joined with the caller; only who keeps the caller waiting stays."""
        async with self._house.units.begin() as uow:
            call = await book.find(uow, CARRIER, call_id)
            held = call is not None and call.ring_id == ring_id and book.state_of(call).phase is Phase.HELD
        return agents_leg.kept(call_id) if held else agents_leg.ended()

    def _lost(self) -> str:
        return rendered([Hangup(texts=(self._house.wording.say("voice_lost"),))], self.voice, "")
