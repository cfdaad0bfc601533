"""The backend's service endpoints, as far as a script answers them; the real ones are in tests/dialogue."""

import asyncio
from collections.abc import Callable
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.intake_form import IntakeForm
from actions.outcome import Outcome
from actions.uttering import utter
from actions.wording import Wording

NUMBER, OTHER_NUMBER = "26112300017", "26112300028"
REFUSED = {404: "not_found", 409: "illegal_step", 429: "too_many_attempts", 500: "internal"}
PROMISE = {
    "clock_id": "first_contact",
    "what": "有专人与您联系",
    "due_at": "2099-11-23T07:30:00Z",
    "amount": 4.0,
    "unit": "working_hours",
    "counts_now": True,
}


def progress(number: str = NUMBER, **changes: Any) -> dict[str, Any]:
    return {
        "number": number,
        "title": "热水器 · 漏水",
        "open": True,
        "status": "您的事情已经登记。",
        "next_step": "我们会先核实。",
        "promise": PROMISE,
        "awaiting_customer": False,
        "urged": 0,
    } | changes


class ScriptedBackend:
    """Answers by the end of the path; a status instead of a body is a refusal. `seen` is what was asked."""

    def __init__(self, **answers: Any) -> None:
        self.answers = {"own": {"phone": None, "items": []}} | answers
        self.seen: list[tuple[str, dict[str, Any]]] = []

    async def handle(self, request: web.Request) -> web.Response:
        name = request.path.rsplit("/", 1)[1]
        body = await request.json() if request.can_read_body else dict(request.query)
        self.seen.append((name, body))
        answer = self.answers[name]
        answer = answer(body) if isinstance(answer, Callable) else answer
        if isinstance(answer, int):
            headers = {"Retry-After": "1200"} if answer == 429 else {}
            return web.json_response({"error": {"code": REFUSED[answer]}}, status=answer, headers=headers)
        if "refused_for" in answer:
            error = {"code": "illegal_step", "missing": answer["refused_for"]}
            return web.json_response({"error": error}, status=409)
        return web.json_response(answer)

    def asked(self, name: str) -> list[dict[str, Any]]:
        return [body for seen, body in self.seen if seen == name]


class FormTalk:
    """A conversation with one form against a scripted backend; keeps slots as Rasa's tracker does."""

    def __init__(self, form: IntakeForm, backend: ScriptedBackend, monkeypatch: Any, **slots: Any) -> None:
        self.form, self.backend, self.patch = form, backend, monkeypatch
        self.slots: dict[str, Any] = {"intake": None, "requested_slot": None, **slots}
        self.events: list[dict[str, Any]] = []
        self.messages: list[dict[str, Any]] = []
        self.said: list[str] = []
        monkeypatch.setattr("actions.intake_form.utter", self._utter)

    def _utter(self, dispatcher: CollectingDispatcher, outcome: Outcome, wording: Wording) -> None:
        self.said = [saying.response for saying in outcome.says]
        utter(dispatcher, outcome, wording)

    def say(self, text: str, intent: str = "inform", **parsed: Any) -> list[str]:
        """Say something; returns the names of the responses."""
        channel = parsed.pop("channel", "web")
        message = {
            "text": text,
            "intent": {"name": intent, "confidence": 0.9},
            "metadata": {"channel": channel, "message_id": f"m{len(self.backend.seen)}"},
            "entities": [],
        } | parsed
        self.events, self.messages = asyncio.run(self._run(message))
        for event in self.events:
            if event.get("event") == "slot":
                self.slots[event["name"]] = event["value"]
        return self.said

    async def _run(self, message: dict[str, Any]) -> tuple[list[Any], list[Any]]:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self.backend.handle)
        tracker = Tracker("c1", dict(self.slots), message, [], False, None, {}, "action_listen")
        dispatcher = CollectingDispatcher()
        async with TestServer(app) as server:
            self.patch.setenv("YINGSHENG_BACKEND_URL", str(server.make_url("")).rstrip("/"))
            return await self.form.run(dispatcher, tracker, {}), dispatcher.messages

    @property
    def asked(self) -> str | None:
        return self.slots["requested_slot"]

    @property
    def over(self) -> bool:
        return self.slots["requested_slot"] is None

    @property
    def buttons(self) -> list[str]:
        return [button["title"] for button in self.messages[-1].get("buttons") or []]

    @property
    def goes_on_with(self) -> str | None:
        return next((event["name"] for event in self.events if event.get("event") == "followup"), None)


def faq(*candidates: tuple[str, float], sure: bool = True, topic: str | None = "fees") -> dict[str, Any]:
    rows = [{"id": name, "score": score} for name, score in candidates]
    return {"topic": topic, "topic_confidence": 0.9, "candidates": rows, "sure": sure}
