"""Where a call stands between two requests of its carrier. Pure."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from backend.channels.telephony.plan import Keys


class Phase(StrEnum):
    """Who the caller is with: the bot, nobody yet, somebody who types, who talks, who keeps them waiting."""

    TALKING = "talking"
    QUEUED = "queued"
    TYPED = "typed"
    SPOKEN = "spoken"
    HELD = "held"
    VOICEMAIL = "voicemail"
    SURVEY = "survey"
    OVER = "over"


class OpenQuestion(BaseModel):
    """A question of our own that is answered by yes or no: by key 1 or 2, or in words.

    Attributes:
        yes: what the dialogue is told upon yes.
        no: what the caller is told upon no.
        keys_after: what may be keyed after a no.
    """

    model_config = ConfigDict(frozen=True)

    yes: str
    no: str
    keys_after: Keys = Keys.ONE


class CallState(BaseModel):
    """All that is remembered of a call beside its conversation.

    Attributes:
        since: when this phase began; none before the first one ended.
        number: the turn that is asked for next; requests of earlier turns get the answer they got.
        busy: a request of this turn is being handled.
        said: what the caller heard last, for who asks to hear it again.
        choices: what the keys 1 to 4 mean.
        silences: how often nothing was said in a row.
        doubted: what was said last was so badly heard that it was confirmed; it is not asked twice in a row.
        binding: a code from WeChat is waited for.
        offered_number: the caller's own number was offered as the one to call back.
        awaiting: id of the message whose answer is waited for.
        waits: how often the caller was asked to wait for it.
        spoken_seq: the last message of the conversation that the caller heard.
        survey_items: what is still to be rated after a talk with a person.
        survey_ticket: number of the ticket that the ratings belong to.
    """

    model_config = ConfigDict(frozen=True)

    phase: Phase = Phase.TALKING
    since: datetime | None = None
    number: int = 1
    busy: bool = False
    said: tuple[str, ...] = ()
    keys: Keys = Keys.ONE
    choices: tuple[str, ...] = ()
    question: OpenQuestion | None = None
    silences: int = 0
    doubted: bool = False
    binding: bool = False
    offered_number: bool = False
    awaiting: str | None = None
    waits: int = 0
    spoken_seq: int = 0
    survey_items: tuple[str, ...] = ()
    survey_ticket: str | None = None

    def but(self, **changes: object) -> "CallState":
        """The same with some things changed."""
        return self.model_copy(update=changes)
