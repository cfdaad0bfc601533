"""Notices: with the firing, by jobs, repeated, on the timeline when sent, at the desk when they finally fail."""

from collections.abc import AsyncIterator

import httpx
import psycopg
import pytest

from backend.access.roles import Role
from backend.settings import Settings
from tests.integration.backend.conftest import Running, logged_in, started
from tests.integration.backend.escalation_scenes import ticket_of, work_until
from tests.integration.backend.test_escalation_transports import Vendor
from tests.integration.backend.test_escalation_transports import running as vendor_of

ANGRY = {"signals": {"anger": 2}}
BY_ROBOT = "transport = 'wecom'"


@pytest.fixture
async def robot() -> AsyncIterator[Vendor]:
    async with vendor_of("wecom") as it:
        yield it


@pytest.fixture
async def running(settings: Settings, robot: Vendor) -> AsyncIterator[Running]:
    url = f"http://127.0.0.1:{robot.port}/cgi-bin/webhook/send?key=k"
    changed = settings.model_copy(update={"wecom_robot_url": url, "notice_timeout_seconds": 0.5})
    async with started(changed) as it:
        yield it


async def timeline_of(running: Running, number: str) -> list[dict]:
    agent = await logged_in(running, Role.AGENT)
    entries = (await agent.get(f"/api/v1/tickets/{number}")).json()["timeline"]
    await agent.aclose()
    return entries


async def test_people_are_told_what_why_and_until_when(running: Running, robot: Vendor, database_url: str):
    number = await ticket_of(running, **ANGRY)
    await work_until(running, database_url, f"count(*) = 1 from notice where state = 'sent' and {BY_ROBOT}")
    (heard,) = robot.heard
    clause = running.parts.house.policy.clauses["R1-1.2"]
    assert f"【服务主管】工单{number}：客户很生气" in heard.said
    assert "热水器 · 漏水" in heard.said
    assert f"依据：R1-1.2 {clause}" in heard.said
    assert "愤怒程度（0 至 3）：2" in heard.said
    assert "前到工作台签收" in heard.said
    assert "13812345678" not in heard.said
    told = [entry for entry in await timeline_of(running, number) if entry["verb"] == "notified"]
    assert [(entry["after"], entry["rule"], entry["source"]) for entry in told] == [
        ({"target": "服务主管", "transport": "wecom"}, "anger", "R1-1.2")
    ]


async def test_a_transport_that_is_off_gets_no_notice(running: Running, database_url: str):
    await ticket_of(running, **ANGRY)
    with psycopg.connect(database_url) as connection:
        rows = connection.execute("select target, transport from notice order by 2").fetchall()
    assert rows == [("supervisor", "desk"), ("supervisor", "wecom")]


@pytest.mark.parametrize("fault", ["limit", "error", "hangs up", "nonsense"])
async def test_what_may_pass_is_repeated(running: Running, robot: Vendor, database_url: str, fault: str):
    robot.fault = fault
    await ticket_of(running, **ANGRY)
    await work_until(running, database_url, f"max(attempts) >= 2 from notice where {BY_ROBOT}")
    robot.fault = ""
    await work_until(running, database_url, f"count(*) = 1 from notice where state = 'sent' and {BY_ROBOT}")
    assert len(robot.heard) == 1


@pytest.mark.parametrize(("fault", "attempts", "error"), [("refused", 1, "93000"), ("limit", 8, "45009")])
async def test_what_finally_fails_is_seen_at_the_desk(
    running: Running, robot: Vendor, database_url: str, fault: str, attempts: int, error: str
):
    robot.fault = fault
    number = await ticket_of(running, **ANGRY)
    await work_until(running, database_url, f"count(*) = 1 from notice where state = 'failed' and {BY_ROBOT}")
    agent = await logged_in(running, Role.AGENT)
    (failed,) = (await agent.get("/api/v1/notices")).json()["items"]
    await agent.aclose()
    assert (failed["transport"], failed["target"], failed["attempts"]) == ("wecom", "supervisor", attempts)
    assert error in failed["last_error"]
    assert "notified" not in [entry["verb"] for entry in await timeline_of(running, number)]
    assert robot.heard == []


async def test_a_notice_that_was_sent_is_not_sent_again(running: Running, robot: Vendor, database_url: str):
    await ticket_of(running, **ANGRY)
    await work_until(running, database_url, f"count(*) = 1 from notice where state = 'sent' and {BY_ROBOT}")
    with psycopg.connect(database_url) as connection:
        (notice_id,) = connection.execute("select id::text from notice where transport = 'wecom'").fetchone()
    async with running.parts.house.units.begin() as uow:
        await uow.defer("escalation.notify", notice_id=notice_id)
    left = "count(*) = 0 from procrastinate_jobs where task_name = 'escalation.notify'"
    await work_until(running, database_url, left)
    assert len(robot.heard) == 1


async def test_a_target_that_policy_no_longer_knows_fails_for_good(running: Running, database_url: str):
    await ticket_of(running, **ANGRY)
    with psycopg.connect(database_url) as connection:
        connection.execute("update notice set target = 'nobody' where transport = 'wecom'")
    await work_until(running, database_url, f"count(*) = 1 from notice where state = 'failed' and {BY_ROBOT}")


async def test_notices_in_another_state_can_be_asked_for(running: Running, agent: httpx.AsyncClient):
    await ticket_of(running, **ANGRY)
    waiting = (await agent.get("/api/v1/notices", params={"state": "pending"})).json()["items"]
    assert {item["transport"] for item in waiting} == {"desk", "wecom"}
    assert (await agent.get("/api/v1/notices", params={"state": "lost"})).status_code == 422
