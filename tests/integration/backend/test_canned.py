"""Canned replies: what comes with the product, who writes them, and what they may name."""

import uuid
from collections.abc import AsyncIterator

import httpx
import pytest

from backend.access.roles import Role
from backend.desk.answering.canned_text import variables
from tests.integration.backend.conftest import Running, WebCustomer, logged_in
from tests.integration.backend.test_tickets import SERVICE, request_for

CANNED = "/api/v1/canned"
REPLY = {
    "shortcut": "退款",
    "title": "退款时间",
    "text": "{customer_name}，退款三天内到账。",
    "group": "quality",
}


@pytest.fixture
async def supervisor(running: Running) -> AsyncIterator[httpx.AsyncClient]:
    http = await logged_in(running, Role.SUPERVISOR)
    yield http
    await http.aclose()


async def listed(http: httpx.AsyncClient) -> list[dict]:
    response = await http.get(CANNED)
    assert response.status_code == 200
    return response.json()["items"]


async def test_a_new_installation_has_sound_ones(agent: httpx.AsyncClient):
    replies = await listed(agent)
    assert len(replies) >= 10
    assert len({reply["shortcut"] for reply in replies}) == len(replies)
    named = set().union(*(variables(reply["text"]) for reply in replies))
    assert named == {"customer_name", "ticket", "agent", "product"}


async def test_supervisors_write_change_and_drop_them(
    supervisor: httpx.AsyncClient, agent: httpx.AsyncClient
):
    made = (await supervisor.post(CANNED, json=REPLY)).json()
    assert {name: made[name] for name in REPLY} == REPLY
    assert made["used"] == 0
    changed = REPLY | {"text": "退款五天内到账。", "group": None}
    assert (await supervisor.put(f"{CANNED}/{made['id']}", json=changed)).json()["text"] == "退款五天内到账。"
    assert [reply for reply in await listed(agent) if reply["id"] == made["id"]] == [
        changed | {"id": made["id"], "used": 0}
    ]
    assert (await supervisor.delete(f"{CANNED}/{made['id']}")).status_code == 204
    assert made["id"] not in {reply["id"] for reply in await listed(agent)}
    for response in (
        await supervisor.put(f"{CANNED}/{made['id']}", json=REPLY),
        await supervisor.delete(f"{CANNED}/{made['id']}"),
        await agent.post(f"{CANNED}/{made['id']}/used"),
    ):
        assert response.status_code == 404


async def test_agents_use_them_and_do_not_write_them(supervisor: httpx.AsyncClient, agent: httpx.AsyncClient):
    made = (await supervisor.post(CANNED, json=REPLY)).json()
    path = f"{CANNED}/{made['id']}"
    refused = [
        await agent.post(CANNED, json=REPLY),
        await agent.put(path, json=REPLY),
        await agent.delete(path),
    ]
    assert [response.status_code for response in refused] == [403, 403, 403]
    for _ in range(3):
        assert (await agent.post(f"{path}/used")).status_code == 204
    first = (await listed(agent))[0]
    assert (first["id"], first["used"]) == (made["id"], 3)


@pytest.mark.parametrize(
    "text", ["{phone}", "{customer_name!r}", "{ticket:>20}", "{agent.__class__}", "{", "a } b", "{}", "{0}"]
)
async def test_unknown_variables_and_lone_braces_are_refused(supervisor: httpx.AsyncClient, text: str):
    response = await supervisor.post(CANNED, json=REPLY | {"text": text})
    error = response.json()["error"]
    assert (response.status_code, error["code"]) == (422, "canned_variable")
    assert "{customer_name}" in error["message"]


@pytest.mark.parametrize(
    "change",
    [{"shortcut": "a b"}, {"shortcut": "/a"}, {"shortcut": ""}, {"title": "  "}, {"text": "a" * 1_001}],
)
async def test_odd_ones_are_refused(supervisor: httpx.AsyncClient, change: dict):
    response = await supervisor.post(CANNED, json=REPLY | change)
    assert (response.status_code, response.json()["error"]["code"]) == (422, "validation")


async def test_an_unknown_group_is_refused(supervisor: httpx.AsyncClient):
    response = await supervisor.post(CANNED, json=REPLY | {"group": "nobody"})
    assert (response.status_code, response.json()["error"]["code"]) == (422, "unknown_group")


async def test_a_shortcut_is_given_once(supervisor: httpx.AsyncClient):
    made = (await supervisor.post(CANNED, json=REPLY)).json()
    again = await supervisor.post(CANNED, json=REPLY)
    assert (again.status_code, again.json()["error"]["code"]) == (409, "canned_shortcut_taken")
    assert REPLY["shortcut"] in again.json()["error"]["message"]
    assert (await supervisor.put(f"{CANNED}/{made['id']}", json=REPLY)).status_code == 200


async def test_variables_come_from_the_newest_ticket(
    customer: WebCustomer, client: httpx.AsyncClient, agent: httpx.AsyncClient
):
    path = f"/api/v1/live/conversations/{customer.conversation_id}/variables"
    nothing = {"customer_name": None, "ticket": None, "agent": "User-Agent", "product": None}
    assert (await agent.get(path)).json() == nothing
    body = request_for(customer, contact={"name": "王芳"}, details={"product": "洗衣机"})
    number = (await client.post("/api/v1/service/tickets", json=body, headers=SERVICE)).json()["number"]
    assert (await agent.get(path)).json() == {
        "customer_name": "王芳",
        "ticket": number,
        "agent": "User-Agent",
        "product": "洗衣机",
    }
    unknown = await agent.get(f"/api/v1/live/conversations/{uuid.uuid4()}/variables")
    assert unknown.status_code == 404
