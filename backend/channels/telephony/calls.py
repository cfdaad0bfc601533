"""Calls: each request of a carrier is answered with a plan, once, whatever is repeated or lost.

A request of a turn is taken in one transaction and answered in another; in between the bot thinks. The
dialogue is that of every channel: what the caller says goes through the inbox, the answers are messages.
"""

import asyncio
from uuid import UUID

from backend.channels import inbox
from backend.channels.telephony import binding, book, greeting, replying
from backend.channels.telephony.call_state import CallState, Phase
from backend.channels.telephony.hearing import Ear, Heard
from backend.channels.telephony.models import PhoneCall
from backend.channels.telephony.people import People
from backend.channels.telephony.plan import Continue, Hangup, Plan, Wait
from backend.channels.telephony.port import Arrival
from backend.channels.telephony.turn_taking import Answer, Redeem, Tell, asking, decide
from backend.conversations.models import Conversation, Message, Owner
from backend.conversations.turns import Turns
from backend.house import House
from backend.unit_of_work import UnitOfWork

CHANNEL = "phone"
MOST_WAITS = 4
POLL_SECONDS = 0.1


class Calls:
    """Answers what one carrier reports of its calls."""

    def __init__(self, house: House, turns: Turns, carrier: str, people: People) -> None:
        self._house = house
        self._turns = turns
        self._carrier = carrier
        self._people = people
        self._ear = Ear.of(house.wording, house.settings.voice_sure)

    async def arrived(self, arrival: Arrival) -> Plan:
        """A call comes in: notice, greeting, open question."""
        async with self._house.units.begin() as uow:
            call = await book.find(uow, self._carrier, arrival.call_id)
            call = call or await greeting.begin(uow, self._carrier, arrival)
            known = await book.answer_to(uow, call, "arrived")
            if known is not None:
                return known
            state, plan = await greeting.greet(uow, self._house, call)
            return await self._answer(uow, call, "arrived", state, plan)

    async def heard(self, call_id: str, number: int, heard: Heard) -> Plan:
        """The caller said or keyed something in a turn, or nothing.

        Raises:
            NotFoundError: there is no such call.
        """
        key = f"heard:{number}"
        async with self._house.units.begin() as uow:
            call = await book.locked(uow, self._carrier, call_id)
            known = await book.answer_to(uow, call, key)
            if known is not None:
                return known
            state = book.state_of(call)
            if number != state.number:
                return self._asked_anew(state)
            if not state.busy:
                plan = await self._taken(uow, call, state, heard)
                if plan is not None:
                    await book.remember(uow, call, key, plan)
                    return plan
        return await self._answered(call_id, key)

    async def waited(self, call_id: str, number: int) -> Plan:
        """The caller was asked to wait a moment, and has.

        Raises:
            NotFoundError: there is no such call.
        """
        return await self._answered(call_id, f"waited:{number}")

    async def resumed(self, call_id: str) -> Plan:
        """What is asked now, once more: the carrier lost its place.

        Raises:
            NotFoundError: there is no such call.
        """
        async with self._house.units.begin() as uow:
            call = await book.locked(uow, self._carrier, call_id)
            return self._asked_anew(book.state_of(call))

    async def continued(self, call_id: str) -> Plan:
        """What the call does now: the carrier was told to ask.

        Raises:
            NotFoundError: there is no such call.
        """
        await self._until_handled(call_id)
        async with self._house.units.begin() as uow:
            call = await book.locked(uow, self._carrier, call_id)
            return await self._people.fetched(uow, call, book.state_of(call))

    async def _taken(self, uow: UnitOfWork, call: PhoneCall, state: CallState, heard: Heard) -> Plan | None:
        """The answer, or nothing when the dialogue has been told and must be waited for."""
        wording = self._house.wording
        if state.phase is Phase.SURVEY:
            state, plan = await self._people.rated(uow, call, state, heard)
            book.put(uow, call, state)
            return plan
        if state.phase in {Phase.TYPED, Phase.HELD}:
            return await self._typed(uow, call, state, heard)
        match decide(state, heard, self._ear, wording):
            case Answer(state, texts):
                state, plan = asking(state, texts, wording)
            case Redeem(state, code):
                state, plan = await binding.redeemed(uow, call, state, code, wording)
            case Tell(state, text):
                await self._tell(uow, call, state, text)
                return None
            case person:
                state, plan = await self._people.called_for(uow, call, person.state, silent=person.silent)
        book.put(uow, call, state)
        return plan

    async def _tell(self, uow: UnitOfWork, call: PhoneCall, state: CallState, text: str) -> None:
        message = await inbox.accept(
            uow,
            channel=CHANNEL,
            external_id=f"{call.carrier}:{call.call_id}:{state.number}",
            conversation_id=call.conversation_id,
            text=text,
        )
        book.put(uow, call, state.but(busy=True, awaiting=str(message.id)))

    async def _typed(self, uow: UnitOfWork, call: PhoneCall, state: CallState, heard: Heard) -> Plan | None:
        words = heard.speech.strip() or heard.digits
        if words:
            await self._tell(uow, call, state, words)
            return None
        book.put(uow, call, state.but(busy=True, awaiting=None))
        return None

    async def _answered(self, call_id: str, key: str) -> Plan:
        """Wait for the dialogue as long as a caller is patient, and say what it answered."""
        await self._until_handled(call_id)
        async with self._house.units.begin() as uow:
            call = await book.locked(uow, self._carrier, call_id)
            known = await book.answer_to(uow, call, key)
            if known is not None:
                return known
            state = book.state_of(call)
            if not state.busy:
                return self._asked_anew(state)
            conversation = await uow.session.get_one(Conversation, call.conversation_id)
            message = await _awaited(uow, state)
            if message is not None and conversation.handled_seq < message.seq and state.waits < MOST_WAITS:
                state = state.but(waits=state.waits + 1)
                book.put(uow, call, state)
                waiting = self._house.wording.say("voice_wait")
                plan: Plan = [Wait(text=waiting, number=state.number * 10 + state.waits)]
                await book.remember(uow, call, key, plan)
                return plan
            state, plan = await self._next(uow, call, conversation, state, message)
            return await self._answer(uow, call, key, state, plan)

    async def _next(
        self,
        uow: UnitOfWork,
        call: PhoneCall,
        conversation: Conversation,
        state: CallState,
        message: Message | None,
    ) -> tuple[CallState, Plan]:
        wording = self._house.wording
        if state.phase is Phase.HELD:
            return self._people.held(state)
        new = await replying.unheard(uow, conversation, state)
        if conversation.owner != Owner.BOT or state.phase is Phase.TYPED:
            return await self._people.with_people(uow, call, conversation, state, new)
        if message is not None and self._ear.says_goodbye(message.text):
            plan = replying.farewell(new, wording)
            if plan is not None:
                return replying.spoken(state, new).but(phase=Phase.OVER, busy=False), plan
        return replying.reply(call, conversation, state, new, wording)

    async def _answer(self, uow: UnitOfWork, call: PhoneCall, key: str, state: CallState, plan: Plan) -> Plan:
        book.put(uow, call, state)
        await book.remember(uow, call, key, plan)
        return plan

    def _asked_anew(self, state: CallState) -> Plan:
        """A request of a turn that is not this one, and was never answered: ask what is asked now."""
        if state.phase is Phase.OVER:
            return [Hangup()]
        if state.phase is Phase.HELD:
            return [Continue()]
        _, plan = asking(state.but(number=state.number - 1), state.said, self._house.wording)
        return plan

    async def _until_handled(self, call_id: str) -> None:
        patience = self._house.settings.voice_patience_seconds
        async with self._house.units.begin() as uow:
            call = await book.locked(uow, self._carrier, call_id)
            state = book.state_of(call)
            message = await _awaited(uow, state)
        if message is not None:
            await self._turns.until_handled(message, patience)
        elif state.phase is Phase.TYPED:
            await self._until_written(call, state, patience)

    async def _until_written(self, call: PhoneCall, state: CallState, patience: float) -> None:
        """Until the person at the desk wrote something that the caller has not heard."""
        deadline = asyncio.get_running_loop().time() + patience
        while asyncio.get_running_loop().time() < deadline:
            async with self._house.units.begin() as uow:
                conversation = await uow.session.get_one(Conversation, call.conversation_id)
                new = await replying.unheard(uow, conversation, state)
            if new.messages or conversation.closed_at is not None:
                return
            await asyncio.sleep(POLL_SECONDS)


async def _awaited(uow: UnitOfWork, state: CallState) -> Message | None:
    return None if state.awaiting is None else await uow.session.get_one(Message, UUID(state.awaiting))
