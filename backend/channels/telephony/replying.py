"""What the caller is told next: all that was said in the conversation since they last heard something."""

from dataclasses import dataclass

from sqlalchemy import select

from backend.channels.telephony.call_state import CallState, OpenQuestion
from backend.channels.telephony.models import PhoneCall
from backend.channels.telephony.numbers import as_written
from backend.channels.telephony.plan import Hangup, Keys, Plan
from backend.channels.telephony.speech import one_by_one
from backend.channels.telephony.turn_taking import asking
from backend.conversations.models import Conversation, Message, Sender
from backend.unit_of_work import UnitOfWork
from backend.wording import Wording

ASKED = {"phone": "phone", "order_number": "number", "related_ticket": "number"}
"""Slots that are numbers, and what is done about them: a caller's own is offered."""
LONGEST_QUESTION = 45
"""A longer text is no mere question, even if it speaks of numbers."""
MOST_CHOICES = 4
TAIL = 4
SEPARATOR = "\N{IDEOGRAPHIC COMMA}"
QUESTION_MARK = "\N{FULLWIDTH QUESTION MARK}"


@dataclass(frozen=True, slots=True)
class Unheard:
    """Messages that the caller has not heard yet, in order."""

    messages: tuple[Message, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """What is to be said."""
        return tuple(message.text for message in self.messages if message.text)

    @property
    def choices(self) -> tuple[str, ...]:
        """The short answers of the last message, as many as there are keys for."""
        return tuple(self.messages[-1].quick_replies[:MOST_CHOICES]) if self.messages else ()


async def unheard(uow: UnitOfWork, conversation: Conversation, state: CallState) -> Unheard:
    """What was said to the caller and not spoken yet."""
    query = (
        select(Message)
        .where(
            Message.conversation_id == conversation.id,
            Message.sender != Sender.CUSTOMER,
            Message.seq > state.spoken_seq,
        )
        .order_by(Message.seq)
    )
    return Unheard(tuple(await uow.session.scalars(query)))


def spoken(state: CallState, new: Unheard) -> CallState:
    """The state after these messages were said."""
    return state.but(spoken_seq=max((message.seq for message in new.messages), default=state.spoken_seq))


def reply(
    call: PhoneCall, conversation: Conversation, state: CallState, new: Unheard, wording: Wording
) -> tuple[CallState, Plan]:
    """Say what the dialogue answered, and listen for what it asks."""
    state = spoken(state, new)
    texts = new.texts or (wording.say("voice_say_again"),)
    wanted = _wanted(conversation, texts[-1], wording)
    state = state.but(choices=new.choices, question=None, keys=Keys.NUMBER if wanted else Keys.ONE)
    if wanted == "phone" and call.caller is not None and not state.offered_number:
        return _offering(call.caller, state, texts, wording)
    if wanted:
        texts = (*texts, wording.say("voice_key_number"))
        state = state.but(choices=())
    return asking(state, texts, wording)


def farewell(new: Unheard, wording: Wording) -> Plan | None:
    """The end of the call, when the caller said goodbye and nothing is asked any more."""
    texts = new.texts
    if texts and texts[-1].endswith(QUESTION_MARK):
        return None
    return [Hangup(texts=(*texts, wording.say("voice_goodbye")))]


def _offering(
    caller: str, state: CallState, texts: tuple[str, ...], wording: Wording
) -> tuple[CallState, Plan]:
    number = as_written(caller)
    question = OpenQuestion(yes=number, no=wording.say("voice_other_number"), keys_after=Keys.NUMBER)
    state = state.but(question=question, keys=Keys.ONE, choices=(), offered_number=True)
    offer = wording.say("voice_offer_number", tail=one_by_one(number[-TAIL:]))
    return asking(state, (*texts[:-1], offer), wording)


def _wanted(conversation: Conversation, question: str, wording: Wording) -> str:
    """Which number the dialogue asks for: `phone`, another one (`number`), or none."""
    if conversation.understanding is not None:
        return ASKED.get(str(conversation.understanding.get("asked")), "")
    if len(question) > LONGEST_QUESTION:
        return ""
    for kind, marks in (
        ("number", wording.say("voice_marks_number")),
        ("phone", wording.say("voice_marks_phone")),
    ):
        if any(mark in question for mark in marks.split(SEPARATOR)):
            return kind
    return ""
