"""Notices at the desk are found by whoever was away, once each, and stay read."""

import uuid

import psycopg
import pytest
from sqlalchemy import select

from backend.access import accounts
from backend.access.roles import Role
from backend.escalation.firing import Cause
from backend.escalation.notifying import PERSON, Notifier, Told
from backend.escalation.rules import Firing
from backend.escalation.transports.registry import senders
from backend.policy.escalation import Actions
from backend.tickets.models import Ticket
from tests.integration.backend.conftest import PASSWORD, Running, logged_in
from tests.integration.backend.escalation_scenes import escalations, ticket_of

ANGRY = {"signals": {"anger": 2}}
PATH = "/api/v1/inbox"


async def hired(running: Running, name: str, role: Role) -> None:
    async with running.parts.house.database.transaction() as session:
        await accounts.create_user(session, name, name.title(), role, PASSWORD)


async def inbox_of(running: Running, role: Role, name: str, **params: object) -> dict:
    client = await logged_in(running, role, name)
    answer = await client.get(PATH, params=params)
    await client.aclose()
    assert answer.status_code == 200, answer.text
    return answer.json()


async def tell(running: Running, subject: str, *targets: str) -> None:
    house = running.parts.house
    transports = senders(house.settings, house.announcer)
    notifier = Notifier(house.units, house.policy, house.wording, transports, house.announcer)
    async with house.units.begin() as uow:
        await notifier.write_of(uow, Told(subject, f"关于{subject}", "R3b-20"), targets)


async def test_who_was_away_finds_what_they_were_told(running: Running):
    await hired(running, "zhu", Role.SUPERVISOR)
    number = await ticket_of(running, **ANGRY)
    inbox = await inbox_of(running, Role.SUPERVISOR, "zhu")
    assert (inbox["unread"], inbox["total"]) == (1, 1)
    (item,) = inbox["items"]
    assert item["ticket_number"] == number
    assert item["target_name"] == "服务主管"
    assert "客户很生气" in item["title"]
    assert "依据：R1-1.2" in item["text"]
    assert "13812345678" not in item["text"]
    assert item["read_at"] is None


async def test_whom_it_does_not_concern_is_not_told(running: Running):
    await hired(running, "zhu", Role.SUPERVISOR)
    await hired(running, "ann", Role.AGENT)
    await ticket_of(running, **ANGRY)
    assert (await inbox_of(running, Role.AGENT, "ann"))["unread"] == 0


async def test_who_comes_to_the_company_later_is_not_told_of_the_past(running: Running):
    await hired(running, "zhu", Role.SUPERVISOR)
    await ticket_of(running, **ANGRY)
    assert (await inbox_of(running, Role.SUPERVISOR, "xin"))["unread"] == 0


async def test_a_person_is_told_by_name(running: Running):
    await hired(running, "li", Role.AGENT)
    await tell(running, "a", f"{PERSON}li")
    (item,) = (await inbox_of(running, Role.AGENT, "li"))["items"]
    assert (item["ticket_number"], item["target_name"], item["title"]) == (None, "li", "关于a")
    assert (await inbox_of(running, Role.AGENT, "ann"))["unread"] == 0


async def test_what_is_read_stays_read_and_is_still_found(running: Running):
    await hired(running, "zhu", Role.SUPERVISOR)
    for subject in "abc":
        await tell(running, subject, "supervisor")
    client = await logged_in(running, Role.SUPERVISOR, "zhu")
    items = (await client.get(PATH)).json()["items"]
    assert [item["title"] for item in items] == ["关于c", "关于b", "关于a"]
    read = await client.post(f"{PATH}/read", json={"ids": [items[1]["id"], str(uuid.uuid4())]})
    assert read.json() == {"unread": 2}
    left = (await client.get(PATH)).json()
    assert [item["title"] for item in left["items"]] == ["关于c", "关于a"]
    every = (await client.get(PATH, params={"unread_only": False})).json()
    assert [item["read_at"] is not None for item in every["items"]] == [False, True, False]
    await client.aclose()


async def test_all_up_to_a_moment_are_read_and_what_came_since_is_not(running: Running):
    await hired(running, "zhu", Role.SUPERVISOR)
    await tell(running, "a", "supervisor")
    await tell(running, "b", "supervisor")
    client = await logged_in(running, Role.SUPERVISOR, "zhu")
    seen = (await client.get(PATH)).json()["items"][0]["at"]
    await tell(running, "c", "supervisor")
    assert (await client.post(f"{PATH}/read", json={"up_to": seen})).json() == {"unread": 1}
    (left,) = (await client.get(PATH)).json()["items"]
    assert left["title"] == "关于c"
    await client.aclose()


async def test_what_is_not_shown_is_counted(running: Running):
    await hired(running, "zhu", Role.SUPERVISOR)
    for subject in "abc":
        await tell(running, subject, "supervisor")
    inbox = await inbox_of(running, Role.SUPERVISOR, "zhu", limit=2)
    assert [item["title"] for item in inbox["items"]] == ["关于c", "关于b"]
    assert (inbox["total"], inbox["unread"]) == (3, 3)


async def test_nobody_reads_for_another(running: Running):
    await hired(running, "zhu", Role.SUPERVISOR)
    await tell(running, "a", "supervisor")
    (item,) = (await inbox_of(running, Role.SUPERVISOR, "zhu"))["items"]
    other = await logged_in(running, Role.SUPERVISOR, "wu")
    await other.post(f"{PATH}/read", json={"ids": [item["id"]]})
    await other.aclose()
    assert (await inbox_of(running, Role.SUPERVISOR, "zhu"))["unread"] == 1


async def test_a_department_is_told_by_its_groups(running: Running, database_url: str):
    await hired(running, "zhi", Role.AGENT)
    await hired(running, "bao", Role.AGENT)
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "insert into group_member (group_id, username) values ('quality', 'zhi'), ('service', 'bao')"
        )
    number = await ticket_of(running)
    async with running.parts.house.units.begin() as uow:
        ticket = (await uow.session.scalars(select(Ticket).where(Ticket.number == number))).one()
        assert ticket.department == "质量部"
        actions = Actions(notify=("department",))
        firing = Firing("by-hand", "请协助", "", actions, "R1-1.3", {})
        assert await escalations(running).fire(uow, ticket, firing, Cause("changed"))
    (item,) = (await inbox_of(running, Role.AGENT, "zhi"))["items"]
    assert (item["ticket_number"], item["target"]) == (number, "department")
    assert (await inbox_of(running, Role.AGENT, "bao"))["unread"] == 0


@pytest.mark.parametrize("body", [{"up_to": "2026-11-24T10:00"}, {"ids": ["x"]}, {"everything": True}])
async def test_what_is_not_understood_is_refused(running: Running, body: dict):
    client = await logged_in(running, Role.AGENT)
    assert (await client.post(f"{PATH}/read", json=body)).status_code == 422
    await client.aclose()
