"""The whole way, once: typed on the web page, taken down by the bot, on an agent's desk at once."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from runtime.stack import Stack
from tests.support.talk import told_number

OPENING = "我上个月买的热水器漏水，打了三次电话都没人管"
ANSWERS = {
    "提交": "对，就这样",
    "怎么处理": "退货",
    "结果": "退货",
    "要求": "退货",
    "称呼": "我姓王",
    "贵姓": "我姓王",
    "电话": "13812345678",
    "地址": "苏州市姑苏区人民路100号",
    "买": "在京东买的",
}
MAX_TURNS = 12


def log_in(page: Page, stack: Stack, username: str = "demo") -> None:
    page.goto("/desk")
    page.get_by_test_id("login-username").fill(username)
    page.get_by_test_id("login-password").fill(stack.demo_password)
    page.get_by_test_id("login-submit").click()
    expect(page.get_by_test_id("account")).to_be_visible()
    page.goto("/desk/tickets")
    expect(page.get_by_test_id("ticket-row").first).to_be_visible()


def send(page: Page, text: str) -> list[str]:
    """Types a message and returns the bot's bubbles that answer it."""
    bubbles = page.get_by_test_id("message-bot")
    before = bubbles.count()
    page.get_by_test_id("chat-input").fill(text)
    page.get_by_test_id("chat-send").click()
    expect(bubbles.nth(before)).to_be_visible(timeout=15_000)  # the first answer after a start takes longest
    page.wait_for_timeout(400)
    return bubbles.all_inner_texts()[before:]


def complain(page: Page) -> str:
    """Plays the customer of the first issue until a ticket number is told."""
    replies = send(page, OPENING)
    for _ in range(MAX_TURNS):
        number = told_number("\n".join(replies))
        if number:
            return number
        question = replies[-1].strip().splitlines()[-1]
        if "提交" in "\n".join(replies):
            question = "提交"
        replies = send(page, next((said for word, said in ANSWERS.items() if word in question), "跳过"))
    raise AssertionError(f"no ticket number after {MAX_TURNS} turns, last: {replies}")


def test_a_complaint_typed_on_the_page_is_on_the_desk_at_once(
    stack: Stack, new_page: Callable[..., Page], screenshot: Callable[[Page, str], None]
):
    desk = new_page(viewport={"width": 1280, "height": 800})
    log_in(desk, stack)
    chat = new_page(viewport={"width": 390, "height": 844})
    chat.goto("/chat")
    expect(chat.get_by_test_id("message-bot").first).to_contain_text("应声")
    screenshot(chat, "chat-greeting")

    number = complain(chat)

    assert re.fullmatch(r"\d{11}", number)
    screenshot(chat, "chat-filed")
    row = desk.locator(f'[data-testid="ticket-row"][data-number="{number}"]')
    expect(row).to_be_visible(timeout=5_000)  # without a reload
    screenshot(desk, "desk-list")
    row.get_by_text(number).click()
    expect(desk.get_by_test_id("ticket-title")).to_contain_text("热水器")
    expect(desk.get_by_test_id("ticket-description")).to_contain_text(OPENING)
    expect(desk.get_by_test_id("ticket-conversation")).to_contain_text(OPENING)
    expect(desk.get_by_test_id("ticket-conversation")).to_contain_text("138****5678")
    expect(desk.get_by_test_id("ticket-timeline")).to_contain_text("R1-1.3")
    screenshot(desk, "desk-ticket")


def test_a_reload_keeps_the_conversation(new_page: Callable[..., Page]):
    page = new_page()
    page.goto("/chat")
    send(page, "我的冰箱不制冷")
    before = page.get_by_test_id("message-bot").all_inner_texts()
    page.reload()
    expect(page.get_by_test_id("message-customer").first).to_contain_text("我的冰箱不制冷")
    assert page.get_by_test_id("message-bot").all_inner_texts() == before


def test_what_customers_write_is_shown_as_text(stack: Stack, new_page: Callable[..., Page], api):
    attack = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
    page = new_page()
    page.goto("/chat")
    send(page, f"{attack} 热水器漏水")
    expect(page.get_by_test_id("message-customer").last).to_contain_text("<script>")
    assert page.title() != "owned"
    assert page.locator("img[src=x]").count() == 0


def test_a_wrong_password_is_explained(new_page: Callable[..., Page]):
    page = new_page()
    page.goto("/desk")
    page.get_by_test_id("login-username").fill("nobody-here")
    page.get_by_test_id("login-password").fill("not the password")
    page.get_by_test_id("login-submit").click()
    expect(page.get_by_text("用户名或密码不对")).to_be_visible()
