"""The vendor's API over HTTP, as far as the channel calls it; faults can be ordered."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cli.wechat_vendor.account import SimulatedAccount
from cli.wechat_vendor.state import Refusal, VendorState

Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Fault:
    """What happens to the next call: an error code, an HTTP status, or slowness in seconds."""

    code: int = 0
    status: int = 200
    seconds: float = 0.0


class VendorServer:
    """Answers what the backend asks."""

    def __init__(self, account: SimulatedAccount, state: VendorState) -> None:
        self.account = account
        self.state = state
        self.calls: list[str] = []
        self.faults: dict[str, list[Fault]] = defaultdict(list)
        self.app = Starlette(
            routes=[
                Route("/cgi-bin/stable_token", self._faulty(self._token), methods=["POST"]),
                Route("/cgi-bin/message/custom/send", self._faulty(self._send), methods=["POST"]),
                Route("/cgi-bin/message/template/send", self._faulty(self._template), methods=["POST"]),
                Route("/cgi-bin/message/subscribe/bizsend", self._faulty(self._subscribe), methods=["POST"]),
                Route("/cgi-bin/media/get", self._faulty(self._media), methods=["GET"]),
                Route("/cgi-bin/media/upload", self._faulty(self._upload), methods=["POST"]),
                Route("/cgi-bin/menu/create", self._faulty(self._create_menu), methods=["POST"]),
                Route("/cgi-bin/menu/get", self._faulty(self._get_menu), methods=["GET"]),
            ]
        )

    def fail(self, path: str, *faults: Fault) -> None:
        """Order faults for the next calls of a path."""
        self.faults[path].extend(faults)

    def _faulty(self, handler: Handler) -> Handler:
        async def handle(request: Request) -> Response:
            path = request.url.path
            self.calls.append(path)
            fault = self.faults[path].pop(0) if self.faults[path] else Fault()
            await asyncio.sleep(fault.seconds)
            if fault.status != 200:  # noqa: PLR2004
                return Response(status_code=fault.status)
            if fault.code:
                return _refused(Refusal(fault.code, "ordered"))
            try:
                return await handler(request)
            except Refusal as refusal:
                return _refused(refusal)

        return handle

    async def _token(self, request: Request) -> Response:
        body = await _json(request)
        if body.get("appid") != self.account.app_id:
            raise Refusal(40013, "invalid appid")
        if body.get("secret") != self.account.secret or body.get("grant_type") != "client_credential":
            raise Refusal(40125, "invalid appsecret")
        token, seconds = self.state.token(force=bool(body.get("force_refresh")))
        return JSONResponse({"access_token": token, "expires_in": seconds})

    async def _send(self, request: Request) -> Response:
        self._require_token(request)
        self.state.send(await _json(request))
        return _done()

    async def _template(self, request: Request) -> Response:
        self._require_token(request)
        return _done(msgid=self.state.notify("template", await _json(request)))

    async def _subscribe(self, request: Request) -> Response:
        self._require_token(request)
        return _done(msgid=self.state.notify("subscribe", await _json(request)))

    async def _media(self, request: Request) -> Response:
        self._require_token(request)
        try:
            data, content_type = self.state.media[request.query_params.get("media_id", "")]
        except KeyError as error:
            raise Refusal(40007, "invalid media_id") from error
        return Response(data, media_type=content_type)

    async def _upload(self, request: Request) -> Response:
        self._require_token(request)
        async with request.form() as form:
            media = form["media"]
            if isinstance(media, str):
                raise Refusal(41005, "media data missing")
            media_id = self.state.keep(await media.read(), media.content_type or "")
        return JSONResponse({"type": "image", "media_id": media_id, "created_at": int(self.state.now())})

    async def _create_menu(self, request: Request) -> Response:
        self._require_token(request)
        self.state.menu = await _json(request)
        return _done()

    async def _get_menu(self, request: Request) -> Response:
        self._require_token(request)
        if self.state.menu is None:
            raise Refusal(46003, "menu no exist")
        return JSONResponse({"menu": self.state.menu})

    def _require_token(self, request: Request) -> None:
        self.state.require_token(request.query_params.get("access_token", ""))


async def _json(request: Request) -> dict[str, Any]:
    body = await request.body()
    if b"\\u" in body:
        raise Refusal(
            40033, "invalid charset. please check your request, if include \\uxxxx will create fail"
        )
    try:
        document = json.loads(body)
    except ValueError as error:
        raise Refusal(47001, "data format error") from error
    if not isinstance(document, dict):
        raise Refusal(47001, "data format error")
    return document


def _refused(refusal: Refusal) -> Response:
    return JSONResponse({"errcode": refusal.code, "errmsg": refusal.message})


def _done(**more: Any) -> Response:
    return JSONResponse({"errcode": 0, "errmsg": "ok", **more})
