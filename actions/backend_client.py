"""The only HTTP that actions do: filing a ticket with the backend."""

import asyncio
import logging
import os
from dataclasses import dataclass
from typing import Any

import aiohttp

logger = logging.getLogger(__name__)

DEFAULT_BACKEND_URL = "http://127.0.0.1:8000"
TIMEOUT_SECONDS = 5.0


class BackendError(RuntimeError):
    """The backend could not be reached or refused; nothing may be promised to the customer."""


@dataclass(frozen=True)
class FiledTicket:
    """What the backend answers to a filed ticket."""

    number: str
    kind: str
    stage: str


@dataclass(frozen=True)
class BackendClient:
    """Talks to the service endpoints of the backend.

    Errors: every method raises :class:`BackendError` when there is no answer that can be relied on.
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
        """File a ticket; the same ``request_id`` again returns the ticket already filed.

        A request whose connection broke is therefore sent once more.
        """
        answer = await self._post("/api/v1/service/tickets", request)
        try:
            return FiledTicket(
                number=str(answer["number"]), kind=str(answer["kind"]), stage=str(answer["stage"])
            )
        except (KeyError, TypeError) as error:
            raise BackendError("the backend's answer names no ticket") from error

    async def _post(self, path: str, body: dict[str, Any]) -> Any:
        try:
            try:
                return await self._post_once(path, body)
            except aiohttp.ClientConnectionError as error:
                logger.warning("the connection to the backend broke, trying once more: %s", error)
                return await self._post_once(path, body)
        except (asyncio.TimeoutError, aiohttp.ClientError) as error:
            raise BackendError(f"the backend did not answer: {error!r}") from error

    async def _post_once(self, path: str, body: dict[str, Any]) -> Any:
        timeout = aiohttp.ClientTimeout(total=self.timeout_seconds)
        headers = {"Authorization": f"Bearer {self.token}"}
        async with (
            aiohttp.ClientSession(timeout=timeout, headers=headers) as session,
            session.post(self.base_url + path, json=body) as response,
        ):
            if response.status not in {200, 201}:
                raise BackendError(f"the backend answered {response.status}: {await response.text()}")
            return await response.json()
