"""`yingsheng chat`: talk to the hotline in the terminal, over the same HTTP API as the web page."""

import re
import uuid
from typing import Annotated, Any

import httpx
import typer
from rich.markup import escape

from backend.tickets.number import is_ticket_number
from cli.command_app import command_app
from cli.console import console, fail
from cli.messages import text
from runtime.settings import load_settings

app = command_app()
TURN_SECONDS = 15.0
# said in groups, or as it is keyed
TICKET_NUMBER = re.compile(r"(?<!\d)(?:\d{6} \d{4,} \d|\d{11,})(?!\d)")


class ChatClient:
    """One conversation of the web chat."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        opened = self._checked(client.post("/api/v1/webchat/conversations", json={}))
        self.greeting: list[dict[str, Any]] = opened["messages"]
        self._path = f"/api/v1/webchat/conversations/{opened['conversation_id']}/messages"
        self._headers = {"Authorization": f"Bearer {opened['token']}"}

    def say(self, words: str) -> list[dict[str, Any]]:
        """Send a message and return the replies of its turn."""
        body = {"client_message_id": str(uuid.uuid4()), "text": words, "wait": True}
        answer = self._checked(self._client.post(self._path, json=body, headers=self._headers))
        replies: list[dict[str, Any]] = answer["replies"]
        return replies

    @staticmethod
    def _checked(response: httpx.Response) -> dict[str, Any]:
        if response.is_error:
            raise ChatError(_error_message(response))
        document: dict[str, Any] = response.json()
        return document


class ChatError(Exception):
    """The backend refused or failed; the message is its own."""


@app.command(help=text("help.chat"))
def chat(url: Annotated[str, typer.Option("--url", help=text("help.chat_url"))] = "") -> None:
    """Talk until end of input."""
    address = url or load_settings().backend_url
    try:
        with httpx.Client(base_url=address, timeout=TURN_SECONDS, trust_env=False) as client:
            _talk(ChatClient(client))
    except httpx.HTTPError:
        fail(text("chat.unreachable", url=address), text("chat.unreachable_advice"))
    except ChatError as error:
        fail(text("chat.refused", reason=error))


def _talk(conversation: ChatClient) -> None:
    console.print(f"[dim]{text('chat.how')}[/]")
    choices = _show(conversation.greeting, [])
    ticket = ""
    while True:
        try:
            words = console.input("[bold cyan]> [/]").strip()
        except (EOFError, KeyboardInterrupt):
            break
        if not words:
            continue
        picked = choices[int(words) - 1] if words.isdecimal() and 0 < int(words) <= len(choices) else words
        replies = conversation.say(picked)
        if not replies:
            console.print(f"[dim]{text('chat.no_reply')}[/]")
        choices = _show(replies, choices)
        ticket = _last_ticket(replies) or ticket
    console.print()
    if ticket:
        console.print(text("chat.ticket", number=ticket))


def _show(messages: list[dict[str, Any]], former: list[str]) -> list[str]:
    """Print messages and number their quick replies; returns those that a number picks now."""
    choices: list[str] = []
    for message in messages:
        if message["sender"] == "customer":
            continue
        sender = text(f"chat.senders.{message['sender']}")
        console.print(f"[green]{sender}[/] {escape(message['text'])}")
        choices = message["quick_replies"] or choices
    for number, choice in enumerate(choices, start=1):
        console.print(f"  [cyan]{number}[/] {escape(choice)}")
    return choices if messages else former


def _last_ticket(messages: list[dict[str, Any]]) -> str:
    said = [found for message in messages for found in TICKET_NUMBER.findall(message["text"])]
    numbers = [found.replace(" ", "") for found in said]
    return next((number for number in reversed(numbers) if is_ticket_number(number)), "")


def _error_message(response: httpx.Response) -> str:
    try:
        return str(response.json()["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return f"HTTP {response.status_code}"
