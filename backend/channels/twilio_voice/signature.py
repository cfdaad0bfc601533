"""Who calls our webhooks: Twilio, by its signature.

https://www.twilio.com/docs/usage/webhooks/webhooks-security: it covers the address as Twilio knows it. Behind
a proxy ours looks different, so the configured public address counts.
Form parameters are part of what is signed; a JSON body is, by its digest in the address.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import structlog
from fastapi import Request, WebSocket
from starlette.requests import HTTPConnection
from twilio.request_validator import RequestValidator

from backend.access.guard import granting, is_direct
from backend.access.roles import VENDOR
from backend.errors import ForbiddenError
from backend.settings import Settings

HEADER = "X-Twilio-Signature"
TOKEN_HEADER = "I-Twilio-Idempotency-Token"  # noqa: S105  # a header's name
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Webhook:
    """A verified request: its parameters, and what tells one delivery from a repetition, if anything does."""

    parameters: Mapping[str, str]
    token: str | None

    def text(self, name: str) -> str:
        """A parameter, or an empty text."""
        return self.parameters.get(name, "").strip()

    def whole(self, name: str) -> int:
        """A parameter that is a whole number from 0, or 0."""
        text = self.text(name)
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004


@granting(VENDOR)
async def twilio(request: Request) -> Webhook:
    """Twilio, or, on this machine only, a demo caller with the demo token.

    Raises:
        ForbiddenError: the signature is not right, or the channel is off for want of a token.
    """
    if request.headers.get("content-type", "").startswith(FORMS):
        form = await request.form()
        signed: object = form
        parameters = {name: value for name, value in form.items() if isinstance(value, str)}
    else:
        signed = (await request.body()).decode("utf-8", errors="replace")
        parameters = {}
    _require_signed(request, request.app.state.house.settings, signed)
    return Webhook({**request.query_params, **parameters}, request.headers.get(TOKEN_HEADER))


def may_open(socket: WebSocket, settings: Settings) -> bool:
    """Whether the handshake of a WebSocket is signed."""
    try:
        _require_signed(socket, settings, {})
    except ForbiddenError:
        return False
    return True


def _require_signed(connection: HTTPConnection, settings: Settings, signed: object) -> None:
    given = connection.headers.get(HEADER, "")
    if settings.twilio_auth_token:
        address = _public(connection, settings.public_url)
        if _matches(settings.twilio_auth_token, address, signed, given):
            return
    demo = settings.voice_demo_token if is_direct(connection) else ""
    if demo and _matches(demo, str(connection.url), signed, given):
        return
    log.warning("twilio.signature_refused", path=connection.url.path)
    raise ForbiddenError("signature")


def _matches(token: str, address: str, signed: object, given: str) -> bool:
    return bool(given) and RequestValidator(token).validate(address, signed, given)


def _public(connection: HTTPConnection, public_url: str) -> str:
    base = public_url.rstrip("/")
    if connection.scope["type"] == "websocket":
        base = "ws" + base.removeprefix("http")
    query = connection.url.query
    return f"{base}{connection.url.path}{'?' + query if query else ''}"
