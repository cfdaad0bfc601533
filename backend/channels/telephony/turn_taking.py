"""What a call does about what was heard: answers by itself, tells the dialogue, or asks for a person. Pure.

Silence is met three times: twice the question comes again in other words, then somebody else must help.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.channels.telephony.call_state import CallState, OpenQuestion
from backend.channels.telephony.hearing import Ear, Heard, Meaning, Understood, understood
from backend.channels.telephony.plan import Ask, Keys, Plan
from backend.channels.telephony.speech import one_by_one
from backend.wording import Wording

SILENCES = 3
READ_BACK_DIGITS = 7
MOST_CONFIRMED = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """The telephone answers by itself."""

    state: CallState
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tell:
    """The dialogue is told what the caller said."""

    state: CallState
    text: str


@dataclass(frozen=True, slots=True)
class CallPerson:
    """The caller asked for a person, or nothing else helps."""

    state: CallState
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Redeem:
    """A code from WeChat was keyed."""

    state: CallState
    code: str


Decision = Answer | Tell | CallPerson | Redeem


def decide(state: CallState, heard: Heard, ear: Ear, wording: Wording) -> Decision:
    """What is done about what was heard, or not heard."""
    meant = understood(state, heard, ear)
    if meant.meaning is Meaning.SILENCE:
        return _after_silence(state, wording)
    state = state.but(silences=0)
    if meant.meaning is Meaning.PERSON:
        return CallPerson(state)
    said_again = _said_again(state, meant, wording)
    return Answer(state, said_again) if said_again else _taken(state, meant, wording)


def _said_again(state: CallState, meant: Understood, wording: Wording) -> tuple[str, ...]:
    match meant.meaning:
        case Meaning.REPEAT:
            return state.said
        case Meaning.MENU:
            return (wording.say("voice_menu"), *state.said[-1:])
        case Meaning.UNKNOWN_KEY if not state.binding:
            return (wording.say("voice_unknown_key", key=meant.text), *state.said[-1:])
        case _:
            return ()


def _taken(state: CallState, meant: Understood, wording: Wording) -> Decision:
    match meant.meaning:
        case Meaning.YES | Meaning.NO if state.question is not None:
            return _answered(state, state.question, yes=meant.meaning is Meaning.YES)
        case Meaning.BIND:
            return Answer(awaiting_code(state), (wording.say("voice_bind_ask"),))
        case Meaning.NUMBER | Meaning.UNKNOWN_KEY if state.binding:
            return Redeem(state, meant.text)
        case Meaning.NUMBER if len(meant.text) >= READ_BACK_DIGITS:
            return _read_back(state, meant.text, wording)
        case Meaning.DOUBTFUL if len(meant.text) <= MOST_CONFIRMED:
            question = OpenQuestion(yes=meant.text, no=wording.say("voice_say_again"))
            words = wording.say("voice_confirm_words", words=meant.text)
            return Answer(state.but(question=question, doubted=True, choices=()), (words,))
        case _:
            return Tell(state.but(question=None, doubted=False, binding=False), meant.text)


def awaiting_code(state: CallState) -> CallState:
    """A code from WeChat is to be keyed."""
    return state.but(binding=True, keys=Keys.NUMBER, question=None, doubted=False, choices=())


def asking(
    state: CallState, texts: Sequence[str], wording: Wording, *, seconds: int = 5
) -> tuple[CallState, Plan]:
    """Say these and listen: the state of the next turn, and the plan. Choices are said with their keys."""
    said = tuple(texts) or state.said
    state = state.but(number=state.number + 1, busy=False, said=said, awaiting=None, waits=0)
    keyed = tuple(
        wording.say("voice_choice", choice=choice, key=key)
        for key, choice in enumerate(state.choices, start=1)
    )
    offered = () if state.question else keyed
    return state, [Ask(texts=(*said, *offered), keys=state.keys, number=state.number, seconds=seconds)]


def _after_silence(state: CallState, wording: Wording) -> Decision:
    silences = state.silences + 1
    state = state.but(silences=silences)
    if silences >= SILENCES:
        return CallPerson(state, silent=True)
    words = wording.say("voice_silence") if silences == 1 else wording.say("voice_silence_again")
    return Answer(state, (words, *state.said[-1:]))


def _answered(state: CallState, question: OpenQuestion, *, yes: bool) -> Decision:
    if yes:
        return Tell(state.but(question=None, doubted=False), question.yes)
    return Answer(state.but(question=None, keys=question.keys_after), (question.no,))


def _read_back(state: CallState, digits: str, wording: Wording) -> Decision:
    question = OpenQuestion(yes=digits, no=wording.say("voice_key_again"), keys_after=Keys.NUMBER)
    words = wording.say("voice_confirm_digits", digits=one_by_one(digits))
    return Answer(state.but(question=question, keys=Keys.ONE, choices=()), (words,))
