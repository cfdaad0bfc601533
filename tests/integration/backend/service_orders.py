"""Service orders as people at the desk take them through, over HTTP."""

import uuid
from datetime import datetime, timedelta

import httpx

from backend.access.roles import Role
from backend.clock import FixedClock
from tests.integration.backend.conftest import SERVICE_TOKEN, Running, WebCustomer, logged_in

BRINGS = {
    "plan": {"plan": "上门检查压缩机", "region": "suzhou-city"},
    "dispatch": {},
    "depart": {"plan_told": True},
    "arrive": {},
    "fix": {"work_done": "更换启动电容", "hours": "1", "card_entry": "换电容"},
    "take_in": {"receipt": "S-001"},
    "return": {"work_done": "修好主板", "hours": "3", "card_entry": "修主板", "receipt_voided": True},
    "sign": {"signed_by": "陈女士", "opinion": "师傅很好"},
    "report": {"report": "启动电容失效，已更换"},
    "audit": {"satisfied": True, "cost": "35"},
}
SERVICE = {"Authorization": f"Bearer {SERVICE_TOKEN}"}


class Shop:
    """The desk, the customer and a technician, with a clock of the test's."""

    def __init__(self, running: Running, clock: FixedClock) -> None:
        self.running, self.clock = running, clock
        self.people: dict[Role, httpx.AsyncClient] = {}
        self.number = ""
        self.technician = ""

    async def open(self) -> None:
        for role in (Role.AGENT, Role.SUPERVISOR, Role.GM):
            self.people[role] = await logged_in(self.running, role)
        self.page = self.running.client()
        self.customer = await WebCustomer.arrive(self.page)
        answer = await self.people[Role.SUPERVISOR].post(
            "/api/v1/technicians",
            json={
                "name": "李工",
                "username": "user-agent",
                "phone": "13800000001",
                "regions": ["suzhou-city"],
                "skills": ["cooling"],
            },
        )
        assert answer.status_code == 201, answer.text
        self.technician = answer.json()["id"]

    async def another_day(self, at: datetime) -> None:
        """Sessions end overnight; people log in again."""
        self.clock.set(at)
        for role, http in self.people.items():
            await http.aclose()
            self.people[role] = await logged_in(self.running, role)

    async def close(self) -> None:
        for http in (*self.people.values(), self.page):
            await http.aclose()

    async def ticket(self, **details: str) -> str:
        """A repair request that the bot files for the customer."""
        body = {
            "request_id": uuid.uuid4().hex,
            "conversation_id": self.customer.conversation_id,
            "kind": "repair_request",
            "description": "空调不制冷",
            "details": {"product": "空调", "fault": "不制冷"} | details,
            "contact": {"name": "陈女士", "phone": "13900001234", "address": "苏州市工业园区"},
        }
        answer = await self.page.post("/api/v1/service/tickets", json=body, headers=SERVICE)
        assert answer.status_code == 201, answer.text
        return answer.json()["number"]

    async def order(self, **details: str) -> dict:
        self.ticket_number = await self.ticket(**details)
        answer = await self.opened(self.ticket_number)
        assert answer.status_code == 201, answer.text
        self.number = answer.json()["number"]
        return answer.json()

    async def opened(self, ticket: str, **more) -> httpx.Response:
        return await self.people[Role.AGENT].post("/api/v1/service-orders", json={"ticket": ticket} | more)

    async def detail(self) -> dict:
        answer = await self.people[Role.AGENT].get(f"/api/v1/service-orders/{self.number}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def attempt(self, step: str, role: Role = Role.SUPERVISOR, **facts) -> httpx.Response:
        brought = dict(BRINGS.get(step, {}))
        if step == "dispatch":
            visit = self.clock.now() + timedelta(hours=2)
            brought = {"technician_id": self.technician, "visit_at": visit.isoformat()}
        version = facts.pop("version", None) or (await self.detail())["version"]
        return await self.people[role].post(
            f"/api/v1/service-orders/{self.number}/steps/{step}",
            json={"version": version} | brought | facts,
        )

    async def take(self, *steps: str, role: Role = Role.SUPERVISOR, **facts) -> dict:
        after: dict = {}
        for step in steps:
            answer = await self.attempt(step, role, **(facts if step == steps[-1] else {}))
            assert answer.status_code == 200, (step, answer.text)
            after = answer.json()
        return after

    async def lacks(self, step: str, role: Role = Role.SUPERVISOR, **facts) -> set[str]:
        answer = await self.attempt(step, role, **facts)
        assert answer.status_code == 409, answer.text
        error = answer.json()["error"]
        assert error["code"] == "illegal_step"
        assert all(words in error["message"] for words in error["fields"].values())
        return set(error["missing"])

    async def at_the_desk(self) -> dict:
        answer = await self.people[Role.AGENT].get(f"/api/v1/tickets/{self.ticket_number}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def verbs(self) -> list[str]:
        mine = (await self.at_the_desk())["timeline"]
        return [entry["verb"] for entry in mine if (entry["after"] or {}).get("order") == self.number]

    async def clocks(self) -> dict[str, dict]:
        answer = await self.people[Role.AGENT].get(f"/api/v1/tickets/{self.ticket_number}/clocks")
        assert answer.status_code == 200, answer.text
        return {clock["id"]: clock for clock in answer.json()["items"]}

    async def heard(self) -> list[dict]:
        """What the customer's page has."""
        return await self.customer.all_messages()

    def later(self, **by: float) -> datetime:
        self.clock.set(self.clock.now() + timedelta(**by))
        return self.clock.now()
