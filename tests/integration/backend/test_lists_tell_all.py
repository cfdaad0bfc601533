"""Lists that show the first of many say how many there are."""

import psycopg
import pytest
from sqlalchemy import update

from backend.access.roles import Role
from backend.desk.customers import history, searching
from backend.escalation import endpoints as escalation_endpoints
from backend.followup import endpoints as renewal_endpoints
from backend.tickets.models import Ticket
from tests.integration.backend.conftest import Running, logged_in
from tests.integration.backend.escalation_scenes import ticket_of

WASHER = {"product": "洗衣机", "model": "XQB-80", "fault": "甩干异响"}
ANGRY = {"signals": {"anger": 2}}
RENEWAL = """
with buyer as (
    insert into customer (id, name, region, unit, key_customer, created_at, updated_at)
    values (gen_random_uuid(), '苏州纺织厂', null, null, false, now(), now()) returning id
), agreed as (
    insert into maintenance_contract (id, number, customer_id, starts_on, ends_on, parts_free, created_at)
    select gen_random_uuid(), 'C' || n, buyer.id, '2025-01-01', '2026-12-31', false, now()
    from buyer, generate_series(1, 3) n returning id
)
insert into contract_renewal (id, contract_id, version, opened_at, due_at)
select gen_random_uuid(), id, 1, now(), now() from agreed
"""


async def read(running: Running, path: str, **params: object) -> dict:
    client = await logged_in(running, Role.SUPERVISOR)
    answer = await client.get(f"/api/v1{path}", params=params)
    await client.aclose()
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize(
    ("path", "params"),
    [("/escalations", {"waiting": True}), ("/escalations", {}), ("/notices", {"state": "pending"})],
)
async def test_escalations_and_notices(
    running: Running, monkeypatch: pytest.MonkeyPatch, path: str, params: dict
):
    for _ in range(3):
        await ticket_of(running, **ANGRY)
    whole = await read(running, path, **params)
    assert whole["total"] == len(whole["items"]) >= 3
    monkeypatch.setattr(escalation_endpoints, "MAX_SHOWN", 2)
    cut = await read(running, path, **params)
    assert cut["items"] == whole["items"][:2]
    assert cut["total"] == whole["total"]


async def test_contracts_that_end(running: Running, database_url: str, monkeypatch: pytest.MonkeyPatch):
    with psycopg.connect(database_url) as connection:
        connection.execute(RENEWAL)
    monkeypatch.setattr(renewal_endpoints, "MAX_SHOWN", 2)
    cut = await read(running, "/renewals")
    assert (len(cut["items"]), cut["total"]) == (2, 3)


async def test_the_wall_counts_what_it_does_not_show(running: Running, database_url: str):
    await ticket_of(running)
    whole = await read(running, "/clocks/next", limit=200)
    assert (whole["total"], whole["breached"], whole["warned"]) == (len(whole["items"]), 0, 0)
    with psycopg.connect(database_url) as connection:
        ids = [row[0] for row in connection.execute("select id from clock order by due_at")]
        connection.execute("update clock set due_at = now() where id = %s", [ids[0]])
        connection.execute("update clock set warned_at = now() where id = %s", [ids[1]])
    cut = await read(running, "/clocks/next", limit=1)
    assert (len(cut["items"]), cut["total"]) == (1, whole["total"])
    assert (cut["breached"], cut["warned"]) == (1, 1)


async def test_a_customer_with_more_than_is_shown(running: Running, monkeypatch: pytest.MonkeyPatch):
    for _ in range(3):
        await ticket_of(running)
    monkeypatch.setattr(history, "MOST", 2)
    (line,) = (await read(running, "/customers/search", text="13812345678"))["items"]
    assert (line["tickets"], line["open_tickets"]) == (3, 3)
    page = await read(running, f"/customers/{line['key']}")
    assert len(page["tickets"]) == 2
    assert page["totals"] == {
        "tickets": 3,
        "open_tickets": 3,
        "conversations": 0,
        "orders": 0,
        "surveys": 0,
    }


@pytest.mark.parametrize(("most", "more"), [(1, True), (5, False)])
async def test_a_search_says_that_there_may_be_more(
    running: Running, monkeypatch: pytest.MonkeyPatch, most: int, more: bool
):
    await ticket_of(running)
    monkeypatch.setattr(searching, "MOST", most)
    assert (await read(running, "/customers/search", text="13812345678"))["more"] is more


async def test_tickets_of_the_same_cause_are_read_page_by_page(running: Running):
    """More than policy shows at once: the rest is counted, and follows on the next page."""
    most = running.parts.house.policy.workflow.recurring.most
    numbers = [await ticket_of(running, details=WASHER) for _ in range(most + 2)]
    async with running.parts.house.database.transaction() as session:
        await session.execute(update(Ticket).values(cause_class="quality"))
    path = f"/tickets/{numbers[0]}/recurring"
    first, second = await read(running, path), await read(running, path, page=2)
    assert (len(first["items"]), first["total"], len(second["items"])) == (most, most + 1, 1)
    found = [item["number"] for page in (first, second) for item in page["items"]]
    assert found == sorted(numbers[1:], reverse=True)
