"""The webhook: the vendor checks the address once, and then delivers what users do."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import PlainTextResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from backend.channels.wechat.access import Signed, signed
from backend.channels.wechat.account import Mode
from backend.channels.wechat.crypto import UnreadableError, decrypt, encrypt
from backend.channels.wechat.envelope import MalformedError, read, sealed, text_reply
from backend.channels.wechat.incoming import Incoming, understood
from backend.channels.wechat.reception import SENT_SECONDS, Reception
from backend.channels.wechat.signature import matches, sign
from backend.errors import ForbiddenError, ValidationFailedError
from backend.house import HouseDependency
from backend.middleware import TOO_LARGE

PATH = "/api/v1/channels/wechat"
MAX_BODY = 65_536
NOTHING = "success"
AES = "aes"
ANSWERS: dict[int | str, dict[str, Any]] = {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}}

router = APIRouter(prefix=PATH, tags=["wechat"])
Vendor = Annotated[Signed, Depends(signed)]

log = structlog.get_logger(__name__)


@router.get("", response_class=Response, responses=ANSWERS)
async def echo(_signed_by: Vendor, echostr: Annotated[str, Query(max_length=256)] = "") -> PlainTextResponse:
    """Show the vendor that this address knows the token."""
    return PlainTextResponse(echostr)


@router.post("", response_class=Response, responses=ANSWERS)
async def deliver(request: Request, signed_by: Vendor, house: HouseDependency) -> Response:
    """Take in what a user did; the answer is what is said to them, or `success`."""
    account = signed_by.account
    deadline = asyncio.get_running_loop().time() + account.passive.total_seconds()
    reception: Reception = request.app.state.wechat.reception
    try:
        content, key = _opened(request, signed_by, await _body(request))
        incoming = understood(read(content))
        answer = await reception.receive(incoming, signed_by, deadline, lambda: _listens(request))
    except UnreadableError as error:
        log.warning("wechat.refused", reason="unreadable", error=str(error))
        raise ForbiddenError("unreadable") from error
    except MalformedError as error:
        log.warning("wechat.malformed", error=str(error))
        raise ValidationFailedError(str(error)) from error
    if answer is None:
        return PlainTextResponse(NOTHING)
    at = int(house.clock.now().timestamp())
    return TimelyAnswer(
        _answer(signed_by, key, incoming, answer.text, at),
        in_time=lambda: _in_time(request, deadline + SENT_SECONDS),
        sent=lambda: reception.note_answered(answer),
    )


class TimelyAnswer(Response):
    """An answer that is sent only to a vendor who listens; what is not sent is said by other means."""

    media_type = "application/xml"

    def __init__(
        self, content: str, *, in_time: Callable[[], Awaitable[bool]], sent: Callable[[], Awaitable[None]]
    ) -> None:
        super().__init__(content)
        self._in_time = in_time
        self._sent = sent

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, or the mere acknowledgement; note that it was sent."""
        if not await self._in_time():
            log.warning("wechat.too_late")
            await PlainTextResponse(NOTHING)(scope, receive, send)
            return
        await super().__call__(scope, receive, send)
        await self._sent()


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise HTTPException(TOO_LARGE)
    return bytes(body)


def _opened(request: Request, signed_by: Signed, body: bytes) -> tuple[bytes | str, bytes | None]:
    """What the request says, and the key that it was sealed with."""
    account = signed_by.account
    if request.query_params.get("encrypt_type", "") != AES:
        if account.mode is Mode.SAFE:
            raise UnreadableError("not encrypted")
        return body, None
    encrypted = read(body).get("Encrypt", "")
    given = request.query_params.get("msg_signature", "")
    if not isinstance(encrypted, str) or not matches(
        given, account.token, signed_by.timestamp, signed_by.nonce, encrypted
    ):
        raise UnreadableError("msg_signature")
    return decrypt(encrypted, account.keys, account.app_id)


def _answer(signed_by: Signed, key: bytes | None, incoming: Incoming, text: str, at: int) -> str:
    plain = text_reply(to=incoming.openid, sender=incoming.account, at=at, text=text)
    if key is None:
        return plain
    account, timestamp, nonce = signed_by.account, str(at), secrets.token_hex(8)
    encrypted = encrypt(plain, key, account.app_id)
    signature = sign(account.token, timestamp, nonce, encrypted)
    return sealed(encrypted=encrypted, signature=signature, timestamp=timestamp, nonce=nonce)


async def _in_time(request: Request, latest: float) -> bool:
    return await _listens(request) and asyncio.get_running_loop().time() <= latest


async def _listens(request: Request) -> bool:
    return not await request.is_disconnected()
