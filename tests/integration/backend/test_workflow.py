"""The workflow at the desk: the eight steps over HTTP, on record, for those who may (invariant 5)."""

import asyncio
from datetime import timedelta

import httpx
import psycopg
import pytest
from sqlalchemy import update

from backend.access.roles import Role
from backend.tickets import audit
from backend.tickets.events import (
    AwaitingCustomer,
    ContactMade,
    CustomerAnswered,
    StageChanged,
    TicketChanged,
    TicketReclassified,
)
from backend.tickets.models import Ticket
from tests.integration.backend.conftest import Running, WebCustomer
from tests.integration.backend.desk_steps import WHOLE, Desk
from tests.integration.backend.escalation_scenes import ticket_of
from tests.integration.backend.test_tickets import filed


@pytest.fixture
async def number(customer: WebCustomer) -> str:
    return await filed(customer)


@pytest.fixture
async def supervisor(running: Running, number: str) -> Desk:
    return await Desk.of(running, Role.SUPERVISOR, number)


STEPS = {
    "judged",
    "responsibility_set",
    "investigated",
    "solution_proposed",
    "approved",
    "customer_notified",
    "settled",
    "improved",
}


def entries(detail: dict, *verbs: str) -> list[dict]:
    """The timeline without what clocks and escalation add to it."""
    return [entry for entry in detail["timeline"] if entry["verb"] in verbs]


async def test_a_case_from_record_to_improvement_is_all_on_its_timeline(running: Running, supervisor: Desk):
    detail = await supervisor.go("improve")
    assert detail["stage"] == "improved"
    assert detail["case"]["responsible_person"] == "李工"
    assert detail["case"]["solution_amount"] == "80.00"
    assert [(entry["verb"], entry["rule"], entry["source"]) for entry in entries(detail, *STEPS)] == [
        ("judged", "judge", "R1-1.3"),
        ("responsibility_set", "set_responsibility", "R1-1.3"),
        ("investigated", "investigate", "R3a-4.1"),
        ("solution_proposed", "propose", "R1-1.3"),
        ("approved", "authority-supervisor", "R3a-4.2"),
        ("customer_notified", "notify_customer", "R3b-26"),
        ("settled", "settle", "R3a-4.2"),
        ("improved", "improve", "R1-1.3"),
    ]
    (judged,) = entries(detail, "judged")
    assert (judged["actor_name"], judged["note"]) == ("User-Supervisor", "客户没有订单号")
    assert judged["before"] == {"stage": "recorded", "grounds": None, "demand_reasonable": None}
    async with running.parts.house.database.transaction() as session:
        assert await audit.verify(session) == []


async def test_a_step_that_lacks_facts_says_which_in_chinese_and_changes_nothing(supervisor: Desk):
    before = await supervisor.detail()
    response = await supervisor.attempt("judge")
    error = response.json()["error"]
    assert response.status_code == 409
    assert set(error["missing"]) == {"grounds", "demand_reasonable", "order_number"}
    assert error["message"].startswith("这一步还缺：理由是否成立、诉求是否合理")
    assert await supervisor.detail() == before


async def test_a_step_that_comes_too_early_says_what_comes_first(supervisor: Desk):
    before = await supervisor.detail()
    response = await supervisor.attempt("settle", **WHOLE["settle"])
    error = response.json()["error"]
    assert (response.status_code, error["code"], error["missing"]) == (409, "illegal_step", None)
    assert error["steps_before"] == list(WHOLE)[:6]
    first = "判定、定责、调查、提出方案、批准方案、通知客户"
    assert error["message"] == f"在这一步之前，还要先完成：{first}。"
    assert await supervisor.detail() == before


async def test_a_step_that_was_done_is_not_done_again(supervisor: Desk):
    await supervisor.go("approve")
    error = (await supervisor.attempt("approve")).json()["error"]
    assert (error["code"], error["steps_before"]) == ("illegal_step", None)


async def test_the_desk_learns_what_may_be_done_now(running: Running, supervisor: Desk, number: str):
    await supervisor.go("judge")
    agent = await Desk.of(running, Role.AGENT, number)
    assert (await supervisor.offers())["set_responsibility"]["lacks"] == ["responsible_person"]
    assert "set_responsibility" not in await agent.offers()
    assert "settle" not in await supervisor.offers()


async def test_what_is_missing_is_shown_and_filled_in(supervisor: Desk):
    assert (await supervisor.detail())["missing"] == ["order_number"]
    version = (await supervisor.detail())["version"]
    facts = {"version": version, "details": {"order_number": "SO-1"}, "address": "苏州市工业园区"}
    response = await supervisor.http.patch(f"{supervisor.path}/facts", json=facts)
    assert response.status_code == 200, response.text
    detail = response.json()
    assert (detail["missing"], detail["contact"]["address"]) == ([], "苏州市****")
    (corrected,) = entries(detail, "facts_corrected")
    assert corrected["after"] == {"address": "苏州市****", "details": {"order_number": "SO-1"}}
    found = await supervisor.http.get("/api/v1/tickets", params={"text": "SO-1"})
    assert found.json()["total"] == 1


async def test_roles_and_authority_are_kept(running: Running, supervisor: Desk, number: str):
    agent = await Desk.of(running, Role.AGENT, number)
    refused = await agent.attempt("reopen", note="x")
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "forbidden")
    await supervisor.go("propose", propose={"solution_amount": "5000"})
    beyond = await supervisor.attempt("approve")
    assert (beyond.status_code, beyond.json()["error"]["code"]) == (403, "beyond_authority")
    assert "经理审批" in beyond.json()["error"]["message"]
    assert (await supervisor.offers())["approve"]["needs_level"] == "manager"
    manager = await Desk.of(running, Role.MANAGER, number)
    approved = await manager.take("approve")
    assert (approved["case"]["approved_by"], approved["case"]["approval_level"]) == (
        "user-manager",
        "manager",
    )


async def test_nobody_approves_their_own_costly_proposal(running: Running, supervisor: Desk, number: str):
    await supervisor.go("propose", propose={"solution_amount": "500"})
    own = await supervisor.attempt("approve")
    assert (own.status_code, own.json()["error"]["code"]) == (403, "own_proposal")
    colleague = await Desk.of(running, Role.SUPERVISOR, number, "another-supervisor")
    assert (await colleague.take("approve"))["case"]["approved_by"] == "another-supervisor"


async def test_a_grave_matter_is_approved_by_the_deputy_and_told_in_writing(
    running: Running, customer: WebCustomer, supervisor: Desk, number: str
):
    await supervisor.go("propose", judge={"severity": "grave"})
    deputy = await Desk.of(running, Role.DEPUTY_GM, number)
    await deputy.take("approve")
    assert await supervisor.lacks("notify_customer", how="phone", text="口头说明") == {"written_notice"}
    detail = await supervisor.take("notify_customer", **WHOLE["notify_customer"])
    last = (await customer.all_messages())[-1]
    assert (last["sender"], last["text"]) == ("agent", WHOLE["notify_customer"]["text"])
    assert detail["notice"]["message"]["seq"] == last["seq"]
    assert detail["notice"]["delivery"] == "sent"
    (entry,) = entries(detail, "customer_notified")
    assert (entry["rule"], entry["source"], entry["visibility"]) == ("written_reply", "R3b-26", "customer")


async def test_a_refused_notice_is_not_sent(customer: WebCustomer, supervisor: Desk):
    await supervisor.go("propose")
    before = await customer.all_messages()
    assert await supervisor.lacks("notify_customer", **WHOLE["notify_customer"]) == {"approval"}
    assert await customer.all_messages() == before


async def test_a_rejection_is_answered_to_the_customer(customer: WebCustomer, supervisor: Desk):
    await supervisor.take("judge", **WHOLE["judge"] | {"grounds": "insufficient"})
    reply = {
        "rejection_reason": "不在保修范围",
        "rejection_evidence": "现场照片",
        "how": "channel",
        "text": "非常抱歉，经核实……",
    }
    detail = await supervisor.take("reject", **reply)
    assert detail["stage"] == "rejected"
    assert (await customer.all_messages())[-1]["text"] == reply["text"]


async def test_the_month_s_goodwill_is_counted_over_all_tickets(
    running: Running, customer: WebCustomer, supervisor: Desk, database_url: str
):
    """R8-3: 20,000 yuan a month."""
    other = Desk(supervisor.http, await filed(customer))
    await other.go("approve")
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("update ticket set concession = 19990 where number = %s", [other.number])
    await supervisor.go("investigate")
    generous = {"solution": "送滤芯", "solution_amount": "50", "note": "安抚", "concession": "50"}
    assert await supervisor.lacks("propose", **generous) == {"concession_budget"}
    assert (await supervisor.take("propose", **generous | {"concession": "10"}))[
        "stage"
    ] == "solution_proposed"


async def test_of_two_supervisors_who_edit_one_ticket_one_wins_and_the_other_is_told(
    running: Running, supervisor: Desk, number: str
):
    colleague = await Desk.of(running, Role.SUPERVISOR, number, "another-supervisor")
    version = (await supervisor.detail())["version"]
    answers = await asyncio.gather(
        supervisor.http.patch(f"{supervisor.path}/facts", json={"version": version, "address": "苏州"}),
        colleague.http.patch(f"{colleague.path}/facts", json={"version": version, "address": "无锡"}),
    )
    won, lost = sorted(answers, key=lambda answer: answer.status_code)
    assert (won.status_code, lost.status_code) == (200, 409)
    assert lost.json()["error"]["code"] == "conflict"
    assert "刷新" in lost.json()["error"]["message"]
    detail = await supervisor.detail()
    assert detail["contact"]["address"] == won.json()["contact"]["address"]
    (corrected,) = entries(detail, "facts_corrected")
    assert corrected == entries(won.json(), "facts_corrected")[0]


async def test_of_six_racing_judgements_one_wins(supervisor: Desk):
    version = (await supervisor.detail())["version"]
    answers = await asyncio.gather(
        *(supervisor.attempt("judge", version=version, **WHOLE["judge"]) for _ in range(6))
    )
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 5


async def test_a_ticket_is_assigned_to_people_who_are_there(running: Running, supervisor: Desk, number: str):
    await Desk.of(running, Role.AGENT, number, "linda")
    assert await supervisor.lacks("assign", assignee="nobody") == {"assignee"}
    assert (await supervisor.take("assign", assignee="linda"))["assignee"] == "linda"


async def test_mergers_are_on_both_timelines_and_can_be_undone(customer: WebCustomer, supervisor: Desk):
    target = Desk(supervisor.http, await filed(customer))
    await supervisor.go("judge")
    merged = await supervisor.take("merge", other=target.number)
    assert (merged["stage"], merged["merged_into"]) == ("cancelled", target.number)
    into = await target.detail()
    assert (into["merged_from"], into["case"]["repeats"]) == ([supervisor.number], 1)
    (merged_in,) = entries(into, "merged_in")
    assert merged_in["after"] == {"merged_from": supervisor.number, "repeats": 1}
    assert (await target.attempt("merge", other=supervisor.number)).status_code == 409
    back = await supervisor.take("unmerge", note="不是一回事")
    assert (back["stage"], back["merged_into"]) == ("judged", None)
    again = await target.detail()
    assert (again["merged_from"], again["case"]["repeats"]) == ([], 0)


async def test_two_mergers_into_each_other_do_not_wait_for_each_other(
    customer: WebCustomer, supervisor: Desk
):
    target = Desk(supervisor.http, await filed(customer))
    answers = await asyncio.gather(
        supervisor.attempt("merge", other=target.number), target.attempt("merge", other=supervisor.number)
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_a_second_matter_becomes_a_ticket_of_its_own(supervisor: Desk):
    detail = await supervisor.take("split", kind="service_complaint", description="师傅态度恶劣")
    (link,) = detail["linked"]
    second = await Desk(supervisor.http, link["number"]).detail()
    assert (second["kind"], second["description"], second["contact"]) == (
        "service_complaint",
        "师傅态度恶劣",
        detail["contact"],
    )
    assert second["linked"] == [{"number": supervisor.number, "relation": "split_from"}]
    assert [entry["after"] for entry in entries(detail, "split")] == [{"split_into": link["number"]}]


async def test_tickets_are_linked_once_whichever_way_round(customer: WebCustomer, supervisor: Desk):
    other = Desk(supervisor.http, await filed(customer))
    linked = await supervisor.take("link", other=other.number, relation="same_cause")
    assert linked["linked"] == [{"number": other.number, "relation": "same_cause"}]
    assert await other.lacks("link", other=supervisor.number, relation="same_cause") == {"other"}
    assert (await supervisor.attempt("link", other="26112399994")).status_code == 404


async def test_an_improvement_links_what_has_the_same_cause(customer: WebCustomer, supervisor: Desk):
    other = await filed(customer)
    detail = await supervisor.go("improve", improve={"same_cause_as": [other]})
    assert detail["linked"] == [{"number": other, "relation": "same_cause"}]
    assert [entry["verb"] for entry in entries(detail, "improved", "linked")] == ["improved", "linked"]
    verified = await supervisor.take("verify_improvement", note="抽查十台，无渗漏")
    assert verified["case"]["action_verified_at"]


async def test_tickets_of_the_same_cause_are_offered_to_be_linked(running: Running, customer: WebCustomer):
    """Same cause class and model within the days of policy; not what is linked, merged or another matter."""

    async def investigated(model: str | None, cause: str, product: str = "热水器") -> Desk:
        details = {"product": product, "fault": "漏水"} | ({"model": model} if model else {})
        desk = await Desk.of(running, Role.SUPERVISOR, await ticket_of(running, details=details))
        await desk.go("investigate", investigate={"cause_class": cause})
        return desk

    async def offered(desk: Desk) -> list[str]:
        answer = await desk.http.get(f"{desk.path}/recurring")
        assert answer.status_code == 200, answer.text
        return [item["number"] for item in answer.json()["items"]]

    here = await investigated("JSQ-30", "quality")
    assert await offered(here) == []
    older, newer = await investigated("jsq-30 ", "quality"), await investigated("JSQ-30", "quality")
    await investigated("JSQ-30", "human")
    other_model = await investigated("KFR-35", "quality")
    nameless = await investigated(None, "quality")
    assert await offered(here) == [newer.number, older.number]
    assert await offered(other_model) == []
    assert await offered(nameless) == [one.number for one in (other_model, newer, older, here)]
    await here.take("link", other=newer.number, relation="same_cause")
    assert (await offered(here), await offered(newer)) == ([older.number], [older.number])
    async with running.parts.house.database.transaction() as session:
        days = running.parts.house.policy.workflow.recurring.days
        past = update(Ticket).where(Ticket.number == older.number)
        await session.execute(past.values(created_at=Ticket.created_at - timedelta(days=days, hours=1)))
    assert await offered(here) == []
    before_its_cause_is_known = Desk(here.http, await ticket_of(running, details={"model": "JSQ-30"}))
    assert await offered(before_its_cause_is_known) == []


async def test_what_the_house_is_told_of(running: Running, customer: WebCustomer, supervisor: Desk):
    told: list[object] = []
    kinds = (
        AwaitingCustomer,
        ContactMade,
        CustomerAnswered,
        StageChanged,
        TicketChanged,
        TicketReclassified,
    )
    for kind in kinds:

        async def remember(_uow: object, event: object) -> None:
            told.append(event)

        running.parts.house.bus.inside(kind, remember)

    async def heard(step: str, **facts) -> list[str]:
        told.clear()
        await supervisor.take(step, **facts)
        return [type(event).__name__ for event in told]

    judge = WHOLE["judge"] | {"severity": "serious"}
    assert await heard("judge", **judge) == ["StageChanged", "TicketReclassified", "TicketChanged"]
    changed = next(event for event in told if isinstance(event, TicketReclassified))
    assert (changed.before, changed.after) == ({"severity": "minor"}, {"severity": "serious"})
    assert await heard("contact") == ["ContactMade", "TicketChanged"]
    assert await heard("contact") == ["TicketChanged"]
    assert await heard("await_customer", note="请补照片") == ["AwaitingCustomer", "TicketChanged"]
    assert await heard("customer_answered") == ["CustomerAnswered", "TicketChanged"]
    assert await heard("withdraw", note="客户自行解决") == ["StageChanged", "TicketChanged"]


@pytest.mark.parametrize("body", [{}, {"version": 0}, {"version": 1, "kind": "x"}, {"version": 1, "odd": 1}])
async def test_a_malformed_step_is_refused(supervisor: Desk, body: dict):
    response = await supervisor.http.post(f"{supervisor.path}/steps/judge", json=body)
    assert response.status_code == 422
    assert response.json()["error"]["fields"]


async def test_steps_need_a_session(client: httpx.AsyncClient, number: str):
    response = await client.post(f"/api/v1/tickets/{number}/steps/judge", json={"version": 1})
    assert response.status_code == 401
