"""Lets the backend ask which entries of data/faq a text may ask for, without a conversation.

Rasa's own HTTP API has `/model/parse` for this, but whoever switches it on also lets every program on this
machine read trackers and exchange the model. Here nothing else is opened.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, HTTPResponse, Request, response

from actions.faq_answers import answers
from actions.faq_finding import FaqFinding


class SuggestingInput(InputChannel):
    """`POST /webhooks/suggesting/answers` with `{"text": ...}`; nothing is remembered."""

    @classmethod
    def name(cls) -> str:
        """Return the part of the address that names this channel."""
        return "suggesting"

    def blueprint(
        self,
        on_new_message: Callable[[UserMessage], Awaitable[Any]],  # noqa: ARG002  # the signature is Rasa's
    ) -> Blueprint:
        """Return the route; no message ever reaches a conversation."""
        routes = Blueprint("suggesting")

        @routes.post("/answers")
        async def suggest(request: Request) -> HTTPResponse:
            text = request.json.get("text") if isinstance(request.json, dict) else None
            if not isinstance(text, str):
                return response.json({"error": "a text is needed"}, status=400)
            return response.json(suggested(await request.app.ctx.agent.parse_message(text)))

        return routes


def suggested(parsed: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the entries that were found, with question, answer, score and clauses, likeliest first."""
    finding = FaqFinding.from_mapping(parsed.get("faq"))
    return [
        {
            "question": answers()[entry].question,
            "answer": answers()[entry].text,
            "score": score,
            "sure": finding.entry == entry,
            "source": list(answers()[entry].source),
        }
        for entry, score in finding.candidates
    ]
