"""What a caller means by words or keys, as far as the telephone itself is concerned. Pure.

Everything else is the dialogue's to understand.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from backend.channels.telephony.call_state import CallState
from backend.channels.telephony.plan import Keys
from backend.wording import Wording

SHORT = 12
"""Characters up to which a phrase that occurs in what was said is what was meant."""
REPEAT_KEY = "*"
LEAST_DIGITS = 4
_NOT_HEARD = re.compile(r"[\W_]+")
_NOT_KEYED = re.compile(r"[^0-9*]")
_STOPS = ",.;\u3001\u3002\uff0c\uff0e\uff1b"
_SEPARATOR = "\N{IDEOGRAPHIC COMMA}"


@dataclass(frozen=True, slots=True)
class Heard:
    """What a carrier reports: recognised words with how sure it is of them (0 to 1, if it says), or keys."""

    speech: str = ""
    digits: str = ""
    confidence: float | None = None


class Meaning(StrEnum):
    """What the telephone does about it."""

    SILENCE = "silence"
    REPEAT = "repeat"
    PERSON = "person"
    MENU = "menu"
    BIND = "bind"
    YES = "yes"
    NO = "no"
    WORDS = "words"
    DOUBTFUL = "doubtful"
    NUMBER = "number"
    UNKNOWN_KEY = "unknown_key"


COMMANDS = {"0": Meaning.PERSON, "9": Meaning.MENU}
ANSWERS = {"1": Meaning.YES, "2": Meaning.NO}


@dataclass(frozen=True, slots=True)
class Understood:
    """A meaning, with the words or digits that carry it."""

    meaning: Meaning
    text: str = ""


@dataclass(frozen=True, slots=True)
class Ear:
    """Phrases that mean something to the telephone; below `sure`, recognition is not trusted."""

    repeat: tuple[str, ...]
    person: tuple[str, ...]
    bind: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    bye: tuple[str, ...]
    sure: float

    @classmethod
    def of(cls, wording: Wording, sure: float) -> "Ear":
        """The phrases as `domain/_system.yml` lists them."""
        return cls(
            repeat=_listed(wording.say("voice_marks_repeat")),
            person=_listed(wording.say("voice_marks_person")),
            bind=_listed(wording.say("voice_marks_bind")),
            yes=_listed(wording.say("voice_marks_yes")),
            no=_listed(wording.say("voice_marks_no")),
            bye=_listed(wording.say("voice_marks_bye")),
            sure=sure,
        )

    def says_goodbye(self, text: str) -> bool:
        """Whether the caller is about to hang up."""
        return _marked(text, self.bye)


def understood(state: CallState, heard: Heard, ear: Ear) -> Understood:
    """What was meant. Of speech and keys, keys count: nobody presses one by mistake of recognition."""
    digits = _NOT_KEYED.sub("", heard.digits)
    if digits:
        return _keyed(state, digits)
    words = _without_stops(heard.speech)
    if not any(unicodedata.category(sign)[0] not in "ZC" for sign in words):
        return Understood(Meaning.SILENCE)
    wishes = ((ear.repeat, Meaning.REPEAT), (ear.person, Meaning.PERSON), (ear.bind, Meaning.BIND))
    for phrases, meaning in wishes:
        if _marked(words, phrases):
            return Understood(meaning, words)
    answer = _yes_or_no(words, ear) if state.question is not None else None
    if answer is not None:
        return Understood(answer)
    unsure = heard.confidence is not None and 0 < heard.confidence < ear.sure
    return Understood(Meaning.DOUBTFUL if unsure and not state.doubted else Meaning.WORDS, words)


def _yes_or_no(words: str, ear: Ear) -> Meaning | None:
    said = _plain(words)
    if said in ear.no or _marked(words, tuple(phrase for phrase in ear.no if len(phrase) > 1)):
        return Meaning.NO
    if said in ear.yes or _marked(words, tuple(phrase for phrase in ear.yes if len(phrase) > 1)):
        return Meaning.YES
    return None


def _keyed(state: CallState, digits: str) -> Understood:
    if REPEAT_KEY in digits:
        return Understood(Meaning.REPEAT)
    if digits in COMMANDS:
        return Understood(COMMANDS[digits])
    if state.question is not None and digits in ANSWERS:
        return Understood(ANSWERS[digits])
    if len(digits) >= LEAST_DIGITS or (state.keys is Keys.NUMBER and len(digits) > 1):
        return Understood(Meaning.NUMBER, digits)
    if len(digits) == 1 and int(digits) <= len(state.choices):
        return Understood(Meaning.WORDS, state.choices[int(digits) - 1])
    return Understood(Meaning.UNKNOWN_KEY, digits)


def _without_stops(speech: str) -> str:
    """The words alone: where a recogniser puts a comma or a full stop at the end, nobody said one."""
    return speech.strip().rstrip(_STOPS).rstrip()


def _marked(words: str, phrases: tuple[str, ...]) -> bool:
    said = _plain(words)
    return len(said) <= SHORT and any(phrase in said for phrase in phrases)


def _plain(words: str) -> str:
    return _NOT_HEARD.sub("", unicodedata.normalize("NFKC", words)).lower()


def _listed(text: str) -> tuple[str, ...]:
    return tuple(_plain(phrase) for phrase in text.split(_SEPARATOR))
