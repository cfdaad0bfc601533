"""How the process is: alive, ready, counted."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel
from sqlalchemy import text

from backend.access.guard import operations, public
from backend.conversations.rasa_client import RasaClient
from backend.errors import DatabaseUnavailableError
from backend.house import HouseDependency

router = APIRouter(tags=["operations"])


class Health(BaseModel):
    """The process runs."""

    status: str = "ok"


class Readiness(BaseModel):
    """What the process can reach. Without the bot it still serves: people take over."""

    ready: bool
    database: bool
    bot: bool


def bot_of(request: Request) -> RasaClient:
    """The bot's client that the application was built with."""
    bot: RasaClient = request.app.state.bot
    return bot


@router.get("/healthz", dependencies=[Depends(public)])
async def healthz() -> Health:
    """The process answers."""
    return Health()


@router.get("/readyz", dependencies=[Depends(public)], responses={503: {"model": Readiness}})
async def readyz(
    house: HouseDependency, bot: Annotated[RasaClient, Depends(bot_of)], response: Response
) -> Readiness:
    """503 while the database cannot be reached; says also whether the bot can."""
    try:
        async with house.database.transaction() as session:
            await session.execute(text("SELECT 1"))
        database = True
    except DatabaseUnavailableError:
        database = False
        response.status_code = 503
    return Readiness(ready=database, database=database, bot=await bot.reachable())


@router.get("/metrics", dependencies=[Depends(operations)], response_class=Response)
async def metrics() -> Response:
    """Counters and times in Prometheus' text format."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
