"""Who is on a call, and what the desk can do with it. Pure."""

from enum import StrEnum

from backend.channels.telephony.call_state import Phase

WITH_AGENT = frozenset({Phase.TALKING, Phase.TYPED, Phase.SPOKEN})
"""Where a call may be that a person has; it is TALKING until it asks for the first time what to do."""


class Standing(StrEnum):
    """Who the caller is with."""

    BOT = "bot"
    QUEUED = "queued"
    RINGING = "ringing"
    TYPED = "typed"
    SPOKEN = "spoken"
    HELD = "held"
    VOICEMAIL = "voicemail"
    SURVEY = "survey"
    ENDED = "ended"


class Deed(StrEnum):
    """What the desk can do with a call."""

    HOLD = "hold"
    RESUME = "resume"
    HANG_UP = "hang_up"


_BY_PHASE = {
    Phase.OVER: Standing.ENDED,
    Phase.VOICEMAIL: Standing.VOICEMAIL,
    Phase.SURVEY: Standing.SURVEY,
    Phase.HELD: Standing.HELD,
    Phase.SPOKEN: Standing.SPOKEN,
}


def standing(phase: Phase, owner: str, *, rings: bool, ended: bool) -> Standing:
    """Who the caller is with: `owner` is the conversation's, `rings` whether an agent's telephone does."""
    if ended:
        return Standing.ENDED
    if phase in _BY_PHASE:
        return _BY_PHASE[phase]
    if owner == "agent":
        return Standing.RINGING if rings and phase is Phase.QUEUED else Standing.TYPED
    return Standing.QUEUED if owner == "queue" else Standing.BOT


def deeds(phase: Phase, owner: str, *, ended: bool) -> tuple[Deed, ...]:
    """What can be done now, the likeliest first."""
    if ended or phase is Phase.OVER:
        return ()
    if phase is Phase.HELD:
        return (Deed.RESUME, Deed.HANG_UP)
    if owner == "agent" and phase in WITH_AGENT:
        return (Deed.HOLD, Deed.HANG_UP)
    return (Deed.HANG_UP,)
