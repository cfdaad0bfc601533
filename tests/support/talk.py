"""Talking to the running product over its public HTTP API, and a customer who answers what is asked."""

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

import httpx

TICKET_NUMBER = re.compile(r"(?<!\d)\d[\d ]{9,16}\d(?!\d)")
MAX_TURNS = 15


class HotlineApi:
    """The product's HTTP API, as its web pages use it."""

    def __init__(self, base_url: str) -> None:
        self.http = httpx.Client(base_url=base_url, timeout=20, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def log_in(self, username: str, password: str) -> None:
        response = self.http.post("/api/v1/auth/login", json={"username": username, "password": password})
        response.raise_for_status()
        self.http.headers["X-CSRF-Token"] = response.json()["csrf_token"]

    def tickets(self, **filters: str) -> list[dict]:
        response = self.http.get("/api/v1/tickets", params=filters)
        response.raise_for_status()
        return response.json()["items"]

    def ticket(self, number: str) -> dict:
        """With the customer's number in full."""
        revealed = self.http.post(f"/api/v1/tickets/{number}/reveal", json={"reason": "looked at by a test"})
        revealed.raise_for_status()
        response = self.http.get(f"/api/v1/tickets/{number}")
        response.raise_for_status()
        return response.json()

    def open_chat(self) -> "Chat":
        response = self.http.post("/api/v1/webchat/conversations", json={})
        response.raise_for_status()
        return Chat(self, response.json())


class Chat:
    """One conversation."""

    def __init__(self, api: HotlineApi, opened: dict) -> None:
        self.api = api
        self.conversation_id = opened["conversation_id"]
        self.greeting = opened["messages"]
        self.last: list[dict] = self.greeting
        self._headers = {"Authorization": f"Bearer {opened['token']}"}
        self._path = f"/api/v1/webchat/conversations/{self.conversation_id}/messages"

    def say(self, text: str) -> str:
        """Write a message; returns what is answered, bubbles on lines of their own."""
        body = {"client_message_id": uuid.uuid4().hex, "text": text, "wait": True}
        response = self.api.http.post(self._path, json=body, headers=self._headers)
        response.raise_for_status()
        self.last = response.json()["replies"]
        return "\n".join(reply["text"] for reply in self.last)

    @property
    def quick_replies(self) -> list[str]:
        return self.last[-1]["quick_replies"] if self.last else []

    def tickets(self) -> list[dict]:
        return [
            self.api.ticket(item["number"]) for item in self.api.tickets(conversation_id=self.conversation_id)
        ]


@dataclass
class Customer:
    """Answers questions by what they are about, as far as this customer knows; skips the rest.

    `answers` maps a word of the question to what is said; the first that occurs in the question's last line wins.
    """

    answers: Mapping[str, str]
    transcript: list[tuple[str, str]] = field(default_factory=list)

    def talk(self, chat: Chat, *opening: str) -> str:
        """Say the opening, then answer until a ticket number is told. Returns it without spaces."""
        reply = ""
        for text in opening:
            reply = self._say(chat, text)
        for _ in range(MAX_TURNS):
            number = told_number(reply)
            if number:
                return number
            reply = self._say(chat, self._answer(reply))
        raise AssertionError(
            "no ticket number:\n" + "\n".join(f"{a}\n    -> {b}" for a, b in self.transcript)
        )

    def _say(self, chat: Chat, text: str) -> str:
        reply = chat.say(text)
        self.transcript.append((text, reply))
        return reply

    def _answer(self, reply: str) -> str:
        if "提交" in reply:
            return "对，就这样"
        question = reply.strip().splitlines()[-1]
        return next((said for word, said in self.answers.items() if word in question), "跳过")


def told_number(text: str) -> str | None:
    """The ticket number in a text, if one is told together with the word for it."""
    if "工单号" not in text:
        return None
    found = TICKET_NUMBER.search(text)
    return found.group().replace(" ", "") if found else None


def asked_about(transcript: Iterable[tuple[str, str]], word: str) -> int:
    """How many replies ask about the word."""
    return sum(word in reply.strip().splitlines()[-1] for _, reply in transcript if reply)
