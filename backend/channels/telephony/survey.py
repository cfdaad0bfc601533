"""Ratings by keys after a talk with a person (R3b-25): four items, from 1 to 4. Pure."""

from collections.abc import Iterable, Sequence

from backend.channels.telephony.call_state import CallState, Phase
from backend.channels.telephony.hearing import Heard
from backend.channels.telephony.plan import Ask, Hangup, Plan
from backend.tickets.kinds import Stage
from backend.wording import Wording

WORST, BEST = 1, 4
OF_ANY_TALK = ("attitude", "skill")
SEEN_LATER = frozenset({"arrival", "promises"})
DONE = frozenset({Stage.CUSTOMER_NOTIFIED, Stage.SETTLED, Stage.IMPROVED})
_SECONDS = 8


def items(rated: Sequence[str] | None, stage: Stage | None) -> tuple[str, ...]:
    """What can be rated: arrival and kept promises only once the matter is done."""
    if rated is None or stage is None:
        return OF_ANY_TALK
    return tuple(item for item in rated if item not in SEEN_LATER or stage in DONE)


def begun(
    state: CallState, asked: Iterable[str], ticket: str | None, wording: Wording
) -> tuple[CallState, Plan]:
    """Ask for the first rating, or end the call when nothing is to be rated."""
    state = state.but(phase=Phase.SURVEY, survey_items=tuple(asked), survey_ticket=ticket, silences=0)
    return _next(state, (wording.say("voice_survey_start"),), wording)


def rated(state: CallState, heard: Heard, wording: Wording) -> tuple[CallState, Plan, int | None]:
    """Take a rating; anything else is asked for once more, then left out."""
    digits = "".join(filter(str.isdigit, heard.digits))
    if digits.isascii() and digits and WORST <= int(digits[:2]) <= BEST:
        state, plan = _next(state.but(survey_items=state.survey_items[1:], silences=0), (), wording)
        return state, plan, int(digits)
    if state.silences:
        state, plan = _next(state.but(survey_items=state.survey_items[1:], silences=0), (), wording)
        return state, plan, None
    state, plan = _next(state.but(silences=1), (wording.say("voice_survey_again"),), wording)
    return state, plan, None


def _next(state: CallState, before: tuple[str, ...], wording: Wording) -> tuple[CallState, Plan]:
    if not state.survey_items:
        thanks = wording.say("voice_survey_thanks")
        return state.but(phase=Phase.OVER), [Hangup(texts=(thanks,))]
    questions = {
        "attitude": wording.say("voice_survey_attitude"),
        "skill": wording.say("voice_survey_skill"),
        "arrival": wording.say("voice_survey_arrival"),
        "promises": wording.say("voice_survey_promises"),
    }
    texts = (*before, questions[state.survey_items[0]])
    state = state.but(number=state.number + 1, busy=False, said=texts)
    return state, [Ask(texts=texts, number=state.number, seconds=_SECONDS)]
