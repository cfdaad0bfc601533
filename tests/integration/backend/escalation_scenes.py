"""What tests of escalation do again and again: file a ticket, read what fired, run jobs."""

import asyncio
import uuid
from datetime import datetime
from typing import Any

import httpx
import psycopg
from sqlalchemy import select

from backend.clock import SHANGHAI
from backend.escalation.acknowledging import Ladder
from backend.escalation.firing import Escalations
from backend.escalation.models import Escalation
from backend.escalation.notifying import Notifier
from backend.escalation.transports.registry import senders
from backend.tickets.filing import file
from backend.tickets.kinds import Actor
from backend.tickets.models import Ticket
from backend.tickets.schemas import Contact, NewTicket
from backend.tickets.timeline import By
from tests.integration.backend.conftest import Running

FRIDAY = datetime(2026, 11, 27, 10, 0, tzinfo=SHANGHAI)


async def ticket_of(running: Running, **changes: Any) -> str:
    """A filed ticket's number."""
    house = running.parts.house
    request = NewTicket(
        **{
            "request_id": uuid.uuid4().hex,
            "conversation_id": uuid.uuid4(),
            "kind": "quality_complaint",
            "description": "热水器漏水",
            "details": {"product": "热水器", "fault": "漏水"},
            "contact": Contact(name="王女士", phone="13812345678"),
        }
        | changes
    )
    async with house.units.begin() as uow:
        filed = await file(uow, house.policy, request, channel="web", by=By(Actor.BOT))
    return filed.ticket.number


async def firings(running: Running, number: str) -> dict[str, Escalation]:
    """What fired on a ticket, by rule and level."""
    async with running.parts.house.database.transaction() as session:
        query = select(Escalation).join(Ticket).where(Ticket.number == number)
        return {f"{row.rule}/{row.level}": row for row in await session.scalars(query)}


async def ticket_row(running: Running, number: str) -> Ticket:
    async with running.parts.house.database.transaction() as session:
        return (await session.scalars(select(Ticket).where(Ticket.number == number))).one()


def escalations(running: Running) -> Escalations:
    house = running.parts.house
    transports = senders(house.settings, house.announcer)
    return Escalations(
        house.policy, Notifier(house.units, house.policy, house.wording, transports, house.announcer)
    )


def ladder(running: Running) -> Ladder:
    house = running.parts.house
    return Ladder(house.units, house.policy, escalations(running))


async def listed(client: httpx.AsyncClient, number: str) -> dict[str, dict]:
    response = await client.get(f"/api/v1/tickets/{number}/escalations")
    assert response.status_code == 200, response.text
    return {f"{item['rule']}/{item['level']}": item for item in response.json()["items"]}


def _hurried(url: str, condition: str) -> bool:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("update procrastinate_jobs set scheduled_at = now() where status = 'todo'")
        return connection.execute(f"select {condition}").fetchone()[0]


async def work_until(running: Running, url: str, condition: str) -> None:
    """Run the worker, waiting jobs made due, until a condition in SQL holds."""
    worker = asyncio.create_task(running.parts.house.jobs.work())
    try:
        async with asyncio.timeout(30):
            while not await asyncio.to_thread(_hurried, url, condition):
                await asyncio.sleep(0.05)
    finally:
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)
