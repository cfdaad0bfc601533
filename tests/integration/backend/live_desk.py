"""A desk at ten in the morning: agents, customers, and what they do."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
import psycopg

from backend.access.roles import Role
from backend.clock import SHANGHAI, FixedClock
from backend.handover import presence, requesting
from backend.handover.kinds import Reason
from backend.handover.waiting import Queued
from tests.integration.backend.conftest import Running, WebCustomer, logged_in

MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
NIGHT = datetime(2026, 11, 23, 23, 0, tzinfo=SHANGHAI)
V1 = "/api/v1/live"


@dataclass
class Person:
    """An agent's page."""

    username: str
    http: httpx.AsyncClient

    async def do(self, deed: str, conversation: object, **body) -> httpx.Response:
        return await self.http.post(f"{V1}/conversations/{_id(conversation)}/{deed}", json=body)

    async def did(self, deed: str, conversation: object, **body) -> dict:
        response = await self.do(deed, conversation, **body)
        assert response.status_code in {200, 201}, response.text
        return response.json()

    async def writes(self, conversation: object, text: str, key: str | None = None) -> httpx.Response:
        return await self.do("messages", conversation, text=text, client_message_id=key or uuid.uuid4().hex)

    async def sees(self, conversation: object) -> dict:
        response = await self.http.get(f"{V1}/conversations/{_id(conversation)}")
        assert response.status_code == 200, response.text
        return response.json()

    async def lists(self, view: str, **filters) -> dict:
        response = await self.http.get(f"{V1}/conversations", params={"view": view, **filters})
        assert response.status_code == 200, response.text
        return response.json()

    async def is_there(self, state: str) -> dict:
        response = await self.http.put(f"{V1}/presence", json={"state": state})
        assert response.status_code == 200, response.text
        return response.json()


@dataclass
class LiveDesk:
    """The running application with its clock."""

    running: Running
    clock: FixedClock

    async def person(
        self,
        username: str,
        role: Role = Role.AGENT,
        *,
        groups: tuple[str, ...] = (),
        state: str | None = None,
    ) -> Person:
        person = Person(username, await logged_in(self.running, role, username))
        if groups:
            async with self.running.parts.house.units.begin() as uow:
                await presence.set_groups(uow, username, groups)
        if state is not None:
            await person.is_there(state)
        return person

    async def customer(self) -> WebCustomer:
        return await WebCustomer.arrive(self.running.client())

    async def wants_a_person(
        self, customer: object, reason: Reason = Reason.CUSTOMER_ASKED, **options
    ) -> Queued:
        house = self.running.parts.house
        async with house.units.begin() as uow:
            queued = await requesting.request(uow, house.policy, uuid.UUID(_id(customer)), reason, **options)
        self.clock.set(self.clock.now() + timedelta(milliseconds=1))  # nobody comes at the same moment
        return queued

    async def waiting_customer(self, reason: Reason = Reason.CUSTOMER_ASKED, **options) -> WebCustomer:
        customer = await self.customer()
        queued = await self.wants_a_person(customer, reason, **options)
        assert queued.queued
        return customer

    async def passes(self, **time: float) -> None:
        """Time goes by, and what it does to the desk is done."""
        self.clock.set(self.clock.now() + timedelta(**time))
        await self.sweeps()

    async def sweeps(self) -> None:
        await self.settles()
        await self.running.parts.handover.sweep.run()
        await self.settles()

    async def settles(self) -> None:
        await self.running.parts.turns.finish()
        await self.running.parts.handover.drain.finish()

    def rows(self, query: str, *values: object) -> list[tuple]:
        with psycopg.connect(self.running.parts.house.settings.database_url) as connection:
            return connection.execute(query, values).fetchall()

    def holder(self, conversation: object) -> tuple[str, str | None]:
        ((owner, username),) = self.rows(
            "select owner, agent_username from conversation where id = %s", _id(conversation)
        )
        return owner, username


def _id(conversation: object) -> str:
    return str(getattr(conversation, "conversation_id", conversation))
