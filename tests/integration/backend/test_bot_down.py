"""When the bot fails, the customer is answered and people get the transcript (invariant 7)."""

import httpx
import pytest

from tests.integration.backend.conftest import WebCustomer
from tests.support.scripted_bot import ScriptedBot


def _gone(bot: ScriptedBot) -> None:
    bot.answer = lambda _text: []


def _slow(bot: ScriptedBot) -> None:
    bot.delay = 2.0


def _broken(bot: ScriptedBot) -> None:
    bot.status = 500


def _garbled(bot: ScriptedBot) -> None:
    bot.answer = lambda _text: [{"image": "no text"}]


async def _tickets(agent: httpx.AsyncClient, customer: WebCustomer) -> list[dict]:
    response = await agent.get("/api/v1/tickets", params={"conversation_id": customer.conversation_id})
    return response.json()["items"]


@pytest.mark.parametrize("fail", [_gone, _slow, _broken, _garbled])
async def test_a_failing_bot_means_an_apology_and_a_raw_ticket(
    customer: WebCustomer, agent: httpx.AsyncClient, bot: ScriptedBot, fail
):
    await customer.say("热水器漏水")
    fail(bot)
    response = await customer.post("我的电话13812345678，快点处理")
    (reply,) = response.json()["replies"]
    (ticket,) = await _tickets(agent, customer)
    assert reply["sender"] == "system"
    assert "抱歉" in reply["text"]
    assert ticket["number"] in reply["text"]
    assert (ticket["kind"], ticket["intake"], ticket["department"]) == ("inquiry", "raw", "客服一线")
    detail = (await agent.get(f"/api/v1/tickets/{ticket['number']}")).json()
    assert detail["description"] == "热水器漏水\n我的电话138****5678，快点处理"
    assert detail["contact"]["phone"] == "138****5678"
    assert [message["text"] for message in detail["messages"]][-1] == reply["text"]
    assert detail["timeline"][1]["source"] == "R3b-28"


async def test_a_bot_that_is_not_there_at_all(
    customer: WebCustomer, agent: httpx.AsyncClient, bot: ScriptedBot
):
    await bot.stop()
    assert "抱歉" in (await customer.say("热水器漏水"))[0]
    assert len(await _tickets(agent, customer)) == 1


async def test_more_words_go_to_the_same_ticket_in_other_words(
    customer: WebCustomer, agent: httpx.AsyncClient, bot: ScriptedBot
):
    _gone(bot)
    first, second = await customer.say("漏水"), await customer.say("楼下也被淹了")
    assert first != second
    (ticket,) = await _tickets(agent, customer)
    detail = (await agent.get(f"/api/v1/tickets/{ticket['number']}")).json()
    assert detail["description"] == "漏水\n楼下也被淹了"
    kept = [entry["verb"] for entry in detail["timeline"] if entry["verb"] in {"filed", "routed", "added"}]
    assert kept == ["filed", "routed", "added"]
    found = (await agent.get("/api/v1/tickets", params={"text": "楼下"})).json()
    assert [item["number"] for item in found["items"]] == [ticket["number"]]


async def test_the_conversation_goes_on_when_the_bot_is_back(customer: WebCustomer, bot: ScriptedBot):
    _gone(bot)
    await customer.say("漏水")
    bot.answer = lambda text: [{"text": f"听到：{text}", "buttons": [{"title": "是", "payload": "是"}]}]
    response = await customer.post("好了吗")
    assert response.json()["replies"][0]["text"] == "听到：好了吗"
    assert response.json()["replies"][0]["quick_replies"] == ["是"]


async def test_a_slow_bot_is_not_waited_for_beyond_the_limit(customer: WebCustomer, bot: ScriptedBot):
    bot.delay = 30
    response = await customer.post("在吗")
    assert response.elapsed.total_seconds() < 3
    assert response.json()["replies"]


async def test_a_danger_in_the_raw_words_goes_to_the_emergency_group(
    customer: WebCustomer, agent: httpx.AsyncClient, bot: ScriptedBot
):
    _gone(bot)
    await customer.say("热水器漏电，我妈被电到了")
    (ticket,) = await _tickets(agent, customer)
    assert (ticket["hazard"], ticket["severity"], ticket["department"]) == (True, "grave", "安全应急组")
