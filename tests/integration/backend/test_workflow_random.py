"""Any sequence of steps on a real database: the record stays whole, and nothing is stored of what was refused."""

import asyncio
import random

import httpx
import pytest

from backend.access.roles import Role
from backend.tickets import audit
from tests.integration.backend.conftest import Running, WebCustomer
from tests.integration.backend.desk_steps import WHOLE, Desk
from tests.integration.backend.test_tickets import filed

PEOPLE = (Role.AGENT, Role.SUPERVISOR, Role.MANAGER, Role.GM)
TWISTS = {
    "grounds": ("insufficient",),
    "severity": ("grave", "serious"),
    "kind": ("inquiry", "service_complaint"),
    "solution_amount": ("0", "900", "70000"),
    "concession": ("40", "5000"),
    "cause_class": ("quality", "human"),
    "customer_accepted": (False,),
    "how": ("phone", "channel"),
}
BESIDE = (
    ("reject", {"rejection_reason": "甲", "rejection_evidence": "乙", "how": "written", "text": "抱歉"}),
    ("decline", {"note": "太贵"}),
    ("await_customer", {"note": "等照片"}),
    ("customer_answered", {}),
    ("contact", {}),
    ("add_words", {"text": "又漏了"}),
    ("urge", {}),
    ("withdraw", {"note": "自行解决"}),
    ("reopen", {"note": "又来了"}),
    ("verify_improvement", {"note": "查过"}),
    ("unmerge", {}),
)
STEPS_A_RUN = 40


def _next(chance: random.Random, stage: str) -> tuple[str, dict]:
    """Mostly the step that leads on, sometimes with something else in it, sometimes another one."""
    onward = {
        "recorded": "judge",
        "reopened": "judge",
        "judged": "set_responsibility",
        "responsibility_set": "investigate",
        "investigated": "propose",
        "solution_proposed": chance.choice(("approve", "notify_customer")),
        "customer_notified": "settle",
        "settled": chance.choice(("improve", "reopen")),
    }.get(stage, "reopen")
    if chance.random() < 0.25:
        return chance.choice(BESIDE)
    facts = dict(WHOLE.get(onward, {"note": "又来了"}))
    if chance.random() < 0.25:
        name = chance.choice(sorted(TWISTS))
        if name in facts or (onward, name) in {
            ("judge", "severity"),
            ("judge", "kind"),
            ("propose", "concession"),
        }:
            facts[name] = chance.choice(TWISTS[name])
    if facts and chance.random() < 0.1:
        facts.pop(chance.choice(sorted(facts)))
    return onward, facts


@pytest.mark.parametrize("seed", range(3))
async def test_no_sequence_breaks_the_record(running: Running, customer: WebCustomer, seed: int):
    chance = random.Random(seed)
    numbers = [await filed(customer) for _ in range(2)]
    people = [await Desk.of(running, role, numbers[0]) for role in PEOPLE]
    lengths = dict.fromkeys(numbers, 0)
    seen: set[str] = set()
    for _ in range(STEPS_A_RUN):
        number = chance.choice(numbers)
        desk = Desk(chance.choice(people).http, number)
        before = await desk.detail()
        step, facts = _next(chance, before["stage"])
        answer = await desk.attempt(step, version=before["version"], **facts)
        assert answer.status_code in {200, 403, 409}, answer.text
        after = await desk.detail()
        if answer.status_code != 200:
            assert after == before
        else:
            assert len(after["timeline"]) > len(before["timeline"])
            assert after["timeline"][: len(before["timeline"])] == before["timeline"]
            assert after == answer.json()
        assert all(entry["source"] for entry in after["timeline"])
        assert len(after["timeline"]) >= lengths[number]
        lengths[number] = len(after["timeline"])
        seen.add(after["stage"])
        if after["stage"] in {"settled", "improved"}:
            assert after["case"]["notified_at"]
            assert after["case"]["approved_by"]
            assert after["case"]["customer_accepted"] is True
    assert {"judged", "investigated", "solution_proposed"} <= seen
    async with running.parts.house.database.transaction() as session:
        assert await audit.verify(session) == []
    await asyncio.gather(*(desk.http.aclose() for desk in people))


async def test_people_who_race_leave_a_whole_record(running: Running, customer: WebCustomer):
    """Each step is stored once, whoever wins; what loses is told so and stores nothing."""
    number = await filed(customer)
    people = [await Desk.of(running, Role.SUPERVISOR, number, f"supervisor-{who}") for who in "abc"]

    async def work(desk: Desk, chance: random.Random) -> list[int]:
        statuses = []
        for _ in range(15):
            before = await desk.detail()
            step, facts = _next(chance, before["stage"])
            statuses.append((await desk.attempt(step, version=before["version"], **facts)).status_code)
        return statuses

    answers: list[list[int]] = await asyncio.gather(
        *(work(desk, random.Random(seed)) for seed, desk in enumerate(people))
    )
    assert set().union(*answers) <= {200, 403, 409}
    detail = await people[0].detail()
    done = sum(status == httpx.codes.OK for statuses in answers for status in statuses)
    by_people = [entry for entry in detail["timeline"] if entry["actor_kind"] == "agent"]
    steps = [
        entry
        for entry in by_people
        if entry["verb"] not in {"compensated_first", "routed", "customer_answered"}
    ]
    assert len(steps) <= done <= len(by_people)
    assert [entry["position"] for entry in detail["timeline"]] == list(range(1, len(detail["timeline"]) + 1))
    async with running.parts.house.database.transaction() as session:
        assert await audit.verify(session) == []
