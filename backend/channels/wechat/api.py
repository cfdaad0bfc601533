"""The vendor's API over HTTPS, and what its answers mean.

https://developers.weixin.qq.com/doc/service/guide/dev/api/errorcode.html
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from backend.channels.wechat.tokens import Tokens

CONNECT_TIMEOUT_SECONDS = 3.0
STALE_TOKEN = frozenset({40001, 40014, 42001})
MAX_MEDIA_BYTES = 20 * 1024 * 1024

WINDOW_SHUT, QUOTA_SPENT, NOT_FOLLOWING = 45015, 45047, 43004
REASONS = {
    40003: "wechat_unknown_user",
    40007: "wechat_media_gone",
    40037: "wechat_template_wrong",
    43004: "wechat_unsubscribed",
    43019: "wechat_unsubscribed",
    43101: "wechat_consent_missing",
    45002: "wechat_too_long",
    45015: "wechat_window_shut",
    45047: "wechat_quota_spent",
    47003: "wechat_template_wrong",
    48001: "wechat_not_allowed",
    48002: "wechat_unsubscribed",
}
"""Errors that repeating does not cure. Others pass: busy (-1), too many calls (45009), a stale token."""
MEDIA_TYPES = ("image/", "audio/", "voice/", "video/", "application/octet-stream", "application/pdf")

BUSY = "wechat_busy"


class VendorError(Exception):
    """The vendor did not do it. `certain`: it is sure that nothing reached the user."""

    def __init__(self, code: int, message: str, *, certain: bool = True) -> None:
        super().__init__(f"{code} {message}")
        self.code = code
        self.certain = certain

    @property
    def reason(self) -> str:
        """Why, in one word."""
        return REASONS.get(self.code, BUSY)

    @property
    def final(self) -> bool:
        """Whether trying again is useless."""
        return self.code in REASONS


UNREACHABLE = -1000
NONSENSE = -1001


@dataclass(frozen=True, slots=True)
class Answer:
    """What the vendor sent back."""

    body: bytes
    content_type: str

    def document(self) -> dict[str, Any]:
        """The JSON object that it is.

        Raises:
            VendorError: it is none.
        """
        try:
            document = json.loads(self.body)
        except ValueError as error:
            raise VendorError(NONSENSE, "no JSON") from error
        if not isinstance(document, dict):
            raise VendorError(NONSENSE, "no object")
        return document

    def refuse_error(self) -> None:
        """Raise the error that it holds: the vendor tells errors in JSON with status 200."""
        if self.content_type.startswith(MEDIA_TYPES):
            return
        document = self.document()
        code = document.get("errcode", 0)
        if not isinstance(code, int):
            raise VendorError(NONSENSE, "errcode")
        if code != 0:
            raise VendorError(code, str(document.get("errmsg", ""))[:200])


class VendorApi:
    """Calls with the account's token; a token that the vendor no longer takes is renewed, once a call."""

    def __init__(self, tokens: Tokens, client: httpx.AsyncClient) -> None:
        self._tokens = tokens
        self._client = client

    async def post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Call the API; returns its answer.

        Raises:
            VendorError: it did not answer, or refused.
            TokenError: there is no token to call it with.
        """
        # the vendor takes characters, not their escapes (error 40033)
        content = json.dumps(body, ensure_ascii=False).encode()
        return (await self._with_token("POST", path, content=content)).document()

    async def upload(self, name: str, data: bytes, content_type: str) -> str:
        """Put a picture where a message can show it; returns its media id, good for three days."""
        files = {"media": (name, data, content_type)}
        answer = await self._with_token(
            "POST", "/cgi-bin/media/upload", params={"type": "image"}, files=files
        )
        return str(answer.document().get("media_id", ""))

    async def media(self, media_id: str) -> bytes:
        """A file that a user sent, kept by the vendor for three days."""
        return (await self._with_token("GET", "/cgi-bin/media/get", params={"media_id": media_id})).body

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _with_token(self, method: str, path: str, **request: Any) -> Answer:
        token = await self._tokens.current()
        try:
            return await self._call(method, path, token, **request)
        except VendorError as error:
            if error.code not in STALE_TOKEN:
                raise
        token = await self._tokens.instead_of(token)
        return await self._call(method, path, token, **request)

    async def _call(self, method: str, path: str, token: str, **request: Any) -> Answer:
        params = {"access_token": token, **request.pop("params", {})}
        try:
            async with self._client.stream(method, path, params=params, **request) as response:
                body = await _bounded(response)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise VendorError(UNREACHABLE, type(error).__name__) from error
        except httpx.HTTPError as error:
            # it may have been done before the connection was lost
            raise VendorError(UNREACHABLE, type(error).__name__, certain=False) from error
        if response.status_code != httpx.codes.OK:
            raise VendorError(NONSENSE, f"HTTP {response.status_code}")
        answer = Answer(body, response.headers.get("content-type", ""))
        answer.refuse_error()
        return answer


def client(api_url: str, timeout_seconds: float) -> httpx.AsyncClient:
    """Connections to the vendor."""
    timeout = httpx.Timeout(timeout_seconds, connect=min(CONNECT_TIMEOUT_SECONDS, timeout_seconds))
    return httpx.AsyncClient(base_url=api_url, timeout=timeout, trust_env=False)


async def _bounded(response: httpx.Response) -> bytes:
    """The body, unless it is larger than any file that we take."""
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > MAX_MEDIA_BYTES:
            raise VendorError(NONSENSE, "too large")
    return bytes(body)
