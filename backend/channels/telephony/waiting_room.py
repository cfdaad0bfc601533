"""What happens to a call beside its dialogue: rounds of waiting, messages after the tone, hanging up."""

import structlog
from sqlalchemy.dialects.postgresql import insert

from backend.channels.telephony import book, endings, replying
from backend.channels.telephony.call_state import Phase
from backend.channels.telephony.events import CallChanged
from backend.channels.telephony.models import PhoneCall, PhoneRecording
from backend.channels.telephony.people import People
from backend.channels.telephony.plan import Continue, Hangup, Leave, Music, Plan
from backend.channels.telephony.recordings import FETCH_JOB
from backend.conversations.models import Conversation, Owner
from backend.handover import waiting
from backend.house import House
from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork

CHANNEL = "phone"
CALLBACK_KEY = "1"
FETCHED = "redirected"
"""The carrier was told to: what comes now is asked at `continued`."""


log = structlog.get_logger(__name__)


class WaitingRoom:
    """Answers what one carrier reports of callers who are not talking to the bot."""

    def __init__(self, house: House, carrier: str, people: People) -> None:
        self._house = house
        self._carrier = carrier
        self._people = people

    async def waits(self, call_id: str, seconds: int, key: str = "") -> Plan:
        """One round of waiting, `seconds` after the caller began to; a key may have been pressed.

        Raises:
            NotFoundError: there is no such call.
        """
        wording = self._house.wording
        async with self._house.units.begin() as uow:
            call = await book.locked(uow, self._carrier, call_id)
            conversation = await uow.session.get_one(Conversation, call.conversation_id)
            state = book.state_of(call)
            if state.phase is Phase.OVER:
                return [Hangup()]
            kept = conversation.owner == Owner.AGENT and call.ring_id is not None
            if kept or state.phase is Phase.HELD:
                return [Music(texts=(wording.say("voice_agent_busy"),))]
            limit = self._house.policy.desk.wait_limit[CHANNEL].total_seconds()
            patient = seconds < limit and key != CALLBACK_KEY
            if conversation.owner != Owner.QUEUE or not patient:
                return [Leave()]
            new = await replying.unheard(uow, conversation, state)
            book.put(uow, call, replying.spoken(state, new))
            place = await waiting.standing(uow.session, self._house.policy.desk, conversation, uow.now)
        # what offers short answers is made for reading; here a key does the same
        told = tuple(message.text for message in new.messages if message.text and not message.quick_replies)
        ahead = place.position - 1
        where = (
            wording.say("voice_position", ahead=ahead, minutes=place.minutes)
            if ahead > 0
            else wording.say("voice_next")
        )
        return [Music(texts=(*told, where, wording.say("voice_callback_key")))]

    async def left(self, call_id: str, result: str) -> Plan:
        """The caller left the queue, for this reason.

        Raises:
            NotFoundError: there is no such call.
        """
        async with self._house.units.begin() as uow:
            call = await book.locked(uow, self._carrier, call_id)
            state = book.state_of(call)
            key = f"left:{state.number}"
            known = await book.answer_to(uow, call, key)
            if known is not None:
                return known
            if result.startswith(FETCHED):
                return [Continue()]
            call.ring_id = None
            plan = await self._people.left_queue(uow, call, state, result)
            await book.remember(uow, call, key, plan)
            return plan

    async def message_left(self, call_id: str, seconds: int) -> Plan:
        """The caller spoke after the tone, or did not.

        Raises:
            NotFoundError: there is no such call.
        """
        async with self._house.units.begin() as uow:
            call = await book.locked(uow, self._carrier, call_id)
            known = await book.answer_to(uow, call, "message")
            if known is not None:
                return known
            ticket = await self._promised(uow, call)
            book.put(uow, call, book.state_of(call).but(phase=Phase.OVER))
            words = (
                self._house.wording.say("voice_recorded", number=ticket.number)
                if seconds
                else self._house.wording.say("voice_not_recorded", number=ticket.number)
            )
            plan: Plan = [Hangup(texts=(words,))]
            await book.remember(uow, call, "message", plan)
            return plan

    async def recorded(self, call_id: str, recording_id: str, url: str, seconds: int | None) -> None:
        """A recording is ready; its sound is fetched by a job of this unit of work.

        Raises:
            NotFoundError: there is no such call.
        """
        async with self._house.units.begin() as uow:
            call = await book.locked(uow, self._carrier, call_id)
            values = {
                "call": call.id,
                "recording_id": recording_id,
                "url": url,
                "seconds": seconds,
                "created_at": uow.now,
            }
            statement = insert(PhoneRecording).values(values).on_conflict_do_nothing()
            new = await uow.session.scalar(statement.returning(PhoneRecording.id))
            if new is not None:
                await uow.defer(FETCH_JOB, recording=str(new))

    async def ended(self, call_id: str) -> None:
        """The call is over. What was said and is on no ticket becomes one, with a call-back due (R3c-III.1).

        Raises:
            NotFoundError: there is no such call.
        """
        async with self._house.units.begin() as uow:
            call = await book.locked(uow, self._carrier, call_id)
            if call.ended_at is not None:
                return
            call.ended_at = uow.now
            state = book.state_of(call)
            unserved = state.phase in {Phase.QUEUED, Phase.VOICEMAIL}
            said = await endings.customer_words(uow, call)
            filed = await endings.ticket_of(uow, call)
            if unserved or (filed is None and said):
                await self._promised(uow, call)
            book.put(uow, call, state.but(phase=Phase.OVER, busy=False))
            await uow.publish(CallChanged(call.conversation_id, call_id, "ended"))
            log.info("call.ended", call_id=call_id, phase=state.phase)

    async def _promised(self, uow: UnitOfWork, call: PhoneCall) -> Ticket:
        instead = (
            self._house.wording.say("voice_voicemail_words")
            if book.state_of(call).phase is Phase.VOICEMAIL
            else self._house.wording.say("voice_missed_words")
        )
        return await endings.promise_callback(uow, self._house, call, instead)
