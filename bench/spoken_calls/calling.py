"""A simulated customer on the telephone: what they say goes through a voice, a line and a recogniser."""

import json
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from bench.spoken_calls.scoring import as_said, errors
from tests.support.simulated_customer.questions import titles
from tests.support.talk import HotlineApi, told_number
from tests.support.telephone import Telephone

HERE = Path(__file__).resolve().parent
SLOWLY = 0.8
CLOSE_ENOUGH = 0.35
"""Share of wrong characters up to which a caller takes what was heard for what was said."""

MOST_CONFIRMATIONS = 3
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s,\u3001\uff0c]+(?=\d)")
_HOLE = re.compile(r"\\\{\w+\\\}")


@dataclass
class Hearing:
    """What was said and what arrived."""

    said: str
    heard: str
    confidence: float


class Voice:
    """The process that speaks and hears; a context manager."""

    def __init__(self, python: Path, models: Path, prompt: str) -> None:
        command = [str(python), str(HERE / "voice_and_ear.py"), str(models), prompt]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.hearings: list[Hearing] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()

    def carry(self, text: str, speed: float = 1.0) -> Hearing:
        """Say it, and hear it at the other end."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"text": as_said(text), "speed": speed}) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"the voice ended with {self._process.wait()}")
        hearing = Hearing(as_said(text), **json.loads(answer))
        self.hearings.append(hearing)
        return hearing


@dataclass
class SpokenChat:
    """A call that is talked to like a chat. Without a voice, words arrive as they were said."""

    api: HotlineApi
    telephone: Telephone
    voice: Voice | None
    number: str | None = None
    heard: list[list[str]] = field(default_factory=list)

    def say(self, text: str) -> str:
        """Say it, settle what the telephone itself asks, and return what the hotline says then.

        A picture cannot be said; who would send one agrees in words.
        """
        text = text if any(map(str.isalnum, text)) else titles("utter_choice_confirm")[0]
        if self.voice is not None:
            self.heard.append([])
        reply = self._say(text)
        for _ in range(MOST_CONFIRMATIONS):
            again = self._settled(reply, text)
            if again is None:
                break
            reply = again
        self.number = told_number(reply)
        return reply

    def tickets(self) -> list[dict]:
        """The ticket whose number was told."""
        return [self.api.ticket(self.number)] if self.number else []

    def _say(self, text: str, speed: float = 1.0) -> str:
        if self.telephone.over:
            return ""
        if self.voice is None:
            return _joined(self.telephone.say(text))
        hearing = self.voice.carry(text, speed)
        self.heard[-1].append(f"{hearing.heard} ({hearing.confidence:.2f})")
        return _joined(self.telephone.hear(hearing.heard, hearing.confidence))

    def _settled(self, reply: str, text: str) -> str | None:
        """What comes after a question of the telephone's own; None if it asks none."""
        if self.telephone.over:
            return None
        doubtful = _asked("utter_system_voice_confirm_words", reply)
        if doubtful:
            wrong, of = errors(text, doubtful.group(1))
            if wrong <= CLOSE_ENOUGH * of:
                return self._key("1")
            self._key("2")
            return self._say(text, SLOWLY)
        if _asked("utter_system_voice_offer_number", reply):
            return self._key("1")
        if _asked("utter_system_voice_silence", reply) or _asked("utter_system_voice_silence_again", reply):
            return self._say(text, SLOWLY)
        return None

    def _key(self, key: str) -> str:
        return _joined(self.telephone.key(key))


def _asked(response: str, reply: str) -> re.Match[str] | None:
    """Whether the hotline said this, with what it filled in."""
    (words,) = titles(response)
    return re.search(_HOLE.sub("(.+?)", re.escape(words)), reply)


def _joined(said: list[str]) -> str:
    """Everything said, digits closed up."""
    return _BETWEEN_DIGITS.sub("", "\n".join(said))
