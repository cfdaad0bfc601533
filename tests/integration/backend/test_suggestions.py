"""Answers of the FAQ for the customer's last words, beside the chat."""

import uuid

import httpx

from tests.integration.backend.conftest import WebCustomer
from tests.support.scripted_bot import ScriptedBot


def found(score: float) -> dict:
    return {
        "question": "上门收费吗",
        "answer": "在保不收。",
        "score": score,
        "sure": True,
        "source": ["R1-4.1"],
    }


async def suggestions(agent: httpx.AsyncClient, customer: WebCustomer) -> dict:
    path = f"/api/v1/live/conversations/{customer.conversation_id}/suggestions"
    response = await agent.get(path)
    assert response.status_code == 200, response.text
    return response.json()


async def test_the_newest_words_are_looked_up_and_faint_finds_left_out(
    customer: WebCustomer, agent: httpx.AsyncClient, bot: ScriptedBot
):
    asked = []

    def look_up(text: str) -> list[dict]:
        asked.append(text)
        return [found(0.9), found(0.01)]

    bot.suggestions = look_up
    assert await suggestions(agent, customer) == {"asked": None, "items": [], "available": True}
    await customer.say("第一句")
    await customer.say("/上门要钱吗")
    await customer.say("   ")
    heard = list(bot.heard)
    answer = await suggestions(agent, customer)
    assert answer == {"asked": "/上门要钱吗", "items": [found(0.9)], "available": True}
    assert asked == ["／上门要钱吗"]
    assert bot.heard == heard


async def test_a_bot_that_is_away_suggests_nothing_and_breaks_nothing(
    customer: WebCustomer, agent: httpx.AsyncClient, bot: ScriptedBot
):
    await customer.say("上门要钱吗")
    for break_it in (
        lambda: setattr(bot, "status", 500),
        lambda: setattr(bot, "suggestions", lambda _: {"x": 1}),
    ):
        break_it()
        assert await suggestions(agent, customer) == {"asked": "上门要钱吗", "items": [], "available": False}
        bot.status = 200
    await bot.stop()
    assert (await suggestions(agent, customer))["available"] is False


async def test_an_unknown_conversation_is_not_found(agent: httpx.AsyncClient):
    response = await agent.get(f"/api/v1/live/conversations/{uuid.uuid4()}/suggestions")
    assert response.status_code == 404
