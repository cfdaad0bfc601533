"""What the command line asks of service orders: one thin call each."""

from backend import policy
from backend.clock import SystemClock
from backend.db import Database
from backend.dispatch import board, orders
from backend.dispatch.board import Wanted
from backend.dispatch.kinds import OrderStage
from backend.dispatch.orders import Serving
from backend.dispatch.presenting import card_out, detail_out
from backend.dispatch.schemas import OrderCard, OrderDetail
from backend.jobs import JobQueue
from backend.settings import PROJECT_ROOT
from backend.tickets import cases
from backend.tickets.deeds import By
from backend.tickets.kinds import Actor
from backend.tickets.schemas import TimelineEntryOut, timeline
from backend.unit_of_work import EventBus, UnitsOfWork
from backend.wording import Wording
from cli.backend_calls import with_database

BY = By(Actor.AGENT)
"""Nobody in particular: phone number and address stay hidden."""


def listed(url: str, *, stage: OrderStage | None, region: str | None, open_only: bool) -> list[OrderCard]:
    """The board's orders, in the order of work."""

    async def find(database: Database) -> list[OrderCard]:
        rules, now = policy.load(PROJECT_ROOT / "policy"), SystemClock().now()
        wanted = Wanted(stage=stage, region=region, open_only=open_only)
        async with database.transaction() as session:
            return [card_out(card) for card in await board.cards(session, rules, wanted, now)]

    return with_database(url, find)


def shown(url: str, number: str) -> tuple[OrderDetail, list[TimelineEntryOut]]:
    """An order, and what its ticket's timeline says of it.

    Raises:
        backend.errors.NotFoundError: there is none.
    """

    async def find(database: Database) -> tuple[OrderDetail, list[TimelineEntryOut]]:
        rules = policy.load(PROJECT_ROOT / "policy")
        wording = Wording.load(PROJECT_ROOT / "domain" / "_system.yml")
        units = UnitsOfWork(database, SystemClock(), JobQueue(url), EventBus())
        async with units.begin() as uow:
            order, ticket = await orders.get(uow, number)
            detail = await detail_out(Serving(uow, rules, wording, BY), order, ticket)
            entries = await cases.timeline_of(uow, ticket)
            mine = [entry for entry in entries if (entry.after or {}).get("order") == number]
            return detail, timeline(mine)

    return with_database(url, find)
