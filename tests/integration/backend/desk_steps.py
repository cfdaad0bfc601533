"""Steps as people at the desk take them, over HTTP."""

import httpx

from backend.access.roles import Role
from tests.integration.backend.conftest import Running, logged_in

WHOLE = {
    "judge": {"grounds": "sufficient", "demand_reasonable": True, "note": "客户没有订单号"},
    "set_responsibility": {"responsible_person": "李工"},
    "investigate": {"cause_class": "other", "findings": "接头松动", "direct_cause": "运输颠簸"},
    "propose": {"solution": "上门紧固", "solution_amount": "80", "note": "无需先赔"},
    "approve": {},
    "notify_customer": {"how": "written", "text": "师傅明天上门，费用由我们承担。"},
    "settle": {"customer_accepted": True, "carried_out": "已紧固", "reaction": "满意"},
    "improve": {
        "corrective_action": "紧固",
        "preventive_action": "加防震垫",
        "action_owner": "李工",
        "action_due": "2199-01-01",
    },
}
"""The eight steps with all that each demands of an ordinary case."""


class Desk:
    """Somebody at the desk with one ticket."""

    def __init__(self, http: httpx.AsyncClient, number: str) -> None:
        self.http = http
        self.number = number
        self.path = f"/api/v1/tickets/{number}"

    @classmethod
    async def of(cls, running: Running, role: Role, number: str, username: str | None = None) -> "Desk":
        return cls(await logged_in(running, role, username), number)

    async def detail(self) -> dict:
        response = await self.http.get(self.path)
        assert response.status_code == 200, response.text
        return response.json()

    async def offers(self) -> dict[str, dict]:
        response = await self.http.get(f"{self.path}/steps")
        assert response.status_code == 200, response.text
        return {offer["step"]: offer for offer in response.json()["steps"]}

    async def attempt(self, step: str, version: int | None = None, **facts) -> httpx.Response:
        seen = (await self.detail())["version"] if version is None else version
        return await self.http.post(f"{self.path}/steps/{step}", json={"version": seen} | facts)

    async def take(self, step: str, **facts) -> dict:
        response = await self.attempt(step, **facts)
        assert response.status_code == 200, response.text
        return response.json()

    async def lacks(self, step: str, **facts) -> set[str]:
        response = await self.attempt(step, **facts)
        assert response.status_code == 409, response.text
        error = response.json()["error"]
        assert error["code"] == "illegal_step"
        assert set(error["missing"]) == set(error["fields"])
        assert all(words in error["message"] for words in error["fields"].values())
        return set(error["missing"])

    async def go(self, stop: str, **changes: dict) -> dict:
        """Take the steps up to and with `stop`; `changes` are other facts, by step."""
        for step, facts in WHOLE.items():
            after = await self.take(step, **facts | changes.get(step, {}))
            if step == stop:
                return after
        raise AssertionError(stop)
