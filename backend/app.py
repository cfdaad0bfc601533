"""The web application: `uvicorn backend.app:create_app --factory`."""

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator, Callable

import socketio
from fastapi import FastAPI
from starlette.types import ASGIApp

from backend import error_rendering, health, logs, pages
from backend.access import colleague_endpoints, own_endpoints
from backend.access import endpoints as auth_endpoints
from backend.access.guard import require_guards
from backend.bootstrap import Parts, build
from backend.bot_api import identity_endpoints as bot_identity_endpoints
from backend.bot_api import own_ticket_endpoints as bot_own_ticket_endpoints
from backend.bot_api import ticket_endpoints as bot_ticket_endpoints
from backend.channels.telephony import desk_endpoints as call_endpoints
from backend.channels.twilio_voice import demo_endpoints as phone_demo_endpoints
from backend.channels.twilio_voice import endpoints as twilio_voice_endpoints
from backend.channels.twilio_voice import relay as twilio_voice_relay
from backend.channels.twilio_voice import token_endpoints as softphone_endpoints
from backend.channels.web_chat import endpoints as web_chat_endpoints
from backend.channels.web_chat import file_endpoints as web_chat_file_endpoints
from backend.channels.wechat import endpoints as wechat_endpoints
from backend.desk import (
    delivery_endpoints,
    live_deed_endpoints,
    live_endpoints,
    live_file_endpoints,
    live_message_endpoints,
    live_presence_endpoints,
    service_order_endpoints,
    step_endpoints,
    technician_endpoints,
    ticket_endpoints,
)
from backend.desk.administration import channel_endpoints, user_endpoints
from backend.desk.answering import canned_endpoints, suggestion_endpoints
from backend.desk.customers import endpoints as customer_endpoints
from backend.desk.inbox import endpoints as inbox_endpoints
from backend.desk.lists import list_endpoints, view_endpoints
from backend.dispatch import pictures as order_pictures
from backend.dispatch import quote_endpoints
from backend.error_rendering import ErrorOut
from backend.escalation import endpoints as escalation_endpoints
from backend.escalation import policy_endpoints
from backend.files import endpoints as file_endpoints
from backend.files import uploads
from backend.followup import endpoints as renewal_endpoints
from backend.middleware import BodyLimit, SecurityHeaders, Timing
from backend.settings import load_settings
from backend.sla import endpoints as clock_endpoints
from backend.tickets import search
from backend.warranty import endpoints as warranty_endpoints
from backend.warranty import register_endpoints

TITLE = "Yingsheng"
VERSION = "0.1.0"


def create_app() -> ASGIApp:
    """The application as the environment's settings describe it, Socket.IO included."""
    settings = load_settings()
    logs.configure(settings.log_format)
    parts = build(settings)
    application: ASGIApp = socketio.ASGIApp(parts.sio, http_application(parts))
    return application


def http_application(parts: Parts) -> FastAPI:
    """The HTTP part, wired to these parts.

    Raises:
        UnguardedEndpointError: an endpoint does not say who may call it.
    """
    house = parts.house
    app = FastAPI(
        title=TITLE,
        version=VERSION,
        lifespan=_lifespan(parts),
        docs_url=None,
        redoc_url=None,
        responses={"4XX": {"model": ErrorOut}, "5XX": {"model": ErrorOut}},
    )
    app.state.house, app.state.turns, app.state.bot = house, parts.turns, parts.bot
    app.state.clocks = parts.clocks
    app.state.wechat = parts.wechat
    app.state.switchboard = parts.telephone.switchboard
    app.state.call_controls = parts.telephone.controls
    error_rendering.install(app, house.wording)
    app.add_middleware(
        BodyLimit,
        max_bytes=house.settings.max_body_bytes,
        files=uploads.BODY_LIMITS | order_pictures.BODY_LIMITS,
    )
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Timing)
    for module in (
        web_chat_endpoints,
        web_chat_file_endpoints,
        wechat_endpoints,
        file_endpoints,
        live_endpoints,
        live_deed_endpoints,
        live_message_endpoints,
        live_presence_endpoints,
        live_file_endpoints,
        canned_endpoints,
        suggestion_endpoints,
        auth_endpoints,
        colleague_endpoints,
        own_endpoints,
        user_endpoints,
        channel_endpoints,
        inbox_endpoints,
        list_endpoints,
        view_endpoints,
        customer_endpoints,
        ticket_endpoints,
        step_endpoints,
        delivery_endpoints,
        bot_ticket_endpoints,
        bot_own_ticket_endpoints,
        bot_identity_endpoints,
        escalation_endpoints,
        policy_endpoints,
        clock_endpoints,
        quote_endpoints,
        service_order_endpoints,
        technician_endpoints,
        renewal_endpoints,
        warranty_endpoints,
        register_endpoints,
        call_endpoints,
        twilio_voice_endpoints,
        twilio_voice_relay,
        phone_demo_endpoints,
        softphone_endpoints,
        health,
    ):
        app.include_router(module.router)
    app.include_router(pages.router(house.settings.web_dist))
    assets = house.settings.web_dist / "assets"
    app.mount("/assets", pages.HashedAssets(directory=assets, check_dir=False), name="assets")
    require_guards(app.routes)
    return app


def _collect_garbage_seldom() -> None:
    """Keep full collections from stopping every conversation for a second: they walk all that is alive.

    What the start has built stays and is not walked again (https://docs.python.org/3/library/gc.html#gc.freeze).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)


def _lifespan(parts: Parts) -> Callable[[FastAPI], contextlib.AbstractAsyncContextManager[None]]:
    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await asyncio.to_thread(search.warm_up)
        _collect_garbage_seldom()
        background = [
            asyncio.create_task(parts.desk_pages.watch_sessions()),
            asyncio.create_task(parts.desk_pages.keep_presence()),
        ]
        if parts.house.settings.worker == "inside":
            background.append(asyncio.create_task(parts.house.jobs.work()))
        yield
        for task in background:
            task.cancel()
        await asyncio.gather(*background, return_exceptions=True)
        await parts.turns.finish()
        await parts.handover.finish()
        await parts.bot.close()
        await parts.telephone.carrier.close()
        if parts.wechat is not None:
            await parts.wechat.api.close()
        await parts.house.database.close()

    return lifespan
