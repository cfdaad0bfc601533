"""The only HTTP that actions do: the service endpoints of the backend."""

import asyncio
import json
import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp

from actions import backend_answers
from actions.backend_answers import (
    Decision,
    Duplicate,
    FiledTicket,
    OpenQuote,
    OwnTickets,
    Progress,
    RegisterAnswer,
    ShapeError,
)

logger = logging.getLogger(__name__)

DEFAULT_BACKEND_URL = "http://127.0.0.1:8000"
TIMEOUT_SECONDS = 5.0
SECONDS_A_MINUTE = 60
_TICKETS = "/api/v1/service/tickets"
_REASONS = {"not_found", "too_many_attempts", "illegal_step", "conflict"}
Query = Mapping[str, str | None]
Answer = TypeVar("Answer")


class BackendError(RuntimeError):
    """The backend could not be reached or refused; nothing may be promised to the customer."""


class RefusedError(BackendError):
    """The backend understood, and refused for a reason that the customer may hear of.

    ``code`` is the backend's (``not_found``, ``too_many_attempts``, ``illegal_step``); ``minutes`` is how
    long to wait before trying again, ``missing`` what must be so first, where it says so.
    """

    def __init__(self, code: str, minutes: int = 0, missing: tuple[str, ...] = ()) -> None:
        super().__init__(f"the backend refused: {code}")
        self.code = code
        self.minutes = minutes
        self.missing = missing


@dataclass(frozen=True)
class BackendClient:
    """Talks to the service endpoints of the backend.

    Errors: every method raises :class:`BackendError` when there is no answer that can be relied on. A request
    whose connection broke is sent once more: reading is harmless, and everything else carries a
    ``request_id`` under which the backend does it once.
    """

    base_url: str
    token: str
    timeout_seconds: float = TIMEOUT_SECONDS

    @classmethod
    def from_environment(cls) -> "BackendClient":
        """Read address and service token from ``YINGSHENG_BACKEND_URL`` and ``YINGSHENG_SERVICE_TOKEN``."""
        return cls(
            base_url=os.environ.get("YINGSHENG_BACKEND_URL", DEFAULT_BACKEND_URL).rstrip("/"),
            token=os.environ.get("YINGSHENG_SERVICE_TOKEN", ""),
        )

    async def file_ticket(self, request: dict[str, Any]) -> FiledTicket:
        """File a ticket; the same ``request_id`` again returns the ticket already filed."""
        return await self._post(_TICKETS, request, FiledTicket.from_mapping)

    async def own_tickets(self, conversation_id: str) -> OwnTickets:
        """Return the tickets of this conversation and of the number that calls, newest first."""
        query = {"conversation_id": conversation_id}
        return await self._get(f"{_TICKETS}/own", query, OwnTickets.from_mapping)

    async def look_up(self, conversation_id: str, number: str, last4: str) -> Progress:
        """Return how a ticket stands, for whoever knows number and last digits of the phone on record.

        Raises:
            RefusedError: none such, or too many attempts.
        """
        query = {"conversation_id": conversation_id, "number": number, "phone_last4": last4}
        return await self._get(f"{_TICKETS}/lookup", query, backend_answers.first_progress)

    async def find_duplicates(
        self, conversation_id: str, phone: str, product: str, fault: str
    ) -> tuple[Duplicate, ...]:
        """Return open tickets of the same phone, product and a fault alike, within policy's window."""
        query = {"conversation_id": conversation_id, "phone": phone, "product": product, "fault": fault}
        return await self._get(f"{_TICKETS}/duplicates", query, backend_answers.duplicates)

    async def add_words(self, number: str, request: dict[str, Any]) -> Progress:
        """Add what a customer says to a ticket."""
        return await self._post(f"{_TICKETS}/{number}/words", request, Progress.from_mapping)

    async def urge(self, number: str, request: dict[str, Any]) -> Progress:
        """Note that a customer asks to hurry (R3b-27)."""
        return await self._post(f"{_TICKETS}/{number}/urge", request, Progress.from_mapping)

    async def withdraw(self, number: str, request: dict[str, Any]) -> Progress:
        """Take a matter back.

        Raises:
            RefusedError: it is over already, or an emergency is open (``illegal_step``).
        """
        return await self._post(f"{_TICKETS}/{number}/withdraw", request, Progress.from_mapping)

    async def warranty_decision(self, facts: Mapping[str, str]) -> Decision:
        """Return where a warranty stands, by the facts told and by the register."""
        return await self._post("/api/v1/service/warranty/decisions", dict(facts), Decision.from_mapping)

    async def open_quotes(self, conversation_id: str) -> tuple[OpenQuote, ...]:
        """Return the quotes that wait for the customer of a conversation, the oldest first."""
        query = {"conversation_id": conversation_id}
        return await self._get("/api/v1/service/quotes", query, backend_answers.open_quotes)

    async def answer_quote(self, quote_id: str, conversation_id: str, answer: str) -> None:
        """Pass on what the customer says to a quote: agreed or declined (R10-6.2.4)."""
        body = {"conversation_id": conversation_id, "answer": answer}
        await self._post(f"/api/v1/service/quotes/{quote_id}/answer", body, lambda _: None)

    async def register_lookup(self, query: Query) -> RegisterAnswer:
        """Return whether the register knows a purchase by model, serial, order or the caller's phone."""
        return await self._get("/api/v1/service/register/lookup", query, RegisterAnswer.from_mapping)

    async def _get(self, path: str, query: Query, reader: Callable[[Any], Answer]) -> Answer:
        told = {name: value for name, value in query.items() if value}
        return await self._call("GET", path, reader, params=told)

    async def _post(self, path: str, body: dict[str, Any], reader: Callable[[Any], Answer]) -> Answer:
        return await self._call("POST", path, reader, json=body)

    async def _call(self, method: str, path: str, reader: Callable[[Any], Answer], **content: Any) -> Answer:
        try:
            try:
                answer = await self._once(method, path, **content)
            except aiohttp.ClientConnectionError as error:
                logger.warning("the connection to the backend broke, trying once more: %s", error)
                answer = await self._once(method, path, **content)
        except (asyncio.TimeoutError, aiohttp.ClientError) as error:
            raise BackendError(f"the backend did not answer: {error!r}") from error
        try:
            return backend_answers.read(reader, answer)
        except ShapeError as error:
            raise BackendError(str(error)) from error

    async def _once(self, method: str, path: str, **content: Any) -> Any:
        timeout = aiohttp.ClientTimeout(total=self.timeout_seconds)
        headers = {"Authorization": f"Bearer {self.token}"}
        async with (
            aiohttp.ClientSession(timeout=timeout, headers=headers) as session,
            session.request(method, self.base_url + path, **content) as response,
        ):
            if response.status in {200, 201}:
                return await response.json()
            raise _refusal(response.status, await response.text(), response.headers.get("Retry-After", ""))


def _refusal(status: int, body: str, wait: str) -> BackendError:
    try:
        error = json.loads(body)["error"]
        code, missing = error["code"], tuple(error.get("missing") or ())
    except (ValueError, KeyError, TypeError, AttributeError):
        code, missing = None, ()
    if code in _REASONS:
        return RefusedError(code, int(wait) // SECONDS_A_MINUTE if wait.isdigit() else 0, missing)
    return BackendError(f"the backend answered {status}: {body}")
