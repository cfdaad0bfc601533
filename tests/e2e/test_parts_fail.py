"""Parts of the product die while customers talk (invariant 7); the supervisor brings them back."""

import time
from collections.abc import Callable

import psutil
import pytest
from playwright.sync_api import Page, expect

from runtime.stack import Stack
from tests.e2e.test_first_ticket import send
from tests.support.talk import Customer, HotlineApi

PATIENCE_SECONDS = 90
ANSWERS = {
    "电话": "13812345678",
    "称呼": "我姓李",
    "贵姓": "我姓李",
    "处理": "维修",
    "结果": "维修",
    "什么时候": "今年三月",
}


@pytest.fixture
def paused(stack: Stack) -> Callable[[str], None]:
    """Stops a program until the end of the test."""
    stopped: list[str] = []

    def stop(program: str) -> None:
        stack.supervised.stop_program(program)
        stopped.append(program)

    yield stop
    for program in stopped:
        stack.supervised.start(program)
    if stopped:
        stack.supervised.wait_ready(stopped, PATIENCE_SECONDS, stack.progress)


def pid_of(stack: Stack, program: str) -> int:
    return stack.supervised.supervisor.states()[program].pid


def eventually(condition: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.3)


@pytest.mark.parametrize("program", ["bot", "actions"])
def test_without_bot_or_actions_people_get_the_transcript(
    api: HotlineApi, stack: Stack, paused, program: str
):
    chat = api.open_chat()
    paused(program)
    answer = chat.say("热水器漏水，电话13812345678，没人管我就去12315")
    (ticket,) = chat.tickets()
    assert ticket["number"] in answer
    assert (ticket["intake"], ticket["contact"]["phone"]) == ("raw", "13812345678")
    assert ticket["description"].startswith("热水器漏水")


def test_the_conversation_goes_on_when_the_bot_is_back(api: HotlineApi, stack: Stack):
    chat = api.open_chat()
    stack.supervised.stop_program("bot")
    try:
        first = chat.say("油烟机响得厉害")
    finally:
        stack.supervised.start("bot")
        stack.supervised.wait_ready(["bot"], PATIENCE_SECONDS, stack.progress)
    number = Customer(ANSWERS | {"哪": "油烟机"}).talk(chat, "油烟机响得厉害，才用半年，要求维修")
    assert number not in first
    assert {ticket["intake"] for ticket in chat.tickets()} == {"raw", "complete"}


def test_actions_that_die_in_the_middle_lose_nothing(api: HotlineApi, paused):
    chat = api.open_chat()
    chat.say("洗衣机甩干的时候像打雷")
    paused("actions")
    chat.say("去年五月买的")
    (ticket,) = chat.tickets()
    assert "洗衣机甩干的时候像打雷" in ticket["description"]
    assert "去年五月买的" in ticket["description"]


@pytest.mark.parametrize("program", ["backend", "actions"])
def test_a_killed_program_is_started_again(api: HotlineApi, stack: Stack, program: str):
    before = pid_of(stack, program)
    psutil.Process(before).kill()
    eventually(lambda: pid_of(stack, program) not in {before, 0})
    stack.supervised.wait_ready([program], PATIENCE_SECONDS, stack.progress)
    chat = api.open_chat()
    assert chat.say("油烟机漏油")
    assert {reply["sender"] for reply in chat.last} == {"bot"}


def test_without_a_database_the_page_keeps_the_text_and_sends_it_later(
    stack: Stack, new_page: Callable[..., Page], paused, api: HotlineApi, screenshot
):
    page = new_page(viewport={"width": 390, "height": 844})
    page.goto("/chat")
    send(page, "你好")
    stack.supervised.stop_program("postgres")
    try:
        refused = api.http.post("/api/v1/webchat/conversations", json={})
        assert refused.status_code == 503
        assert refused.json()["error"]["code"] == "database_unavailable"
        page.get_by_test_id("chat-input").fill("热水器漏水，别把我的话弄丢了")
        page.get_by_test_id("chat-send").click()
        expect(page.get_by_text("热水器漏水，别把我的话弄丢了")).to_be_visible()
        page.wait_for_timeout(1_500)
        screenshot(page, "chat-database-away")
        page.reload()
        expect(page.get_by_text("热水器漏水，别把我的话弄丢了")).to_be_visible()
        answered = page.get_by_test_id("message-bot").count()
    finally:
        stack.supervised.start("postgres")
        stack.supervised.wait_ready(["postgres", "backend", "bot"], PATIENCE_SECONDS, stack.progress)
    expect(page.get_by_test_id("message-bot").nth(answered)).to_be_visible(timeout=60_000)
    expect(page.get_by_text("热水器漏水，别把我的话弄丢了")).to_have_count(1)
