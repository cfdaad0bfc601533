"""A conversation goes to a person and back: claim, takeover, hand back, transfer, close; and the record of it."""

import asyncio
import itertools
from collections.abc import AsyncIterator

import pytest

from backend.access.roles import Role
from backend.clock import FixedClock
from backend.handover.kinds import Reason
from tests.integration.backend.live_desk import MORNING, LiveDesk, Person
from tests.support.scripted_bot import ScriptedBot


@pytest.fixture
async def desk(clock_running) -> AsyncIterator[LiveDesk]:
    clock = FixedClock(MORNING)
    async with clock_running(clock) as running:
        yield LiveDesk(running, clock)


@pytest.fixture
async def linda(desk: LiveDesk) -> Person:
    return await desk.person("linda")


@pytest.fixture
async def wang(desk: LiveDesk) -> Person:
    return await desk.person("wang")


def texts(messages: list[dict]) -> list[tuple[str, str]]:
    return [(message["sender"], message["text"]) for message in messages]


async def test_of_several_who_claim_one_wins_and_the_others_learn_who(desk: LiveDesk, linda, wang):
    customer = await desk.waiting_customer()
    answers = await asyncio.gather(linda.do("claim", customer), wang.do("claim", customer))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    (winner,) = [answer.json()["agent"] for answer in answers if answer.status_code == 200]
    (refusal,) = [answer.json()["error"] for answer in answers if answer.status_code == 409]
    assert refusal["code"] == "already_owned"
    assert refusal["owner"] == winner["display_name"]
    assert winner["display_name"] in refusal["message"]
    assert desk.holder(customer) == ("agent", winner["username"])


async def test_claiming_again_what_one_has_changes_nothing(desk: LiveDesk, linda):
    customer = await desk.waiting_customer()
    first, again = await linda.did("claim", customer), await linda.did("claim", customer)
    assert again["version"] == first["version"]
    assert len(again["stretches"]) == 3


async def test_what_the_bot_has_is_taken_over_and_not_claimed(desk: LiveDesk, linda):
    customer = await desk.customer()
    refused = await linda.do("claim", customer)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "not_waiting")
    taken = await linda.did("takeover", customer)
    assert (taken["owner"], taken["agent"]["username"]) == ("agent", "linda")


async def test_the_bot_falls_silent_in_the_middle_of_its_reply(desk: LiveDesk, linda, bot: ScriptedBot):
    customer = await desk.customer()
    bot.delay = 0.3
    bot.answer = lambda text: [{"text": "第一句"}, {"text": "第二句"}]
    asked = asyncio.create_task(customer.post("在吗"))
    while not bot.heard:
        await asyncio.sleep(0.01)
    await linda.did("takeover", customer)
    assert (await asked).json()["replies"] == []
    assert (await linda.writes(customer, "我来了")).status_code == 200
    await customer.post("好的")
    said = texts(await customer.all_messages())[1:]
    assert [sender for sender, _ in said] == ["customer", "system", "agent", "customer"]
    assert "Linda" in said[1][1]
    assert len(bot.heard) == 1


async def test_handed_back_the_bot_goes_on_at_once_from_what_it_is_told(
    desk: LiveDesk, linda, bot: ScriptedBot
):
    customer = await desk.customer()
    await linda.did("takeover", customer)
    await customer.post("型号是A12")
    await linda.did("facts", customer, facts={"model": "A12"})
    bot.answer = lambda text: [{"text": f"接着说：{text}"}]
    given = await linda.did("hand_back", customer, note="型号已核实", facts={"product": "热水器"})
    await desk.settles()
    assert given["owner"] == "bot"
    assert bot.heard == [(customer.conversation_id, "/hand_back")]
    told = bot.metadata[-1]
    assert told["hand_back"] == {"note": "型号已核实", "facts": {"model": "A12", "product": "热水器"}}
    assert told["people"] == {"open": True, "online": 0}
    assert texts(await customer.all_messages())[-1] == ("bot", "接着说：/hand_back")
    assert (await customer.say("好"))[0] == "接着说：好"
    assert desk.rows("select errand from conversation") == [(None,)]


async def test_when_the_bot_cannot_go_on_a_person_must(desk: LiveDesk, linda, bot: ScriptedBot):
    customer = await desk.customer()
    await linda.did("takeover", customer)
    bot.status = 500
    await linda.did("hand_back", customer)
    await desk.settles()
    ((owner, reason),) = desk.rows("select owner, handover_reason from conversation")
    assert (owner, reason) == ("queue", "bot_failed")
    assert "转人工" in (await customer.all_messages())[-1]["text"]


async def test_a_hand_back_survives_the_process_that_took_it(desk: LiveDesk, linda, bot: ScriptedBot):
    """Whoever finds the errand does it, once."""
    customer = await desk.customer()
    await linda.did("takeover", customer)
    turns = desk.running.parts.turns
    turns.begin = lambda _conversation_id: None  # the process dies before it begins
    await linda.did("hand_back", customer, note="请继续")
    assert bot.heard == []
    await turns.run_job(customer.conversation_id)
    await turns.run_job(customer.conversation_id)
    assert [text for _, text in bot.heard] == ["/hand_back"]


async def test_the_record_has_each_stretch_of_bot_queue_and_person(desk: LiveDesk, linda, wang):
    customer = await desk.waiting_customer(Reason.CUSTOMER_ASKED, note="催了三次")
    await linda.did("claim", customer)
    await wang.is_there("online")
    await linda.did("transfer", customer, to_username="wang", note="质量问题")
    seen = await wang.did("hand_back", customer, note="已处理")
    stretches = [
        (one["owner"], one["agent"] and one["agent"]["username"], one["reason"], one["note"])
        for one in seen["stretches"]
    ]
    assert stretches == [
        ("bot", None, "began", None),
        ("queue", None, "customer_asked", "催了三次"),
        ("agent", "linda", "claimed", None),
        ("agent", "wang", "agent_transfer", "质量问题"),
        ("bot", None, "handed_back", "已处理"),
    ]
    ends = [(one["started_at"], one["ended_at"]) for one in seen["stretches"]]
    assert all(end == begin for (_, end), (begin, _) in itertools.pairwise(ends))
    assert ends[-1][1] is None
    assert [(note["kind"], note["text"]) for note in seen["notes"]] == [
        ("request", "催了三次"),
        ("transfer", "质量问题"),
        ("hand_back", "已处理"),
    ]


async def test_nobody_answers_over_a_colleague(desk: LiveDesk, linda, wang):
    customer = await desk.customer()
    not_taken = await linda.writes(customer, "您好")
    await linda.did("takeover", customer)
    refused = await wang.writes(customer, "您好")
    taken = await wang.do("takeover", customer)
    assert not_taken.json()["error"]["code"] == "not_taken"
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "not_owner")
    assert refused.json()["error"]["owner"] == "Linda"
    assert (taken.status_code, taken.json()["error"]["owner"]) == (409, "Linda")
    for deed, body in (("hand_back", {}), ("close", {}), ("transfer", {"to_group": "quality", "note": "x"})):
        assert (await wang.do(deed, customer, **body)).json()["error"]["code"] == "not_owner"


async def test_a_supervisor_joins_whispers_takes_over_and_assigns(desk: LiveDesk, linda, wang):
    chief = await desk.person("chief", Role.SUPERVISOR)
    customer = await desk.customer()
    await linda.did("takeover", customer)
    assert (await chief.writes(customer, "我也在")).status_code == 409
    joined = await chief.did("join", customer)
    assert [one["username"] for one in joined["joined"]] == ["chief"]
    assert (await chief.writes(customer, "我是主管")).json()["author_name"] == "Chief"
    await chief.did("notes", customer, text="先道歉")
    await chief.did("leave", customer)
    assert (await chief.writes(customer, "还在")).status_code == 409
    assert (await chief.did("takeover", customer))["agent"]["username"] == "chief"
    assert (await chief.did("assign", customer, username="wang"))["agent"]["username"] == "wang"
    assert "先道歉" not in str(await customer.all_messages())


@pytest.mark.parametrize("deed", ["join", "assign"])
async def test_agents_neither_join_nor_assign(desk: LiveDesk, linda, deed: str):
    customer = await desk.waiting_customer()
    assert (await linda.do(deed, customer, username="linda")).status_code == 403


async def test_transfers_go_to_whoever_is_there_or_to_a_group(desk: LiveDesk, linda, wang):
    customer = await desk.customer()
    await linda.did("takeover", customer)
    absent = await linda.do("transfer", customer, to_username="wang", note="请接")
    nobody = await linda.do("transfer", customer, to_username="nobody", note="请接")
    nowhere = await linda.do("transfer", customer, to_group="nowhere", note="请接")
    both = await linda.do("transfer", customer, to_group="quality", to_username="wang", note="请接")
    assert [one.status_code for one in (absent, nobody, nowhere, both)] == [409, 422, 422, 422]
    assert absent.json()["error"]["owner"] == "Wang"
    assert desk.holder(customer) == ("agent", "linda")
    given = await linda.did("transfer", customer, to_group="quality", note="请质量组看")
    assert (given["owner"], given["group"], given["handover_reason"]) == (
        "queue",
        "quality",
        "agent_transfer",
    )


async def test_the_same_message_from_two_tabs_is_one(desk: LiveDesk, linda):
    customer = await desk.customer()
    await linda.did("takeover", customer)
    answers = await asyncio.gather(*(linda.writes(customer, "您好", "tab") for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["seq"] for answer in answers}) == 1
    assert texts(await customer.all_messages()).count(("agent", "您好")) == 1


async def test_texts_of_four_thousand_characters_go_and_longer_ones_are_refused_in_words(
    desk: LiveDesk, linda
):
    customer = await desk.customer()
    await linda.did("takeover", customer)
    assert (await linda.writes(customer, "长" * 4_000)).json()["text"] == "长" * 4_000
    refused = await linda.writes(customer, "长" * 4_001)
    nothing = await linda.writes(customer, " \n")
    assert refused.status_code == 422
    assert "4000" in refused.json()["error"]["fields"]["text"]
    assert (nothing.status_code, nothing.json()["error"]["code"]) == (422, "nothing_said")
    assert len(await customer.all_messages()) == 3


async def test_a_closed_conversation_is_answered_by_nobody_until_the_customer_or_an_agent_opens_it(
    desk: LiveDesk, linda, wang
):
    customer = await desk.customer()
    await linda.did("takeover", customer)
    closed = await linda.did("close", customer, note="已解决")
    assert closed["closed_at"] is not None
    for deed, body in (
        ("messages", {"text": "还有", "client_message_id": "x"}),
        ("close", {}),
        ("takeover", {}),
        ("transfer", {"to_group": "quality", "note": "x"}),
    ):
        refused = await linda.do(deed, customer, **body)
        assert (deed, refused.status_code, refused.json()["error"]["code"]) == (
            deed,
            409,
            "conversation_closed",
        )
    assert [one["id"] for one in (await wang.lists("closed"))["items"]] == [customer.conversation_id]
    assert await customer.say("又坏了") == ["听到：又坏了"]
    assert (await linda.sees(customer))["closed_at"] is None
    await linda.did("takeover", customer)
    await linda.did("close", customer)
    assert (await wang.did("reopen", customer))["agent"]["username"] == "wang"
    assert (await wang.writes(customer, "我来跟进")).status_code == 200


async def test_corrections_change_what_is_understood(desk: LiveDesk, linda, wang, bot: ScriptedBot):
    customer = await desk.customer()
    understood = {
        "kind": "repair_request",
        "slots": {"product": "冰箱", "phone": "13812345678"},
        "missing": ["model"],
    }
    bot.answer = lambda text: [{"text": "好"}, {"custom": {"understanding": understood}}]
    assert await customer.say("冰箱坏了") == ["好"]
    await linda.did("takeover", customer)
    refused = await wang.do("facts", customer, facts={"product": "洗衣机"})
    seen = await linda.did("facts", customer, facts={"product": "空调", "model": "K1", "phone": None})
    assert refused.json()["error"]["code"] == "already_owned"
    assert seen["understanding"]["slots"] == {"product": "空调", "model": "K1"}
    assert seen["understanding"]["missing"] == []


async def test_numbers_are_masked_in_what_was_understood(desk: LiveDesk, linda, bot: ScriptedBot):
    customer = await desk.customer()
    understood = {"slots": {"person_name": "王芳", "phone": "13812345678"}}
    bot.answer = lambda text: [{"text": "好"}, {"custom": {"understanding": understood}}]
    await customer.say("我姓王")
    (card,) = (await linda.lists("bot"))["items"]
    assert card["customer"] == {"name": "王芳", "phone": "138****5678"}
    assert card["understanding"]["slots"]["phone"] == "138****5678"


async def test_the_views_have_what_they_say(desk: LiveDesk, linda, wang):
    mine, waiting, with_bot, closed = [await desk.customer() for _ in range(4)]
    for one in (mine, closed):
        await linda.did("takeover", one)
    await linda.did("close", closed)
    await desk.wants_a_person(waiting)
    listed = {view: await linda.lists(view) for view in ("mine", "queue", "bot", "all", "closed")}
    found = {view: {card["id"] for card in page["items"]} for view, page in listed.items()}
    assert found["mine"] == {mine.conversation_id}
    assert found["queue"] == {waiting.conversation_id}
    assert found["bot"] == {with_bot.conversation_id}
    assert found["all"] == {one.conversation_id for one in (mine, waiting, with_bot)}
    assert found["closed"] == {closed.conversation_id}
    assert listed["all"]["counts"] == {"mine": 1, "queue": 1, "bot": 1}
    assert (await wang.lists("mine"))["items"] == []
    assert (await wang.lists("queue", group="quality"))["items"] == []


async def test_the_customers_page_learns_who_answers(desk: LiveDesk, linda):
    customer = await desk.waiting_customer()

    async def shown() -> tuple:
        body = (await customer.client.get(customer.path, headers=customer.headers)).json()
        return body["owner"], body["agent_name"], body["position"]

    assert await shown() == ("queue", None, 1)
    await linda.did("claim", customer)
    assert await shown() == ("agent", "Linda", None)
    await linda.did("close", customer)
    assert await shown() == ("bot", None, None)


async def test_an_unknown_conversation_is_not_found(desk: LiveDesk, linda):
    nobody = "00000000-0000-4000-8000-000000000000"
    for deed in ("claim", "takeover", "hand_back", "close", "reopen"):
        assert (await linda.do(deed, nobody)).status_code == 404
    assert (await linda.http.get(f"/api/v1/live/conversations/{nobody}/messages")).status_code == 404


async def test_unread_counts_down_as_the_owner_reads(desk: LiveDesk, linda, wang):
    customer = await desk.customer()
    await linda.did("takeover", customer)
    await customer.post("一")
    await customer.post("二")
    before = await linda.sees(customer)
    assert before["unread"] == 2
    assert (await wang.do("seen", customer, seq=before["last_seq"])).status_code == 204
    assert (await linda.sees(customer))["unread"] == 2
    assert (await linda.do("seen", customer, seq=99)).status_code == 204
    after = await linda.sees(customer)
    assert (after["unread"], after["agent_seen_seq"]) == (0, before["last_seq"])


async def test_while_it_waits_nobody_speaks_for_the_person(desk: LiveDesk, bot: ScriptedBot):
    customer = await desk.waiting_customer()
    assert await customer.say("还在吗") == []
    assert bot.heard == []
