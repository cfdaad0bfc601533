"""The list of tickets at the desk: filters, saved views, many at once, export; numbers hidden until revealed."""

import csv
import io
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from openpyxl import load_workbook

from backend.access.roles import Role
from backend.clock import FixedClock
from backend.desk.lists import exporting
from backend.sla.sweep import Sweep
from tests.integration.backend.conftest import Running, WebCustomer, logged_in
from tests.integration.backend.test_tickets import filed

PHONE = "13812345678"
ADDRESS = "苏州市姑苏区临顿路1号"
CONTACT = {"name": "王女士", "phone": PHONE, "address": ADDRESS}
TICKETS = "/api/v1/tickets"


@pytest.fixture
async def supervisor(running: Running):
    http = await logged_in(running, Role.SUPERVISOR)
    yield http
    await http.aclose()


async def numbers(http: httpx.AsyncClient, **filters) -> list[str]:
    response = await http.get(TICKETS, params=filters)
    assert response.status_code == 200, response.text
    return [item["number"] for item in response.json()["items"]]


async def detail(http: httpx.AsyncClient, number: str) -> dict:
    return (await http.get(f"{TICKETS}/{number}")).json()


async def bulk(http: httpx.AsyncClient, *items: dict) -> list[dict]:
    response = await http.post(f"{TICKETS}/bulk", json={"items": items})
    assert response.status_code == 200, response.text
    return response.json()["items"]


async def test_filters(customer: WebCustomer, agent: httpx.AsyncClient):
    quiet = await filed(customer, kind="suggestion", description="遥控器字太小", details={})
    grave = await filed(customer, severity="grave", hazard=True)
    version = (await detail(agent, quiet))["version"]
    taken = await agent.post(
        f"{TICKETS}/{quiet}/steps/assign", json={"version": version, "assignee": "user-agent"}
    )
    assert taken.status_code == 200, taken.text

    assert await numbers(agent, severity="grave") == [grave]
    assert await numbers(agent, hazard="true") == [grave]
    assert await numbers(agent, hazard="false") == [quiet]
    assert await numbers(agent, assignee="user-agent") == [quiet]
    assert await numbers(agent, unassigned="true") == [grave]
    assert await numbers(agent, department="安全应急组") == [grave]
    assert await numbers(agent, channel="web") == [grave, quiet]
    assert await numbers(agent, channel="phone") == []
    assert await numbers(agent, priority="urgent", level="deputy_gm") == [grave]
    assert await numbers(agent, text="遥控器", hazard="true") == []
    facts = (await agent.get("/api/v1/ticket-filters")).json()
    assert facts["channels"] == ["web"]
    assert {"安全应急组", "质量部"} <= set(facts["departments"])


async def test_days_are_those_of_shanghai_and_closed_ones_can_be_left_out(clock_running):
    clock = FixedClock(datetime(2026, 11, 23, 15, 59, tzinfo=UTC))
    async with clock_running(clock) as running, running.client() as http:
        customer = await WebCustomer.arrive(http)
        before = await filed(customer)
        clock.set(clock.now() + timedelta(minutes=2))
        after = await filed(customer)
        agent = await logged_in(running, Role.AGENT)
        assert await numbers(agent, created_to="2026-11-23") == [before]
        assert await numbers(agent, created_from="2026-11-24") == [after]
        assert await numbers(agent, created_from="2026-11-23", created_to="2026-11-24") == [after, before]
        version = (await detail(agent, after))["version"]
        body = {"version": version, "note": "重复登记"}
        withdrawn = await agent.post(f"{TICKETS}/{after}/steps/withdraw", json=body)
        assert withdrawn.status_code == 200, withdrawn.text
        assert await numbers(agent, open_only="true") == [before]


async def test_what_is_overdue_and_what_is_due_first(clock_running):
    clock = FixedClock(datetime(2026, 11, 23, 2, tzinfo=UTC))
    async with clock_running(clock) as running, running.client() as http:
        customer = await WebCustomer.arrive(http)
        agent = await logged_in(running, Role.AGENT)
        old = await filed(customer)
        assert await numbers(agent, due="overdue") == []
        assert await numbers(agent, due="today") == [old]
        clock.set(clock.now() + timedelta(days=1))
        await Sweep(running.parts.house.units, running.parts.clocks).run()
        young = await filed(customer, kind="suggestion", description="遥控器字太小", details={})
        agent = await logged_in(running, Role.AGENT)
        assert await numbers(agent, due="overdue") == [old]
        assert await numbers(agent) == [young, old]
        assert await numbers(agent, sort="due") == [old, young]


@pytest.mark.parametrize(
    "query", [{"due": "never"}, {"hazard": "maybe"}, {"created_from": "2026-02-30"}, {"unknown": "x"}]
)
async def test_a_filter_that_makes_no_sense_is_refused(agent: httpx.AsyncClient, query: dict):
    response = await agent.get(TICKETS, params=query)
    assert response.status_code == 422
    assert response.json()["error"]["fields"]


async def test_views_are_ones_own_unless_a_supervisor_shares_them(
    running: Running, agent: httpx.AsyncClient, supervisor: httpx.AsyncClient
):
    mine = {"name": "急件", "filters": {"severity": "grave", "sort": "due"}}
    kept = await agent.post("/api/v1/views", json=mine)
    assert kept.status_code == 201, kept.text
    assert (await agent.post("/api/v1/views", json=mine)).status_code == 409
    assert (await agent.post("/api/v1/views", json=mine | {"name": "x", "shared": True})).status_code == 403
    shared = await supervisor.post(
        "/api/v1/views", json={"name": "超时", "filters": {"due": "overdue"}, "shared": True}
    )

    async def views(http: httpx.AsyncClient) -> list[tuple[str, bool]]:
        items = (await http.get("/api/v1/views")).json()["items"]
        return [(item["name"], item["mine"]) for item in items]

    assert await views(agent) == [("急件", True), ("超时", False)]
    assert await views(supervisor) == [("超时", True)]
    path = f"/api/v1/views/{kept.json()['id']}"
    assert (await supervisor.put(path, json=mine)).status_code == 404
    assert (await supervisor.delete(path)).status_code == 404
    assert (await agent.delete(f"/api/v1/views/{shared.json()['id']}")).status_code == 403
    manager = await logged_in(running, Role.MANAGER)
    renamed = await manager.put(
        f"/api/v1/views/{shared.json()['id']}",
        json={"name": "已超时", "filters": {"due": "overdue"}, "shared": True},
    )
    assert (renamed.status_code, renamed.json()["owner"]) == (200, "user-supervisor")
    assert (await agent.delete(path)).status_code == 204
    assert await views(agent) == [("已超时", False)]


@pytest.mark.parametrize(
    "body", [{"name": "", "filters": {}}, {"name": "x", "filters": {"kind": "y"}}, {"name": "x" * 41}]
)
async def test_a_view_of_nonsense_is_refused(agent: httpx.AsyncClient, body: dict):
    assert (await agent.post("/api/v1/views", json=body)).status_code == 422


async def test_many_are_assigned_each_for_itself_and_given_back(
    running: Running, customer: WebCustomer, agent: httpx.AsyncClient
):
    await logged_in(running, Role.AGENT, "tom")
    first, second = await filed(customer), await filed(customer)
    for number in (first, second):
        version = (await detail(agent, number))["version"]
        await agent.post(
            f"{TICKETS}/{number}/steps/assign", json={"version": version, "assignee": "user-agent"}
        )
    stale = {"number": first, "step": "assign", "command": {"version": 1, "assignee": "tom"}}
    version = (await detail(agent, second))["version"]
    fresh = {"number": second, "step": "assign", "command": {"version": version, "assignee": "tom"}}
    lost = {"number": "26112300008", "step": "assign", "command": {"version": 1, "assignee": "tom"}}
    broken = {"number": second, "step": "assign", "command": {"assignee": "tom"}}
    results = await bulk(agent, stale, fresh, lost, broken)
    codes = [result["error"] and result["error"]["code"] for result in results]
    assert codes == ["conflict", None, "not_found", "validation"]
    assert results[3]["error"]["fields"].keys() == {"version"}
    assert (await detail(agent, first))["assignee"] == "user-agent"
    assert (await detail(agent, second))["assignee"] == "tom"

    (undone,) = await bulk(agent, results[1]["undo"])
    assert undone["error"] is None
    assert (await detail(agent, second))["assignee"] == "user-agent"
    (twice,) = await bulk(agent, results[1]["undo"])
    assert twice["error"]["code"] == "conflict"


async def test_corrected_classes_are_put_back(customer: WebCustomer, agent: httpx.AsyncClient):
    number = await filed(customer)
    before = await detail(agent, number)
    command = {
        "version": before["version"],
        "severity": "serious",
        "details": {"fault": "不加热", "model": "X1"},
    }
    (done,) = await bulk(agent, {"number": number, "step": "correct_facts", "command": command})
    assert (await detail(agent, number))["details"]["fault"] == "不加热"
    (undone,) = await bulk(agent, done["undo"])
    assert undone["error"] is None, undone
    after = await detail(agent, number)
    assert (after["severity"], after["details"]) == (before["severity"], before["details"])


async def test_what_one_may_not_do_with_one_ticket_one_may_not_do_with_many(
    customer: WebCustomer, agent: httpx.AsyncClient
):
    number = await filed(customer)
    version = (await detail(agent, number))["version"]
    command = {"version": version, "department": "质量部", "responsible_person": "李工"}
    (refused,) = await bulk(agent, {"number": number, "step": "set_responsibility", "command": command})
    assert refused["error"]["code"] in {"forbidden", "illegal_step"}
    whole = {"items": [{"number": number, "step": "approve", "command": {"version": version}}]}
    assert (await agent.post(f"{TICKETS}/bulk", json=whole)).status_code == 422
    too_many = {"items": [{"number": number, "step": "assign", "command": {"version": 1}}] * 51}
    assert (await agent.post(f"{TICKETS}/bulk", json=too_many)).status_code == 422


async def test_an_export_that_is_cut_short_says_so(
    customer: WebCustomer, agent: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
):
    for _ in range(3):
        await filed(customer)
    for most, cut in [(2, True), (3, False)]:
        monkeypatch.setattr(exporting, "MOST", most)
        answer = await agent.post(f"{TICKETS}/export", json={"format": "csv"})
        _, *rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert ("请缩小筛选范围" in rows[-1][0], len(rows)) == (cut, 3)


async def test_export_masks_numbers_and_guards_formulas(customer: WebCustomer, agent: httpx.AsyncClient):
    description = f"=cmd|' /C calc'!A0 打{PHONE}"
    number = await filed(customer, description=description, contact=CONTACT)
    await filed(customer, kind="suggestion", description="遥控器字太小", details={})
    body = {"filters": {"kind": "quality_complaint"}}
    answer = await agent.post(f"{TICKETS}/export", json=body)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    header, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    found = dict(zip(header, row, strict=True))
    assert (found["工单号"], found["类型"], found["阶段"]) == (number, "质量投诉", "已记录")
    assert found["客户原话"] == "'=cmd|' /C calc'!A0 打138****5678"
    assert (found["电话"], found["地址"]) == ("138****5678", "苏州市姑苏****")

    excel = await agent.post(f"{TICKETS}/export", json=body | {"format": "xlsx"})
    rows = list(load_workbook(io.BytesIO(excel.content)).active.iter_rows(values_only=True))
    assert [rows[0], tuple(cell or "" for cell in rows[1])] == [tuple(header), tuple(row)]


async def test_whole_numbers_leave_the_house_only_with_a_supervisors_reason(
    customer: WebCustomer, agent: httpx.AsyncClient, supervisor: httpx.AsyncClient
):
    await filed(customer, contact=CONTACT)
    asked = {"whole_numbers": True, "reason": "质量部回访名单"}
    assert (await agent.post(f"{TICKETS}/export", json=asked)).status_code == 403
    without = await supervisor.post(f"{TICKETS}/export", json=asked | {"reason": " "})
    assert (without.status_code, without.json()["error"]["code"]) == (422, "reason_needed")
    answer = await supervisor.post(f"{TICKETS}/export", json=asked)
    assert PHONE in answer.text
    assert ADDRESS in answer.text
    (logged,) = (await supervisor.get("/api/v1/reveals")).json()["items"]
    assert (logged["kind"], logged["reason"], logged["username"]) == (
        "export",
        "质量部回访名单",
        "user-supervisor",
    )


async def test_a_number_is_hidden_until_somebody_says_why_and_hidden_again_later(clock_running):
    clock = FixedClock(datetime(2026, 11, 23, 2, tzinfo=UTC))
    async with clock_running(clock) as running, running.client() as http:
        customer = await WebCustomer.arrive(http)
        await customer.say(f"打{PHONE}找我")
        number = await filed(customer, description=f"漏水，打{PHONE}", contact=CONTACT)
        agent, other = await logged_in(running, Role.AGENT), await logged_in(running, Role.AGENT, "tom")
        hidden = await agent.get(f"{TICKETS}/{number}")
        assert PHONE not in hidden.text
        assert ADDRESS not in hidden.text
        assert hidden.json()["contact"] == CONTACT | {"phone": "138****5678", "address": "苏州市姑苏****"}
        assert hidden.json()["revealed"] is False

        path = f"{TICKETS}/{number}/reveal"
        refused = await agent.post(path, json={})
        assert (refused.status_code, refused.json()["error"]["code"]) == (422, "reason_needed")
        assert "原因" in refused.json()["error"]["message"]
        shown = await agent.post(path, json={"reason": "回电核实地址"})
        assert shown.json() == {"phone": PHONE, "address": ADDRESS}
        whole = await agent.get(f"{TICKETS}/{number}")
        assert (whole.json()["revealed"], whole.json()["contact"]) == (True, CONTACT)
        assert f"打{PHONE}找我" in whole.text
        assert PHONE not in (await other.get(f"{TICKETS}/{number}")).text
        assert PHONE not in (await agent.get(TICKETS)).text

        clock.set(clock.now() + timedelta(minutes=30))
        assert PHONE not in (await agent.get(f"{TICKETS}/{number}")).text


async def test_who_sees_to_a_ticket_needs_no_reason_and_supervisors_see_who_looked(
    customer: WebCustomer, agent: httpx.AsyncClient, supervisor: httpx.AsyncClient
):
    number = await filed(customer, contact=CONTACT)
    version = (await detail(agent, number))["version"]
    await agent.post(f"{TICKETS}/{number}/steps/assign", json={"version": version, "assignee": "user-agent"})
    assert (await agent.post(f"{TICKETS}/{number}/reveal", json={})).json()["phone"] == PHONE
    assert (await supervisor.post(f"{TICKETS}/{number}/reveal", json={"reason": "抽查"})).status_code == 200
    assert (await agent.get("/api/v1/reveals")).status_code == 403
    seen = (await supervisor.get("/api/v1/reveals", params={"subject": number})).json()
    assert [(one["username"], one["reason"], one["in_charge"]) for one in seen["items"]] == [
        ("user-supervisor", "抽查", False),
        ("user-agent", None, True),
    ]
    assert seen["total"] == 2
    assert (await supervisor.get("/api/v1/reveals", params={"username": "tom"})).json()["total"] == 0


async def test_a_hidden_number_cannot_be_written_back(customer: WebCustomer, agent: httpx.AsyncClient):
    number = await filed(customer, contact=CONTACT)
    seen = await detail(agent, number)
    for facts in ({"phone": "138****5679"}, {"address": "苏州市姑苏****"}):
        answer = await agent.patch(f"{TICKETS}/{number}/facts", json={"version": seen["version"]} | facts)
        assert answer.status_code == 422
        assert answer.json()["error"]["fields"].keys() == facts.keys()
    corrected = await agent.patch(
        f"{TICKETS}/{number}/facts", json={"version": seen["version"], "phone": "13900010001"}
    )
    assert corrected.status_code == 200
    assert "13900010001" not in corrected.text
    assert PHONE not in corrected.text
    assert await numbers(agent, text="13900010001") == [number]
