"""How the channels are: configured or not, last message in and out, what did not arrive; bot and jobs."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel
from sqlalchemy import Text, cast, column, func, select, table
from sqlalchemy.ext.asyncio import AsyncSession

from backend.access.guard import desk
from backend.access.roles import SUPERVISORS
from backend.channels.models import Delivery, DeliveryState
from backend.conversations.models import Conversation, Message, Sender
from backend.conversations.rasa_client import RasaClient
from backend.health import bot_of
from backend.house import HouseDependency
from backend.settings import Settings

router = APIRouter(prefix="/api/v1/admin", tags=["administration"])

DAY = timedelta(days=1)
JOBS = table("procrastinate_jobs", column("status"), column("task_name"))


class ChannelOut(BaseModel):
    """A channel; deliveries are counted where a vendor must be handed each message."""

    channel: str
    configured: bool
    last_in_at: datetime | None
    last_out_at: datetime | None
    messages_day: int
    pending: int
    failed: int


class JobsOut(BaseModel):
    """Jobs that wait, run, and have failed for good."""

    waiting: int
    running: int
    failed: int


class HealthOut(BaseModel):
    """How the hotline is; that there is an answer says that the database is there."""

    now: datetime
    bot: bool
    jobs: JobsOut
    channels: list[ChannelOut]


def configured(settings: Settings) -> dict[str, bool]:
    """Which channels have what they need; a channel without its secret is off."""
    return {
        "web": True,
        "phone": bool(settings.twilio_auth_token),
        "wechat": bool(settings.wechat_app_id and settings.wechat_secret and settings.wechat_token),
    }


@router.get("/channels", dependencies=[Depends(desk(SUPERVISORS))])
async def read_health(house: HouseDependency, bot: Annotated[RasaClient, Depends(bot_of)]) -> HealthOut:
    """How channels, bot and jobs are."""
    now = house.clock.now()
    reachable = await bot.reachable()
    async with house.database.transaction() as session:
        traffic = await _traffic(session, now)
        undelivered = await _undelivered(session)
        jobs = await _jobs(session)
    known = configured(house.settings)
    names = [*known, *sorted(traffic.keys() - known.keys())]
    return HealthOut(
        now=now,
        bot=reachable,
        jobs=jobs,
        channels=[
            ChannelOut(
                channel=name,
                configured=known.get(name, name in traffic),
                **traffic.get(name, {"last_in_at": None, "last_out_at": None, "messages_day": 0}),
                pending=undelivered.get((name, DeliveryState.PENDING), 0),
                failed=undelivered.get((name, DeliveryState.FAILED), 0),
            )
            for name in names
        ],
    )


async def _traffic(session: AsyncSession, now: datetime) -> Mapping[str, dict[str, Any]]:
    said = Message.sender == Sender.CUSTOMER
    query = (
        select(
            Conversation.channel,
            func.max(Message.created_at).filter(said).label("last_in_at"),
            func.max(Message.created_at).filter(~said).label("last_out_at"),
            func.count().filter(Message.created_at > now - DAY).label("messages_day"),
        )
        .join(Conversation, Conversation.id == Message.conversation_id)
        .group_by(Conversation.channel)
    )
    rows = (await session.execute(query)).mappings()
    return {row["channel"]: {name: row[name] for name in row if name != "channel"} for row in rows}


async def _undelivered(session: AsyncSession) -> Mapping[tuple[str, str], int]:
    query = (
        select(Delivery.channel, Delivery.state, func.count())
        .where(Delivery.state != DeliveryState.SENT)
        .group_by(Delivery.channel, Delivery.state)
    )
    return {(channel, state): count for channel, state, count in await session.execute(query)}


async def _jobs(session: AsyncSession) -> JobsOut:
    status = cast(JOBS.c.status, Text)
    query = select(status, func.count()).select_from(JOBS).group_by(status)
    by_status = {name: count for name, count in await session.execute(query)}  # noqa: C416  # rows are no pairs
    return JobsOut(
        waiting=by_status.get("todo", 0), running=by_status.get("doing", 0), failed=by_status.get("failed", 0)
    )
