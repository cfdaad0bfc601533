"""The way to a person: waiting, being joined, talking to somebody who types, and what comes afterwards."""

from sqlalchemy import update

from backend.channels.telephony import book, endings, replying, survey
from backend.channels.telephony.call_state import CallState, Phase
from backend.channels.telephony.events import CallChanged
from backend.channels.telephony.hearing import Heard
from backend.channels.telephony.models import PhoneCall
from backend.channels.telephony.plan import Ask, Hangup, Plan, Queue, Voicemail
from backend.channels.telephony.replying import Unheard
from backend.channels.telephony.ringing import Ringing
from backend.conversations import hub
from backend.conversations.models import Conversation, Owner
from backend.errors import ConflictError, ForbiddenError
from backend.handover import requesting
from backend.handover.kinds import Reason
from backend.handover.waiting import Queued
from backend.house import House
from backend.tickets import cases
from backend.tickets.deeds import By
from backend.tickets.followup import RecordCallback
from backend.tickets.kinds import Actor, Stage
from backend.unit_of_work import UnitOfWork

LISTENING_SECONDS = 4
JOINED = "bridged"


class People:
    """Hands calls over to people and takes them back."""

    def __init__(self, house: House, ringing: Ringing) -> None:
        self._house = house
        self._ringing = ringing

    async def called_for(
        self, uow: UnitOfWork, call: PhoneCall, state: CallState, *, silent: bool
    ) -> tuple[CallState, Plan]:
        """The caller wants a person, or has been silent for too long."""
        wording = self._house.wording
        if silent and await endings.ticket_of(uow, call) is not None:
            return state.but(phase=Phase.OVER), [Hangup(texts=(wording.say("voice_goodbye"),))]
        reason = Reason.SILENCE if silent else Reason.CUSTOMER_ASKED
        standing = await requesting.request(uow, self._house.policy, call.conversation_id, reason)
        if not silent:
            await _note_wish(uow, call, wording.say("voice_wish_person"))
        return await self._waiting(uow, call, state, standing, ())

    async def with_people(
        self, uow: UnitOfWork, call: PhoneCall, conversation: Conversation, state: CallState, new: Unheard
    ) -> tuple[CallState, Plan]:
        """Go on with a call that is not, or was not just now, the bot's."""
        if conversation.owner == Owner.AGENT:
            # taken before the caller was told to wait: by choice, or by whoever had nothing else to do
            talked = state.phase is Phase.TALKING
            if talked and await self._ringing.due(uow, call, conversation.agent_username or ""):
                return await self._kept(uow, call, replying.spoken(state, new), new.texts)
            return await self._typed(uow, call, replying.spoken(state, new), new.texts)
        if conversation.closed_at is not None:
            return await self._surveyed(uow, call, replying.spoken(state, new), new.texts)
        if conversation.owner == Owner.QUEUE:
            reason = conversation.handover_reason or Reason.CUSTOMER_ASKED
            standing = await requesting.request(uow, self._house.policy, conversation.id, reason)
            return await self._waiting(uow, call, replying.spoken(state, new), standing, new.texts)
        state = state.but(phase=Phase.TALKING)
        return replying.reply(call, conversation, state, new, self._house.wording)

    async def fetched(self, uow: UnitOfWork, call: PhoneCall, state: CallState) -> Plan:
        """The call was told to ask what it does now, or asks it at an odd moment."""
        if state.phase is Phase.OVER:
            return [Hangup()]
        conversation = await uow.session.get_one(Conversation, call.conversation_id)
        kept = conversation.owner == Owner.AGENT and call.ring_id is not None
        if state.phase is Phase.HELD or (state.phase is Phase.QUEUED and kept):
            state, plan = self.held(state)
        else:
            new = await replying.unheard(uow, conversation, state)
            state, plan = await self.with_people(uow, call, conversation, state, new)
        book.put(uow, call, state)
        return plan

    def held(self, state: CallState) -> tuple[CallState, Plan]:
        """Music, until somebody goes on."""
        state = state.but(number=state.number + 1, busy=False, awaiting=None, waits=0)
        return state, [Queue(texts=(self._house.wording.say("voice_agent_busy"),))]

    async def left_queue(self, uow: UnitOfWork, call: PhoneCall, state: CallState, result: str) -> Plan:
        """The caller is no longer waiting: talked to somebody, was taken out, or could not wait at all."""
        conversation = await uow.session.get_one(Conversation, call.conversation_id)
        new = await replying.unheard(uow, conversation, state)
        if result == JOINED:
            state, plan = await self._surveyed(uow, call, replying.spoken(state, new), ())
        elif conversation.owner == Owner.QUEUE:
            state, plan = await self._called_back(uow, call, replying.spoken(state, new))
        else:
            state, plan = await self.with_people(uow, call, conversation, state, new)
        book.put(uow, call, state)
        return plan

    async def rated(
        self, uow: UnitOfWork, call: PhoneCall, state: CallState, heard: Heard
    ) -> tuple[CallState, Plan]:
        """Take a rating; the ticket gets all of them when its steps allow a call-back."""
        item = state.survey_items[0]
        state, plan, rating = survey.rated(state, heard, self._house.wording)
        if rating is not None:
            call.survey = {**call.survey, item: rating}
        if state.phase is Phase.OVER and call.survey and state.survey_ticket:
            await self._note_on_ticket(uow, call, state.survey_ticket)
        return state, plan

    async def _waiting(
        self, uow: UnitOfWork, call: PhoneCall, state: CallState, standing: Queued, texts: tuple[str, ...]
    ) -> tuple[CallState, Plan]:
        if not standing.taken and not standing.open_now and not standing.agents_online:
            closed = (*texts, self._house.wording.say("voice_closed"))
            return state.but(phase=Phase.VOICEMAIL, busy=False), [Voicemail(texts=closed)]
        await uow.publish(CallChanged(call.conversation_id, call.call_id, "queued"))
        told = texts or (self._house.wording.say("voice_queued"),)
        state = state.but(phase=Phase.QUEUED, busy=False, number=state.number + 1)
        return state, [Queue(texts=told)]

    async def _kept(
        self, uow: UnitOfWork, call: PhoneCall, state: CallState, texts: tuple[str, ...]
    ) -> tuple[CallState, Plan]:
        """Music, until the telephone that rings now is picked up."""
        await uow.publish(CallChanged(call.conversation_id, call.call_id, "queued"))
        told = (*texts, self._house.wording.say("voice_agent_busy"))
        state = state.but(phase=Phase.QUEUED, number=state.number + 1, busy=False, awaiting=None, waits=0)
        return state, [Queue(texts=told)]

    async def _typed(
        self, uow: UnitOfWork, call: PhoneCall, state: CallState, texts: tuple[str, ...]
    ) -> tuple[CallState, Plan]:
        """What the person at the desk writes is said; what the caller says is written down."""
        if state.phase is not Phase.TYPED:
            await uow.publish(CallChanged(call.conversation_id, call.call_id, "joined"))
        state = state.but(phase=Phase.TYPED, number=state.number + 1, busy=False, awaiting=None, waits=0)
        state = state.but(said=texts or state.said)
        return state, [Ask(texts=texts, number=state.number, seconds=LISTENING_SECONDS)]

    async def _surveyed(
        self, uow: UnitOfWork, call: PhoneCall, state: CallState, texts: tuple[str, ...]
    ) -> tuple[CallState, Plan]:
        ticket = await endings.ticket_of(uow, call)
        rated = self._house.policy.workflow.rated[ticket.kind] if ticket else None
        asked = survey.items(rated, Stage(ticket.stage) if ticket else None)
        if not asked:
            goodbye = self._house.wording.say("voice_goodbye")
            return state.but(phase=Phase.OVER, busy=False), [Hangup(texts=(*texts, goodbye))]
        return survey.begun(state, asked, ticket.number if ticket else None, self._house.wording)

    async def _called_back(
        self, uow: UnitOfWork, call: PhoneCall, state: CallState
    ) -> tuple[CallState, Plan]:
        wording = self._house.wording
        if call.caller is None and await endings.ticket_of(uow, call) is None:
            words = wording.say("voice_callback_no_number")
            return state.but(phase=Phase.VOICEMAIL, busy=False), [Voicemail(texts=(words,))]
        ticket = await endings.promise_callback(uow, self._house, call, wording.say("voice_missed_words"))
        words = wording.say("voice_callback", number=ticket.number)
        return state.but(phase=Phase.OVER, busy=False), [Hangup(texts=(words,))]

    async def _note_on_ticket(self, uow: UnitOfWork, call: PhoneCall, number: str) -> None:
        """As R1-4.3(6)'s call-back, where the ticket is far enough; the call keeps the ratings anyway."""
        ticket = await cases.get(uow, number)
        ratings = {f"rated_{item}": rating for item, rating in call.survey.items()}
        command = RecordCallback(version=ticket.version, reached=True, **ratings)
        try:
            async with uow.session.begin_nested():
                await cases.take(cases.Acting(uow, self._house.policy, By(Actor.CUSTOMER)), number, command)
        except (ConflictError, ForbiddenError):
            return


async def _note_wish(uow: UnitOfWork, call: PhoneCall, words: str) -> None:
    """Write down that a person was asked for; that is settled, so it waits for no turn of the bot."""
    message = await hub.store_customer_message(uow, call.conversation_id, words, None)
    statement = update(Conversation).where(Conversation.id == call.conversation_id)
    await uow.session.execute(statement.values(handled_seq=message.seq))
