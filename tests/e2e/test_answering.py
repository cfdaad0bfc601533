"""A person answers with canned replies and suggested words; the customer's page says who speaks."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from runtime.stack import Stack, running_stack
from tests.support import sample_files as sample
from tests.support.talk import HotlineApi

PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 800}
PATIENCE_MS = 15_000


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """People answer here; the bot is not asked."""
    with running_stack(programs=("postgres", "backend")) as running:
        yield running


@dataclass
class Talk:
    """A customer on a phone, and the agent at the desk who has taken the conversation."""

    chat: Page
    desk: Page
    api: HotlineApi
    conversation_id: str

    def live(self, deed: str, **body) -> None:
        path = f"/api/v1/live/conversations/{self.conversation_id}/{deed}"
        self.api.http.post(path, json=body).raise_for_status()


def log_in(page: Page, stack: Stack, username: str) -> None:
    page.goto("/desk/login")
    page.get_by_test_id("login-username").fill(username)
    page.get_by_test_id("login-password").fill(stack.demo_password)
    page.get_by_test_id("login-submit").click()
    expect(page).not_to_have_url(re.compile("login"))


@pytest.fixture
def talk(stack: Stack, new_page: Callable[..., Page]) -> Iterator[Talk]:
    chat = new_page(viewport=PHONE)
    with chat.expect_response(lambda response: response.request.method == "POST") as opening:
        chat.goto("/chat")
    conversation_id = opening.value.json()["conversation_id"]
    chat.get_by_test_id("chat-input").fill("洗衣机不排水")
    chat.get_by_test_id("chat-send").click()
    expect(chat.get_by_test_id("message-system").last).to_be_visible(timeout=PATIENCE_MS)
    desk = new_page(viewport=LAPTOP)
    log_in(desk, stack, "demo")
    with HotlineApi(stack.settings.backend_url) as api:
        api.log_in("demo", stack.demo_password)
        it = Talk(chat, desk, api, conversation_id)
        it.live("takeover")
        desk.goto(f"/desk/live/{conversation_id}")
        expect(desk.get_by_test_id("live-input")).to_be_visible()
        yield it


def test_a_canned_reply_is_found_by_slash_filled_in_and_sent(
    talk: Talk, screenshot: Callable[[Page, str], None]
):
    standing = talk.chat.get_by_test_id("chat-standing")
    expect(standing).to_contain_text("演示客服", timeout=PATIENCE_MS)
    typed = talk.desk.get_by_test_id("live-input")
    typed.click()
    typed.press_sequentially("/")
    lines = talk.desk.get_by_test_id("canned-line")
    expect(lines).to_have_count(8)
    screenshot(talk.desk, "answering-canned")
    typed.press_sequentially("您好")
    expect(lines).to_have_count(1)
    typed.press("Enter")
    expect(typed).to_have_value(re.compile("我是售后客服演示客服，"))
    expect(talk.desk.get_by_test_id("canned-picker")).to_have_count(0)
    expect(talk.chat.get_by_test_id("typing")).to_contain_text("演示客服正在输入")
    typed.press("Enter")
    said = talk.chat.get_by_test_id("message-agent").last
    expect(said).to_contain_text("我是售后客服演示客服")
    expect(said).to_contain_text("演示客服")
    expect(talk.chat.get_by_test_id("message-system").last).to_contain_text("演示客服")
    screenshot(talk.chat, "answering-chat")


def test_arrows_choose_and_escape_leaves_the_text(talk: Talk):
    typed = talk.desk.get_by_test_id("live-input")
    typed.click()
    typed.press_sequentially("/")
    lines = talk.desk.get_by_test_id("canned-line")
    second = lines.nth(1).locator("b").inner_text()
    typed.press("ArrowDown")
    expect(lines.nth(1)).to_have_attribute("aria-selected", "true")
    typed.press("ArrowUp")
    typed.press("ArrowUp")
    expect(lines.last).to_have_attribute("aria-selected", "true")
    typed.press("Escape")
    expect(lines).to_have_count(0)
    expect(typed).to_have_value("/")
    typed.press_sequentially(second.removeprefix("/"))
    expect(lines.first.locator("b")).to_have_text(second)


def test_a_clause_is_quoted_with_its_number(talk: Talk, screenshot: Callable[[Page, str], None]):
    talk.desk.get_by_test_id("side-answers").click()
    talk.desk.get_by_test_id("clause-search").locator("input").fill("上门 终身")
    talk.desk.get_by_test_id("clause").first.get_by_role("button").click()
    expect(talk.desk.get_by_test_id("live-input")).to_have_value(re.compile("终身服务.*（R1-2.1）。"))
    screenshot(talk.desk, "answering-aids")


def test_pictures_go_both_ways_and_reading_is_seen(talk: Talk, screenshot: Callable[[Page, str], None]):
    photo = {"name": "图.png", "mimeType": "image/png", "buffer": sample.picture("PNG", (300, 200), "teal")}
    talk.desk.get_by_test_id("live-file").set_input_files([photo])
    expect(talk.desk.get_by_test_id("live-pending")).to_be_visible()
    expect(talk.desk.get_by_test_id("live-send")).to_be_enabled()
    talk.desk.get_by_test_id("live-send").click()
    received = talk.chat.get_by_test_id("message-agent").get_by_test_id("message-picture").locator("img")
    expect(received).to_be_visible()
    talk.chat.get_by_test_id("chat-file").set_input_files([photo])
    shown = talk.desk.get_by_test_id("live-messages").locator("img.ant-image-img")
    expect(shown).to_have_count(2)
    expect(talk.chat.get_by_text("已读")).to_be_visible(timeout=PATIENCE_MS)
    screenshot(talk.chat, "answering-pictures")
    talk.live("hand_back", note="问过了", facts={})
    expect(talk.chat.get_by_test_id("chat-standing")).to_have_count(0, timeout=PATIENCE_MS)


def test_supervisors_write_canned_replies(
    stack: Stack, new_page: Callable[..., Page], screenshot: Callable[[Page, str], None]
):
    page = new_page(viewport=LAPTOP)
    log_in(page, stack, "demo-supervisor")
    page.goto("/desk/admin/canned")
    page.get_by_test_id("canned-add").click()
    page.get_by_test_id("canned-shortcut").fill("运费")
    page.get_by_test_id("canned-title").fill("运费谁出")
    page.get_by_test_id("canned-text").fill("{customer_name}，质量问题的运费由我们承担{oops}")
    page.get_by_role("button", name=re.compile("保.*存")).click()
    expect(page.get_by_role("alert").first).to_contain_text("认不出的变量")
    page.get_by_test_id("canned-text").fill("{customer_name}，质量问题的运费由我们承担。")
    page.get_by_role("button", name=re.compile("保.*存")).click()
    row = page.get_by_test_id("canned-table").locator("tr", has_text="运费谁出")
    expect(row).to_contain_text("运费由我们承担")
    screenshot(page, "answering-page")
    row.get_by_role("button", name=re.compile("删.*除")).click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("删.*除")).click()
    expect(row).to_have_count(0)
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
