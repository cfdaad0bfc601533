"""A quote is answered by plain words only; without one, yes and no are courtesies."""

import asyncio

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import quote_answer
from actions.backend_answers import OpenQuote
from actions.quote_answer import ActionYesOrNo


class Backend:
    def __init__(self, quotes):
        self.quotes = quotes
        self.answered = []

    async def open_quotes(self, conversation_id):
        assert conversation_id == "c"
        return self.quotes

    async def answer_quote(self, quote_id, conversation_id, answer):
        self.answered.append((quote_id, conversation_id, answer))


def said(monkeypatch, text, intent, quotes):
    backend = Backend(quotes)
    monkeypatch.setattr(quote_answer.BackendClient, "from_environment", lambda: backend)
    message = {"text": text, "intent": {"name": intent, "confidence": 0.99}, "entities": []}
    tracker = Tracker("c", {}, message, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    asyncio.run(ActionYesOrNo().run(dispatcher, tracker, {}))
    return dispatcher.messages[0]["response"], backend.answered


QUOTES = (OpenQuote("q1", "S1", "180.00"), OpenQuote("q2", "S2", "90.00"))


@pytest.mark.parametrize(
    ("text", "intent", "quotes", "response", "answered"),
    [
        ("同意", "affirm", QUOTES, "utter_quote_agreed", [("q1", "c", "agreed")]),
        ("不同意报价", "deny", QUOTES, "utter_quote_declined", [("q1", "c", "declined")]),
        ("好的", "affirm", QUOTES, "utter_quote_plainly", []),
        ("不用了", "deny", QUOTES, "utter_quote_plainly", []),
        ("同意", "affirm", (), "utter_affirm", []),
        ("不用了", "deny", (), "utter_deny", []),
    ],
)
def test_yes_and_no(monkeypatch, text, intent, quotes, response, answered):
    assert said(monkeypatch, text, intent, quotes) == (response, answered)
