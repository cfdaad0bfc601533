"""Answers callers when the hotline cannot: `python -m backend.channels.twilio_voice.fallback_app`.

The vendor's fallback address. It needs neither database nor bot nor anything else of the house: an apology, a
message after the tone, which stays with the vendor until the hotline is back, and a file of who called.
Settings, from the environment: YINGSHENG_TWILIO_AUTH_TOKEN and YINGSHENG_VOICE_FALLBACK_URL (what the vendor
calls; requests are refused without), YINGSHENG_VAR_DIR for the notes, YINGSHENG_VOICE_FALLBACK_PORT.
"""

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from twilio.request_validator import RequestValidator
from twilio.twiml.voice_response import VoiceResponse

from backend.wording import Wording

PROJECT_ROOT = Path(__file__).resolve().parents[3]
WORDS = PROJECT_ROOT / "domain" / "_system.yml"
VOICE, LANGUAGE = "Polly.Zhiyu-Neural", "cmn-CN"
MOST_SECONDS = 120
PORT = 8010
NOTED = (
    "CallSid",
    "From",
    "To",
    "ErrorCode",
    "ErrorUrl",
    "RecordingUrl",
    "RecordingSid",
    "RecordingDuration",
)


def application(environ: Mapping[str, str]) -> Starlette:
    """The application, as the environment describes it."""
    return Fallback(environ).app


class Fallback:
    """Apologises, and takes messages."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._token = environ.get("YINGSHENG_TWILIO_AUTH_TOKEN", "")
        self._url = environ.get("YINGSHENG_VOICE_FALLBACK_URL", "").rstrip("/")
        self._notes = Path(environ.get("YINGSHENG_VAR_DIR") or PROJECT_ROOT / "var") / "missed-calls.jsonl"
        self._words = Wording.load(WORDS)
        routes = [
            Route("/fallback", self._call, methods=["POST"]),
            Route("/fallback/message", self._message, methods=["POST"]),
            Route("/healthz", self._health),
        ]
        self.app = Starlette(routes=routes)

    async def _call(self, request: Request) -> Response:
        given = await self._signed(request, "")
        if given is None:
            return PlainTextResponse("signature", 403)
        await run_in_threadpool(self._note, given)
        response = VoiceResponse()
        response.say(self._words.say("voice_fallback_sorry"), voice=VOICE, language=LANGUAGE)
        response.record(
            action="/fallback/message", max_length=MOST_SECONDS, finish_on_key="#", play_beep=True
        )
        response.say(self._words.say("voice_fallback_bye"), voice=VOICE, language=LANGUAGE)
        return Response(str(response), media_type="text/xml")

    async def _message(self, request: Request) -> Response:
        given = await self._signed(request, "/message")
        if given is None:
            return PlainTextResponse("signature", 403)
        await run_in_threadpool(self._note, given)
        response = VoiceResponse()
        response.say(self._words.say("voice_fallback_thanks"), voice=VOICE, language=LANGUAGE)
        response.hangup()
        return Response(str(response), media_type="text/xml")

    async def _health(self, _request: Request) -> Response:
        return PlainTextResponse("ok")

    async def _signed(self, request: Request, path: str) -> dict[str, str] | None:
        """The parameters, if the vendor signed them."""
        form = await request.form()
        given = request.headers.get("X-Twilio-Signature", "")
        if not (self._token and self._url and given):
            return None
        if not RequestValidator(self._token).validate(f"{self._url}{path}", form, given):
            return None
        return {name: value for name, value in form.items() if isinstance(value, str)}

    def _note(self, given: Mapping[str, str]) -> None:
        line = {"at": datetime.now(UTC).isoformat(), **{name: given[name] for name in NOTED if name in given}}
        self._notes.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._notes, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    port = int(os.environ.get("YINGSHENG_VOICE_FALLBACK_PORT") or PORT)
    uvicorn.run(application(os.environ), host="127.0.0.1", port=port, log_level="warning")
