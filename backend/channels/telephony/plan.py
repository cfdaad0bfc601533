"""What a call does next, in the words of no carrier. Pure.

A plan is a list of steps; its last one waits for the caller, hands the call on or ends it. Plans are stored,
so that a request that is delivered twice gets the same answer.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter


class Keys(StrEnum):
    """What the caller may key: one key, which acts at once, or a number that `#` ends."""

    ONE = "one"
    NUMBER = "number"


class _Step(BaseModel):
    model_config = ConfigDict(frozen=True)


class Say(_Step):
    """Say something that cannot be talked over."""

    kind: Literal["say"] = "say"
    text: str


class Ask(_Step):
    """Say something that may be interrupted, and listen. `number` is the turn that the answer belongs to."""

    kind: Literal["ask"] = "ask"
    texts: tuple[str, ...]
    keys: Keys = Keys.ONE
    number: int
    seconds: int = Field(default=5, description="Silence after which nothing was said")


class Wait(_Step):
    """Say that it takes a moment, and ask again what to do."""

    kind: Literal["wait"] = "wait"
    text: str
    number: int


class Queue(_Step):
    """Let the caller wait for a person, in a queue of the call's own."""

    kind: Literal["queue"] = "queue"
    texts: tuple[str, ...] = ()


class Music(_Step):
    """One round of waiting in the queue: what is said, then music."""

    kind: Literal["music"] = "music"
    texts: tuple[str, ...] = ()


class Leave(_Step):
    """Take the caller out of the queue; what comes then is asked."""

    kind: Literal["leave"] = "leave"


class Continue(_Step):
    """Ask what the call does now."""

    kind: Literal["continue"] = "continue"


class Voicemail(_Step):
    """Record a message after the tone."""

    kind: Literal["voicemail"] = "voicemail"
    texts: tuple[str, ...]
    seconds: int = Field(default=120, description="Longest message")


class Hangup(_Step):
    """Say something, if there is something, and end the call."""

    kind: Literal["hangup"] = "hangup"
    texts: tuple[str, ...] = ()


Step = Annotated[
    Say | Ask | Wait | Queue | Music | Leave | Continue | Voicemail | Hangup, Field(discriminator="kind")
]
Plan = list[Step]
PLAN: TypeAdapter[Plan] = TypeAdapter(Plan)
"""Reads and writes plans as JSON."""
