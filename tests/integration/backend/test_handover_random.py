"""Invariant 3 under whatever customers, agents, the bot and time do: one owner, a record without gap, no bot beside."""

import asyncio
import uuid
from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from backend.access.models import User
from backend.access.roles import Role
from backend.clock import FixedClock
from backend.conversations import hub
from backend.errors import DomainError
from backend.handover import claiming, closing, presence, requesting, returning, transferring, writing
from backend.handover.agents import Agent
from backend.handover.kinds import PresenceState, Reason
from backend.settings import Settings
from tests.integration.backend.conftest import Running, started
from tests.integration.backend.live_desk import MORNING
from tests.support.scripted_bot import ScriptedBot

PEOPLE = ("linda", "wang", "chief")
CONVERSATIONS = 3
which = st.integers(0, CONVERSATIONS - 1)
who = st.sampled_from(PEOPLE)


class Desk(RuleBasedStateMachine):
    """Drives the parts of one process on the test's own event loop."""

    running: Running
    loop: asyncio.AbstractEventLoop
    database: psycopg.Connection

    def _run(self, act) -> object:
        return asyncio.run_coroutine_threadsafe(act, self.loop).result(30)

    @initialize()
    def begin(self) -> None:
        self.ids = [self._run(self._started()) for _ in range(CONVERSATIONS)]

    async def _started(self) -> uuid.UUID:
        async with self.running.parts.house.units.begin() as uow:
            return (await hub.start(uow, "web")).id

    async def _deed(self, act: Callable) -> bool:
        """Done, or refused with a reason that can be told."""
        try:
            async with self.running.parts.house.units.begin() as uow:
                await act(uow)
        except DomainError:
            return False
        finally:
            await self._settled()
        return True

    async def _settled(self) -> None:
        await self.running.parts.turns.finish()
        await self.running.parts.handover.drain.finish()

    def _agent(self, username: str) -> Agent:
        return Agent(username, username.title(), Role.SUPERVISOR if username == "chief" else Role.AGENT)

    @rule(which=which, reason=st.sampled_from([Reason.CUSTOMER_ASKED, Reason.HAZARD, Reason.RULE]))
    def wants_a_person(self, which: int, reason: Reason) -> None:
        policy = self.running.parts.house.policy
        self._run(self._deed(lambda uow: requesting.request(uow, policy, self.ids[which], reason)))

    @rule(which=which, both=st.tuples(who, who))
    def two_claim(self, which: int, both: tuple[str, str]) -> None:
        waits = self._owner(which)[0] == "queue"

        async def race() -> list[bool]:
            return await asyncio.gather(
                *(
                    self._deed(lambda uow, name=name: claiming.claim(uow, self.ids[which], self._agent(name)))
                    for name in both
                )
            )

        won = self._run(race())
        if waits:
            assert won.count(True) == (2 if both[0] == both[1] else 1)

    @rule(which=which, name=who)
    def takes_over(self, which: int, name: str) -> None:
        self._run(self._deed(lambda uow: claiming.take_over(uow, self.ids[which], self._agent(name))))

    @rule(which=which, name=who)
    def hands_back(self, which: int, name: str) -> None:
        self._run(
            self._deed(lambda uow: returning.hand_back(uow, self.ids[which], self._agent(name), "好了"))
        )

    @rule(which=which, name=who, to=st.sampled_from([*PEOPLE, None]))
    def transfers(self, which: int, name: str, to: str | None) -> None:
        goal = transferring.Goal(to, None if to else "quality")
        rules = self.running.parts.house.policy.desk
        self._run(
            self._deed(
                lambda uow: transferring.transfer(
                    uow, rules, self.ids[which], self._agent(name), goal, "请接"
                )
            )
        )

    @rule(which=which, name=who)
    def closes(self, which: int, name: str) -> None:
        self._run(self._deed(lambda uow: closing.close(uow, self.ids[which], self._agent(name))))

    @rule(which=which, name=who)
    def reopens(self, which: int, name: str) -> None:
        self._run(self._deed(lambda uow: closing.reopen(uow, self.ids[which], self._agent(name))))

    @rule(name=who, state=st.sampled_from(PresenceState))
    def says_how_they_are_there(self, name: str, state: PresenceState) -> None:
        rules = self.running.parts.house.policy.desk
        self._run(self._deed(lambda uow: presence.choose(uow, rules, name, state)))

    @rule(seconds=st.sampled_from([1, 50, 100, 400]))
    def time_passes(self, seconds: int) -> None:
        clock = self.running.parts.house.clock
        clock.set(clock.now() + timedelta(seconds=seconds))
        self._run(self.running.parts.handover.sweep.run())
        self._run(self._settled())

    @rule(which=which, name=who)
    def writes(self, which: int, name: str) -> None:
        owner, username = self._owner(which)

        async def act(uow) -> None:
            draft = await writing.open_draft(uow, self.ids[which], self._agent(name), uuid.uuid4().hex)
            await writing.write(uow, draft, "您好")

        assert self._run(self._deed(act)) == (owner == "agent" and username == name)

    @rule(which=which, name=st.none() | who)
    def customer_writes_while_somebody_takes_over(self, which: int, name: str | None) -> None:
        """The bot thinks; whoever takes over meanwhile silences it."""

        async def both() -> None:
            async with self.running.parts.house.units.begin() as uow:
                await hub.store_customer_message(uow, self.ids[which], "还漏", None)
            turn = self.running.parts.turns.begin(self.ids[which])
            if name is not None:
                await self._deed(lambda uow: claiming.take_over(uow, self.ids[which], self._agent(name)))
            await turn
            await self._settled()

        self._run(both())

    def _rows(self, query: str, *values: object) -> list[tuple]:
        return self.database.execute(query, values).fetchall()

    def _owner(self, which: int) -> tuple[str, str | None]:
        return self._rows("select owner, agent_username from conversation where id = %s", self.ids[which])[0]

    @invariant()
    def each_has_exactly_one_owner_and_the_record_says_so(self) -> None:
        rows = self._rows("select id, owner, agent_username, closed_at, last_seq from conversation")
        for conversation_id, owner, username, closed_at, last_seq in rows:
            assert (owner == "agent") == (username is not None)
            assert closed_at is None or owner == "bot"
            stretches = self._rows(
                "select owner, agent_username, started_at, ended_at, from_seq from stretch"
                " where conversation_id = %s order by started_at, from_seq, ended_at nulls last",
                conversation_id,
            )
            if not stretches:
                assert owner == "bot"
                continue
            assert [row[:2] for row in stretches if row[3] is None] == [(owner, username)]
            begins, ends = (
                sorted(row[2] for row in stretches[1:]),
                sorted(row[3] for row in stretches if row[3]),
            )
            assert begins == ends
            assert all(1 <= row[4] <= last_seq + 1 for row in stretches)

    @invariant()
    def the_bot_speaks_in_no_persons_stretch(self) -> None:
        spoken = self._rows(
            "select count(*) from message m join stretch s on s.conversation_id = m.conversation_id"
            " where m.sender = 'bot' and s.owner = 'agent' and m.seq >= s.from_seq"
            " and m.seq < coalesce((select min(n.from_seq) from stretch n where n.conversation_id ="
            " s.conversation_id and n.started_at >= s.ended_at and n.id <> s.id), 2147483647)"
        )
        assert spoken == [(0,)]


@pytest.mark.timeout(400)
async def test_a_conversation_has_exactly_one_owner_whatever_happens(
    settings: Settings, bot: ScriptedBot, database_url: str
):
    bot.delay = 0.01
    async with started(settings, clock=FixedClock(MORNING)) as running:
        async with running.parts.house.database.transaction() as session:
            session.add_all(
                User(
                    username=name,
                    display_name=name.title(),
                    role=Role.SUPERVISOR if name == "chief" else Role.AGENT,
                    password_hash="",
                    active=True,
                    created_at=MORNING,
                )
                for name in PEOPLE
            )
        with psycopg.connect(database_url, autocommit=True) as database:
            machine = type(
                "DeskHere",
                (Desk,),
                {"running": running, "loop": asyncio.get_running_loop(), "database": database},
            )
            options = hypothesis_settings(
                max_examples=12,
                stateful_step_count=25,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            )
            await asyncio.to_thread(run_state_machine_as_test, machine, settings=options)
