"""Plays TwiML on the caller's side, as the vendor would.

https://www.twilio.com/docs/voice/twiml. It speaks to an `Ear` and asks it what the caller does; documents
come from a `Line`.
"""

import contextlib
import time
from collections.abc import Iterator
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from cli.phone.ear import Ear, HangUp, Sound
from cli.phone.line import CALL_PATH, Line, LineError
from cli.phone.relay import Relay

MOST_DOCUMENTS = 500
MOST_IN_QUEUE = 200
ONE_ROUND_SECONDS = 11


class UnplayableError(Exception):
    """The hotline sent what this telephone cannot play: `verb`, or no TwiML at all."""

    def __init__(self, reason: str, verb: str = "") -> None:
        super().__init__(reason)
        self.verb = verb


class Player:
    """One call."""

    def __init__(self, line: Line, ear: Ear, pace: float = 1.0) -> None:
        self._line = line
        self._ear = ear
        self._pace = pace
        self._at = urljoin(line.base, CALL_PATH)

    def call(self) -> None:
        """Call, until somebody hangs up.

        Raises:
            LineError: nobody answers.
            UnplayableError: the hotline sent what cannot be played; it was told that the call is over.
        """
        document = self._line.post(self._at, {"CallStatus": "ringing"})
        try:
            for _ in range(MOST_DOCUMENTS):
                document = self._play(parsed(document))
        except (HangUp, KeyboardInterrupt):
            pass
        except (LineError, UnplayableError):
            with contextlib.suppress(LineError):
                self._line.hang_up()
            raise
        self._line.hang_up()

    def _play(self, response: Element) -> str:
        """Play a document up to the verb that asks for the next one."""
        for verb in response:
            following = self._verb(verb)
            if following is not None:
                return following
        raise HangUp

    def _verb(self, verb: Element) -> str | None:
        """Play it; the next document, if the verb asks for one."""
        match verb.tag:
            case "Gather":
                return self._gather(verb)
            case "Record":
                return self._record(verb)
            case "Enqueue":
                return self._enqueue(verb)
            case "Connect":
                return self._connect(verb)
            case "Redirect":
                return self._ask((verb.text or "").strip(), {})
            case _:
                self._sound(verb)
                return None

    def _sound(self, verb: Element) -> None:
        match verb.tag:
            case "Say":
                self._ear.hear(spoken(verb))
            case "Play":
                self._ear.notice(Sound.MUSIC)
            case "Pause":
                time.sleep(int(verb.get("length", "1")) * self._pace)
            case "Dial":
                self._ear.notice(Sound.RINGING)
            case "Hangup" | "Reject":
                raise HangUp
            case unknown:
                raise UnplayableError(f"<{unknown}>", unknown)

    def _gather(self, verb: Element) -> str | None:
        for inner in verb:
            self._verb(inner)
        did = self._ear.act(keys="dtmf" in verb.get("input", "dtmf"), one_key=verb.get("numDigits") == "1")
        given = {"SpeechResult": did.speech, "Confidence": str(did.confidence)} if did.speech else {}
        if did.digits:
            given = {"Digits": self._cut(verb, did.digits)}
        if not given and verb.get("actionOnEmptyResult") != "true":
            return None
        return self._ask(verb.get("action", self._at), given or {"SpeechResult": ""})

    @staticmethod
    def _cut(verb: Element, digits: str) -> str:
        end = verb.get("finishOnKey", "#")
        most = int(verb.get("numDigits", "0")) or len(digits)
        return (digits.partition(end)[0] if end else digits)[:most]

    def _record(self, verb: Element) -> str | None:
        self._ear.notice(Sound.TONE)
        seconds = self._ear.record(int(verb.get("maxLength", "3600")))
        if not seconds:
            return None
        given = {"RecordingDuration": str(seconds), "RecordingUrl": "https://api.twilio.com/recording/demo"}
        return self._ask(verb.get("action", self._at), given)

    def _connect(self, verb: Element) -> str | None:
        noun = verb.find("ConversationRelay")
        if noun is None:
            name = next((inner.tag for inner in verb), verb.tag)
            raise UnplayableError(f"<{name}>", name)
        reported = Relay(self._line, self._ear, noun, self._pace).hold()
        return self._ask(verb.get("action", ""), reported) if verb.get("action") else None

    def _enqueue(self, verb: Element) -> str:
        """Wait in the queue, until the hotline lets the caller leave it."""
        action, room = verb.get("action", self._at), urljoin(self._at, verb.get("waitUrl", ""))
        address, waited = room, 0
        given: dict[str, str] = {}
        for _ in range(MOST_IN_QUEUE):
            place = {"QueueTime": str(waited), "QueuePosition": "1", "CurrentQueueSize": "1"}
            document = parsed(self._line.post(address, {**place, **given}))
            if any(step.tag == "Leave" for step in document):
                return self._ask(action, {"QueueResult": "leave", "QueueTime": str(waited)})
            pressed = self._wait_round(document)
            if pressed:
                address, given = urljoin(address, pressed[0]), {"Digits": pressed[1]}
            else:
                address, given, waited = room, {}, waited + ONE_ROUND_SECONDS
        return self._ask(action, {"QueueResult": "error", "QueueTime": str(waited)})

    def _wait_round(self, document: Element) -> tuple[str, str] | None:
        """What is heard while waiting; the action and the keys, if one listens and some are pressed."""
        gather = document.find("Gather")
        for step in document:
            for inner in step if step is gather else (step,):
                self._verb(inner)
        self._ear.notice(Sound.WAITING)
        until = time.monotonic() + ONE_ROUND_SECONDS * self._pace
        while (left := until - time.monotonic()) > 0:
            did = self._ear.act_within(left, speech=False)
            digits = self._cut(gather, did.digits) if did and gather is not None else ""
            if digits and gather is not None:
                return gather.get("action", ""), digits
        return None

    def _ask(self, address: str, given: dict[str, str]) -> str:
        self._at = urljoin(self._at, address)
        return self._line.post(self._at, given)


def parsed(document: str) -> Element:
    """A TwiML document.

    Raises:
        UnplayableError: it is something else.
    """
    try:
        response: Element = fromstring(document)
    except (ParseError, DefusedXmlException) as error:
        raise UnplayableError(str(error)) from error
    if response.tag != "Response":
        raise UnplayableError(f"<{response.tag}>")
    return response


def spoken(verb: Element) -> str:
    """What a <Say> says, its mark-up left out."""
    return "".join(_texts(verb)).strip()


def _texts(element: Element) -> Iterator[str]:
    yield element.text or ""
    for inner in element:
        digits = inner.get("interpret-as") in {"digits", "telephone"}
        words = "".join(_texts(inner))
        yield " ".join(words) if digits else words
        yield inner.tail or ""
