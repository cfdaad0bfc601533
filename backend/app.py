"""The web application: `uvicorn backend.app:create_app --factory`."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

import socketio
from fastapi import FastAPI
from starlette.types import ASGIApp

from backend import error_rendering, health, logs, pages
from backend.access import endpoints as auth_endpoints
from backend.access.guard import require_guards
from backend.bootstrap import Parts, build
from backend.bot_api import own_ticket_endpoints as bot_own_ticket_endpoints
from backend.bot_api import ticket_endpoints as bot_ticket_endpoints
from backend.channels.web_chat import endpoints as web_chat_endpoints
from backend.desk import delivery_endpoints, service_order_endpoints, step_endpoints, ticket_endpoints
from backend.dispatch import quote_endpoints
from backend.error_rendering import ErrorOut
from backend.escalation import endpoints as escalation_endpoints
from backend.escalation import policy_endpoints
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
    error_rendering.install(app, house.wording)
    app.add_middleware(BodyLimit, max_bytes=house.settings.max_body_bytes)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Timing)
    for module in (
        web_chat_endpoints,
        auth_endpoints,
        ticket_endpoints,
        step_endpoints,
        delivery_endpoints,
        bot_ticket_endpoints,
        bot_own_ticket_endpoints,
        escalation_endpoints,
        policy_endpoints,
        clock_endpoints,
        quote_endpoints,
        service_order_endpoints,
        warranty_endpoints,
        register_endpoints,
        health,
    ):
        app.include_router(module.router)
    app.include_router(pages.router(house.settings.web_dist))
    assets = house.settings.web_dist / "assets"
    app.mount("/assets", pages.HashedAssets(directory=assets, check_dir=False), name="assets")
    require_guards(app.routes)
    return app


def _lifespan(parts: Parts) -> Callable[[FastAPI], contextlib.AbstractAsyncContextManager[None]]:
    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await asyncio.to_thread(search.warm_up)
        background = [asyncio.create_task(parts.desk_pages.watch_sessions())]
        if parts.house.settings.worker == "inside":
            background.append(asyncio.create_task(parts.house.jobs.work()))
        yield
        for task in background:
            task.cancel()
        await asyncio.gather(*background, return_exceptions=True)
        await parts.turns.finish()
        await parts.bot.close()
        await parts.house.database.close()

    return lifespan
