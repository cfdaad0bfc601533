"""Something to try the product with: accounts for each role, and a few invented cases that have gone on."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from backend.access import accounts
from backend.access.roles import Role
from backend.clock import FixedClock
from backend.conversations import hub
from backend.conversations.hub import Utterance
from backend.conversations.models import Sender
from backend.handover import demo as live_demo
from backend.house import House
from backend.settings import PROJECT_ROOT
from backend.sla.calendar import SECOND, instant
from backend.sla.clocks import Clocks
from backend.sla.sweep import Sweep
from backend.tickets.case_steps import perform
from backend.tickets.cases import Acting, get
from backend.tickets.deeds import By
from backend.tickets.filing import file
from backend.tickets.kinds import Actor
from backend.tickets.models import Ticket
from backend.tickets.offers import COMMANDS
from backend.tickets.schemas import NewTicket
from backend.unit_of_work import UnitOfWork
from backend.warranty import demo as register_demo
from backend.yaml_files import read_yaml

DEMO_USERS = {
    "demo": Role.AGENT,
    "demo-supervisor": Role.SUPERVISOR,
    "demo-manager": Role.MANAGER,
    "demo-deputy": Role.DEPUTY_GM,
    "demo-gm": Role.GM,
    "demo-admin": Role.ADMIN,
}
CHANNEL = "web"
BACK = timedelta(minutes=15)
TICK = timedelta(minutes=30)
HOUR = 3600 * SECOND
MEASURE = "plan"
"""The clock by whose calendar "so many working hours ago" is counted."""


@dataclass(frozen=True, slots=True, order=True)
class _Turn:
    """Something that happens in a story at a moment: at place 0 it begins, then come its steps."""

    at: datetime
    story: int
    place: int


class Stage:
    """Plays stories out in the past, so that their clocks stand now where they would."""

    def __init__(self, house: House, clock: FixedClock) -> None:
        self._house, self._clock = house, clock
        self._clocks = Clocks(house.policy)
        self._sweep = Sweep(house.units, self._clocks)

    async def play(self, stories: list[dict[str, Any]]) -> list[str]:
        """Play those that were not played before; returns their ids. Afterwards the time is as it was."""
        now = self._clock.now()
        new = [story for story in stories if not await self._played(story)]
        turns = [turn for index, story in enumerate(new) for turn in self._turns(index, story, now)]
        for turn in _with_ticks(turns, now):
            self._clock.set(turn.at)
            await self._sweep.run()
            if turn.story >= 0:
                await self._take(new[turn.story], turn.place)
        self._clock.set(now)
        await self._sweep.run()
        return [story["id"] for story in new]

    def _turns(self, index: int, story: dict[str, Any], now: datetime) -> Iterator[_Turn]:
        begun = self._working_hours_ago(story["filed"], now)
        yield _Turn(begun, index, 0)
        calendar = self._clocks.keeper.count(MEASURE, {}).calendar
        for place, step in enumerate(story.get("steps", ()), start=1):
            gone = round((story["filed"] - step["at"]) * HOUR)
            yield _Turn(calendar.local(calendar.after(instant(begun), gone)), index, place)

    def _working_hours_ago(self, hours: float, now: datetime) -> datetime:
        count, at = self._clocks.keeper.count(MEASURE, {}), now
        while count.elapsed(at, now) < timedelta(hours=hours):
            at -= BACK
        return at

    async def _played(self, story: dict[str, Any]) -> bool:
        async with self._house.units.begin() as uow:
            query = select(Ticket.id).where(Ticket.request_id == story["id"])
            return await uow.session.scalar(query) is not None

    async def _take(self, story: dict[str, Any], place: int) -> None:
        async with self._house.units.begin() as uow:
            if place == 0:
                await _file(uow, self._house, story)
            else:
                await _step(uow, self._house, story, story["steps"][place - 1])


def _with_ticks(turns: list[_Turn], now: datetime) -> Iterator[_Turn]:
    """The turns in order, with ticks between them at which only clocks are looked at."""
    first = min((turn.at for turn in turns), default=now)
    ticks = [_Turn(first + number * TICK, -1, 0) for number in range(1, int((now - first) / TICK) + 1)]
    return heapq.merge(sorted(turns), ticks)


async def _file(uow: UnitOfWork, house: House, story: dict[str, Any]) -> None:
    conversation = await hub.start(uow, CHANNEL)
    said = [Utterance(message["text"], Sender(message["sender"])) for message in story["messages"]]
    await hub.store_utterances(uow, conversation.id, said)
    request = NewTicket(request_id=story["id"], conversation_id=conversation.id, **story["ticket"])
    await file(uow, house.policy, request, channel=CHANNEL, by=By(Actor.BOT))


async def _step(uow: UnitOfWork, house: House, story: dict[str, Any], step: dict[str, Any]) -> None:
    number = await uow.session.scalar(select(Ticket.number).where(Ticket.request_id == story["id"]))
    ticket = await get(uow, number or "")
    role = DEMO_USERS[step["by"]]
    by = By(Actor.AGENT, house.wording.say(f"demo_{role}"), step["by"], role)
    kind = next(kind for kind in COMMANDS if kind.step == step["step"])
    command = kind.model_validate({"version": ticket.version} | step.get("facts", {}))
    await perform(Acting(uow, house.policy, by), ticket.number, command)


async def seed(house: House, clock: FixedClock, password: str, root: Path = PROJECT_ROOT) -> list[str]:
    """Make the demo accounts and tickets that do not exist yet; returns what was made.

    Args:
        house: wired, with `clock` as its clock.
        clock: stands at the present.
        password: of all demo accounts.
        root: where `data/demo` is.
    """
    made = []
    for username, role in DEMO_USERS.items():
        async with house.database.transaction() as session:
            if await accounts.find(session, username) is None:
                name = house.wording.say(f"demo_{role}")
                await accounts.create_user(session, username, name, role, password)
                made.append(username)
    folder = root / "data" / "demo"
    made += await Stage(house, clock).play(read_yaml(folder / "conversations.yml"))
    live = read_yaml(folder / "live.yml")
    made += await live_demo.seed(house, clock, password, live)
    plan = read_yaml(folder / "register.yml")
    async with house.database.transaction() as session:
        if await register_demo.seed(session, plan, clock.now()):
            made.append("register")
    return made
