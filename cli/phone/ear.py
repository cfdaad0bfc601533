"""The person on the telephone, as the telephone knows them: what they hear, and what they do."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class HangUp(Exception):  # noqa: N818  # no error: the caller, or the hotline, hangs up
    """The call is over."""


@dataclass(frozen=True, slots=True)
class Did:
    """What the caller does when asked: speaks, keys, or neither."""

    speech: str = ""
    digits: str = ""
    confidence: float = 0.9


class Sound(StrEnum):
    """Things that are heard beside words."""

    MUSIC = "music"
    TONE = "tone"
    RINGING = "ringing"
    WAITING = "waiting"


class Ear(Protocol):
    """The person on the telephone."""

    def hear(self, text: str) -> None:
        """Something is said."""
        ...

    def notice(self, sound: Sound) -> None:
        """Something else is heard."""
        ...

    def act(self, *, keys: bool, one_key: bool) -> Did:
        """What the caller says or keys now.

        Raises:
            HangUp: the caller hangs up.
        """
        ...

    def act_within(self, seconds: float, *, speech: bool) -> Did | None:
        """What the caller does within so long, if anything; without `speech` nobody listens to words.

        Raises:
            HangUp: the caller hangs up.
        """
        ...

    def record(self, seconds: int) -> int:
        """The caller speaks after the tone; returns for how many seconds.

        Raises:
            HangUp: the caller hangs up.
        """
        ...
