"""What happens to every request: a size limit, security headers, a measured time."""

import re
import time
from collections.abc import Mapping
from typing import ClassVar

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.metrics import REQUESTS

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; "
    "connect-src 'self' ws: wss:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "form-action 'self'"
)
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
}
TOO_LARGE = 413
MEGABYTE = 1024 * 1024
MOST_THROWN_AWAY = 200 * MEGABYTE


class SecurityHeaders:
    """Adds the headers that keep a page from running or leaking what it should not."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add headers to the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(SECURITY_HEADERS)
                # files say something stricter themselves
                headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                if scope["path"].startswith("/api/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, send_with_headers)


class BodyTooLargeError(HTTPException):
    """The body is larger than this path takes; FastAPI lets HTTP exceptions through while it reads a body."""

    code: ClassVar[str] = "payload_too_large"

    def __init__(self, max_bytes: int) -> None:
        super().__init__(TOO_LARGE)
        self.megabytes = max_bytes // MEGABYTE


class FileBodyTooLargeError(BodyTooLargeError):
    """The file is."""

    code = "file_too_large"


class BodyLimit:
    """Refuses request bodies over a size, whether or not they announce it.

    FastAPI has such a limit too, but answers in plain English text. Paths that take files have a limit of
    their own, and what exceeds it is read to its end and thrown away, within reason: a browser that is
    answered while it still sends reports a broken connection instead of the answer.
    """

    def __init__(self, app: ASGIApp, max_bytes: int, files: Mapping[re.Pattern[str], int]) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._files = files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on while its body stays within the limit.

        Raises:
            BodyTooLargeError: it does not.
        """
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        for_files = next((size for path, size in self._files.items() if path.fullmatch(scope["path"])), None)
        limit = for_files or self._max_bytes
        refusal = FileBodyTooLargeError(limit) if for_files else BodyTooLargeError(limit)
        announced = Headers(scope=scope).get("content-length", "0")
        too_large = announced.isdigit() and int(announced) > limit
        received = 0

        async def limited() -> Message:
            nonlocal received
            if too_large:
                if for_files:
                    await _throw_away(receive)
                raise refusal
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                if for_files and message.get("more_body"):
                    await _throw_away(receive)
                raise refusal
            return message

        await self._app(scope, limited, send)


async def _throw_away(receive: Receive) -> None:
    thrown = 0
    while thrown < MOST_THROWN_AWAY:
        message = await receive()
        thrown += len(message.get("body", b""))
        if not message.get("more_body"):
            return


class Timing:
    """Measures every request by its route."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note how long it took."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            route = getattr(scope.get("route"), "path", "other")
            REQUESTS.labels(scope["method"], route, status).observe(time.perf_counter() - started)
