"""ConversationRelay as the vendor holds it: words go over a WebSocket, what comes back is spoken.

https://www.twilio.com/docs/voice/conversationrelay/websocket-messages
"""

import json
import secrets
import time
from typing import Any
from xml.etree.ElementTree import Element

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from cli.phone.ear import Did, Ear, Sound
from cli.phone.line import ACCOUNT, Line

ANSWER_SECONDS = 10.0
"""So long an answer is waited for before the caller may go on: the hotline lets nobody wait longer."""
QUIET_SECONDS = 0.3
POLL_SECONDS = 0.2
CHARACTER_SECONDS = 0.2
LOST = "64105"
UNHEARD = frozenset({"sendDigits", "language"})


class Speech:
    """What is being spoken, and how far it has come. Seconds are those of a clock of the caller's choice."""

    def __init__(self, pace: float) -> None:
        self._second = CHARACTER_SECONDS * pace
        self._words = ""
        self._from = self._until = 0.0
        self._interruptible = True

    def add(self, words: str, now: float, *, interruptible: bool) -> None:
        """Say this next."""
        if now >= self._until:
            self._words, self._from, self._until = "", now, now
        self._words += words
        self._until += len(words) * self._second
        self._interruptible = interruptible

    def cut(self, now: float) -> tuple[str, int] | None:
        """Stop it: what was heard of it, and for how many ms; nothing if it is over or must be heard."""
        if now >= self._until or not self._interruptible:
            return None
        share = (now - self._from) / (self._until - self._from)
        self._until = now
        return self._words[: int(share * len(self._words))], int((now - self._from) * 1_000)


class Relay:
    """One session, of a <ConversationRelay>."""

    def __init__(self, line: Line, ear: Ear, noun: Element, pace: float = 1.0) -> None:
        self._line = line
        self._ear = ear
        self._noun = noun
        self._speech = Speech(pace)
        self._tokens = ""
        self._id = f"VX{secrets.token_hex(16)}"

    def hold(self) -> dict[str, str]:
        """Talk until the session ends; returns what is reported of it to the action.

        Raises:
            SocketError: the WebSocket cannot be opened.
            HangUp: the caller hangs up.
        """
        began = time.monotonic()
        with self._line.connect() as socket:
            try:
                handed = self._talk(socket)
                ended = {"SessionStatus": "ended", "HandoffData": handed}
            except ConnectionClosed as closed:
                ended = {"SessionStatus": "failed", "ErrorCode": LOST, "ErrorMessage": str(closed)}
        return {"SessionId": self._id, "SessionDuration": str(int(time.monotonic() - began)), **ended}

    def _talk(self, socket: ClientConnection) -> str:
        """Until the hotline ends it; returns what it hands over."""
        self._send(socket, self._setup())
        greeting = self._noun.get("welcomeGreeting", "")
        if greeting:
            self._say(greeting, interruptible=self._noun.get("welcomeGreetingInterruptible", "any") != "none")
        patience = 0.0
        while (handed := self._answers(socket, patience)) is None:
            did = self._ear.act_within(POLL_SECONDS, speech=True)
            patience = ANSWER_SECONDS if did and self._do(socket, did) else 0.0
        return handed

    def _answers(self, socket: ClientConnection, seconds: float) -> str | None:
        """Hear what comes within so long, and what follows at once; at the end, what is handed over."""
        while True:
            try:
                message = socket.recv(timeout=seconds)
            except TimeoutError:
                return None
            handed = self._on(socket, message)
            if handed is not None:
                return handed
            seconds = QUIET_SECONDS

    def _on(self, socket: ClientConnection, message: str | bytes) -> str | None:
        match _read(message):
            case {"type": "end", **more}:
                return str(more.get("handoffData", ""))
            case {"type": "text", "token": str(token), **more}:
                self._tokens += token
                if more.get("last"):
                    words, self._tokens = self._tokens, ""
                    self._say(words, interruptible=bool(more.get("interruptible", True)))
            case {"type": "play", "source": str()}:
                self._ear.notice(Sound.MUSIC)
            case {"type": str(known)} if known in UNHEARD:
                pass
            case _:
                self._send(socket, {"type": "error", "description": f"Invalid message received: {message!r}"})
        return None

    def _do(self, socket: ClientConnection, did: Did) -> bool:
        """Send what the caller does; whether they did anything that is heard."""
        if did.digits:
            if self._noun.get("dtmfDetection") != "true":
                return False
            self._speech.cut(time.monotonic())
            for digit in did.digits:
                self._send(socket, {"type": "dtmf", "digit": digit})
            return True
        if not did.speech:
            return False
        cut = self._speech.cut(time.monotonic())
        if cut:
            interrupt = {"utteranceUntilInterrupt": cut[0], "durationUntilInterruptMs": str(cut[1])}
            self._send(socket, {"type": "interrupt", **interrupt})
        language = self._noun.get("transcriptionLanguage") or self._noun.get("language", "en-US")
        prompt = {"type": "prompt", "voicePrompt": did.speech, "lang": language, "last": True}
        self._send(socket, prompt)
        return True

    def _say(self, words: str, *, interruptible: bool) -> None:
        self._speech.add(words, time.monotonic(), interruptible=interruptible)
        self._ear.hear(words)

    def _setup(self) -> dict[str, Any]:
        parameters = {item.get("name", ""): item.get("value", "") for item in self._noun.iter("Parameter")}
        return {
            "type": "setup",
            "sessionId": self._id,
            "accountSid": ACCOUNT,
            "callSid": self._line.call_id,
            "parentCallSid": "",
            "from": self._line.caller,
            "to": self._line.called,
            "forwardedFrom": "",
            "callerName": "",
            "callType": "PSTN",
            "direction": "inbound",
            "callStatus": "IN-PROGRESS",
            "customParameters": parameters,
        }

    @staticmethod
    def _send(socket: ClientConnection, message: dict[str, Any]) -> None:
        socket.send(json.dumps(message, ensure_ascii=False))


def _read(message: str | bytes) -> object:
    try:
        return json.loads(message)
    except ValueError:
        return None
