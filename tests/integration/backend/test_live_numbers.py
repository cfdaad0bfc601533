"""Customers' phone numbers in live conversations: hidden in lists, pages and events until somebody reveals them."""

import pytest

from backend.access.roles import Role
from backend.clock import FixedClock
from tests.integration.backend.conftest import WebCustomer
from tests.integration.backend.live_desk import MORNING, V1, LiveDesk, Person
from tests.integration.backend.test_handover_sockets import Scene, scene
from tests.integration.backend.test_realtime import watch
from tests.support.scripted_bot import ScriptedBot

__all__ = ["scene"]

PHONE, HIDDEN = "13812345678", "138****5678"
SAID = f"打{PHONE}找我"
UNDERSTOOD = {
    "kind": "repair_request",
    "summary": f"冰箱不制冷，电话{PHONE}",
    "slots": {"phone": PHONE, "address": "苏州市姑苏区临顿路1号", "fault": f"不制冷，急，{PHONE}"},
}
NOTE = f"家属电话{PHONE}"


@pytest.fixture
async def desk(clock_running):
    clock = FixedClock(MORNING)
    async with clock_running(clock) as running:
        yield LiveDesk(running, clock)


async def told(customer: WebCustomer, bot: ScriptedBot) -> None:
    """The customer writes a number; the bot repeats it, offers it, and takes it down."""
    bot.answer = lambda text: [
        {"text": f"是{PHONE}吗？", "buttons": [{"title": PHONE, "payload": PHONE}]},
        {"custom": {"understanding": UNDERSTOOD}},
    ]
    await customer.say(SAID)


async def messages(person: Person, customer: WebCustomer) -> dict:
    path = f"{V1}/conversations/{customer.conversation_id}/messages"
    return (await person.http.get(path)).json()


@pytest.mark.parametrize("view", ["bot", "all", "mine", "queue", "closed"])
async def test_no_list_shows_a_number_not_even_to_who_revealed_it(
    desk: LiveDesk, bot: ScriptedBot, view: str
):
    linda, customer = await desk.person("linda"), await desk.customer()
    await told(customer, bot)
    if view in {"mine", "closed"}:
        await linda.did("takeover", customer)
    if view == "closed":
        await linda.did("close", customer, note=NOTE)
    if view == "queue":
        await desk.wants_a_person(customer)
    await linda.did("reveal", customer, reason="回电")
    (card,) = (await linda.lists(view))["items"]
    assert PHONE not in str(card)
    assert "临顿路" not in str(card)
    assert card["understanding"]["summary"] == f"冰箱不制冷，电话{HIDDEN}"
    assert card["understanding"]["slots"]["fault"] == f"不制冷，急，{HIDDEN}"
    if view == "bot":
        assert [one["text"] for one in card["last_messages"]][1:] == [f"打{HIDDEN}找我", f"是{HIDDEN}吗？"]
        assert card["last_messages"][-1]["quick_replies"] == [HIDDEN]


async def test_an_opened_conversation_hides_numbers_until_they_are_revealed(desk: LiveDesk, bot: ScriptedBot):
    linda, wang, customer = await desk.person("linda"), await desk.person("wang"), await desk.customer()
    await told(customer, bot)
    await linda.did("takeover", customer, note=NOTE)
    await linda.did("notes", customer, text=NOTE)
    seen, log = await linda.sees(customer), await messages(linda, customer)
    assert PHONE not in str(seen) + str(log)
    assert "临顿路" not in str(seen)
    assert (seen["revealed"], log["revealed"]) == (False, False)
    assert f"打{HIDDEN}找我" in [one["text"] for one in log["messages"]]

    await linda.did("reveal", customer)  # one click: it is theirs

    seen, log = await linda.sees(customer), await messages(linda, customer)
    assert (seen["revealed"], log["revealed"]) == (True, True)
    assert seen["understanding"] == UNDERSTOOD
    assert {note["text"] for note in seen["notes"]} == {NOTE}
    assert seen["stretches"][-1]["note"] == NOTE
    assert {SAID, f"是{PHONE}吗？"} <= {one["text"] for one in log["messages"]}
    assert PHONE not in str(await wang.sees(customer)) + str(await messages(wang, customer))
    await desk.passes(minutes=31)
    assert PHONE not in str(await linda.sees(customer)) + str(await messages(linda, customer))


async def test_a_deed_answers_no_more_than_was_revealed(desk: LiveDesk, bot: ScriptedBot):
    linda, chief = await desk.person("linda"), await desk.person("chief", Role.SUPERVISOR)
    customer = await desk.customer()
    await told(customer, bot)
    assert PHONE not in str(await linda.did("takeover", customer))
    corrected = await linda.did("facts", customer, facts={"phone": HIDDEN, "product": "冰箱"})
    assert corrected["understanding"]["slots"]["phone"] == HIDDEN
    assert PHONE not in str(await chief.did("assign", customer, username="chief"))
    await chief.did("reveal", customer)
    assert (await chief.did("facts", customer, facts={"model": "K1"}))["understanding"]["slots"][
        "phone"
    ] == PHONE


async def test_who_looked_and_when_is_on_record(desk: LiveDesk, bot: ScriptedBot):
    linda, wang, customer = await desk.person("linda"), await desk.person("wang"), await desk.customer()
    await told(customer, bot)
    await linda.did("takeover", customer)
    await linda.did("reveal", customer)
    refused = await wang.do("reveal", customer)
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "reason_needed")
    await wang.did("reveal", customer, reason="质检抽查")
    rows = desk.rows(
        "select username, kind, subject, reason, in_charge, at from reveal_log order by username"
    )
    at, subject = desk.clock.now(), customer.conversation_id
    assert rows == [
        ("linda", "conversation", subject, None, True, at),
        ("wang", "conversation", subject, "质检抽查", False, at),
    ]


async def test_suggestions_do_not_repeat_the_number(desk: LiveDesk, bot: ScriptedBot):
    linda, customer = await desk.person("linda"), await desk.customer()
    looked_up: list[str] = []
    bot.suggestions = lambda text: looked_up.append(text) or []
    await customer.say(SAID)
    path = f"{V1}/conversations/{customer.conversation_id}/suggestions"
    assert (await linda.http.get(path)).json()["asked"] == f"打{HIDDEN}找我"
    bot.status = 500
    assert (await linda.http.get(path)).json() == {
        "asked": f"打{HIDDEN}找我",
        "items": [],
        "available": False,
    }
    assert set(looked_up) == {SAID}


async def test_events_hide_numbers_and_say_so(scene: Scene, bot: ScriptedBot):
    linda, wang = await scene.desk.person("linda"), await scene.desk.person("wang")
    customer = await scene.customer()
    await linda.did("takeover", customer)
    await linda.did("reveal", customer)
    async with scene.at_desk(linda) as hers, scene.at_desk(wang) as his:
        await watch(his, customer)
        await customer.post(SAID)
        await customer.post("在吗")
        await linda.writes(customer, f"好的，打{PHONE}")
        await linda.did("notes", customer, text=NOTE)
        for page in (hers, his):
            await page.until(lambda it: len(it.named("conversation.message")) == 3)
            await page.until(lambda it: bool(it.named("conversation.note")))
            await page.until(
                lambda it: any(data["last_seq"] >= 5 for data in it.named("conversation.changed"))
            )
    for page in (hers, his):
        assert PHONE not in str(page.heard)
        said = [(data["message"]["text"], data["veiled"]) for data in page.named("conversation.message")]
        assert said == [(f"打{HIDDEN}找我", True), ("在吗", False), (f"好的，打{HIDDEN}", True)]
        assert page.named("conversation.note")[0]["note"]["text"] == f"家属电话{HIDDEN}"
        assert (
            page.named("conversation.changed")[-1]["card"]["last_messages"][-1]["text"] == f"好的，打{HIDDEN}"
        )
    async with scene.at_chat(customer) as tab:
        await linda.writes(customer, f"再打{PHONE}")
        await tab.until(lambda it: f"再打{PHONE}" in str(it.heard))
