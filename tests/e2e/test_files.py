"""Pictures and files in real browsers: a customer sends them from a phone, the desk sees them with the ticket."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from runtime.stack import Stack, running_stack
from tests.support import sample_files as sample
from tests.support.talk import told_number

PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 800}
LOADED = "image => image.complete && image.naturalWidth > 0"


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """Without the bot: its absence makes a ticket of what the customer writes."""
    with running_stack(programs=("postgres", "backend")) as running:
        yield running


@pytest.fixture
def chat(new_page: Callable[..., Page]) -> Page:
    page = new_page(viewport=PHONE)
    page.goto("/chat")
    expect(page.get_by_test_id("message-bot").first).to_contain_text("应声")
    return page


def pick(page: Page, *files: tuple[str, str, bytes]) -> None:
    chosen = [{"name": name, "mimeType": mime, "buffer": data} for name, mime, data in files]
    page.get_by_test_id("chat-file").set_input_files(chosen)


def at_desk(new_page: Callable[..., Page], stack: Stack, **options) -> Page:
    page = new_page(viewport=LAPTOP, **options)
    page.goto("/desk/login")
    page.get_by_test_id("login-username").fill("demo")
    page.get_by_test_id("login-password").fill(stack.demo_password)
    page.get_by_test_id("login-submit").click()
    expect(page).not_to_have_url(re.compile("login"))
    return page


def pictures(page: Page):
    return page.get_by_test_id("message-customer").get_by_test_id("message-picture").locator("img")


PHOTO = ("漏水.jpg", "image/jpeg", sample.picture("JPEG", (1_200, 900), "steelblue"))
PLATE = ("铭牌.png", "image/png", sample.picture("PNG", (600, 800), "gray"))
MANUAL = ("说明书.pdf", "application/pdf", sample.PDF)


def test_pictures_of_a_customer_are_on_the_ticket(
    stack: Stack,
    chat: Page,
    new_page: Callable[..., Page],
    screenshot: Callable[[Page, str], None],
):
    pick(chat, PHOTO, PLATE)
    expect(pictures(chat)).to_have_count(2)
    for picture in pictures(chat).all():
        assert picture.evaluate(LOADED)
    expect(chat.get_by_test_id("message-system").last).to_contain_text("请用一两句话告诉我")
    expect(chat.get_by_test_id("upload")).to_have_count(0)
    screenshot(chat, "files-chat")

    chat.get_by_test_id("message-picture").first.click()
    expect(chat.get_by_role("dialog").locator("img")).to_be_visible()
    screenshot(chat, "files-lightbox")
    chat.keyboard.press("Escape")
    expect(chat.get_by_role("dialog")).to_have_count(0)

    chat.get_by_test_id("chat-input").fill("热水器底下一直漏水")
    chat.get_by_test_id("chat-send").click()
    told = chat.get_by_test_id("message-system").last
    expect(told).to_contain_text("工单号", timeout=20_000)
    number = told_number(told.inner_text())
    assert number

    desk = at_desk(new_page, stack)
    desk.goto(f"/desk/tickets/{number}")
    shown = desk.get_by_test_id("conversation-attachments").locator("img")
    expect(shown).to_have_count(2)
    for place in range(2):
        shown.nth(place).scroll_into_view_if_needed()
        desk.wait_for_function(f"([image]) => ({LOADED})(image)", arg=[shown.nth(place).element_handle()])
    screenshot(desk, "files-ticket")


def test_a_reload_shows_them_again_and_a_pdf_can_be_saved(chat: Page, tmp_path: Path):
    pick(chat, MANUAL)
    document = chat.get_by_test_id("message-customer").get_by_text("说明书.pdf")
    expect(document).to_be_visible()
    pick(chat, PHOTO)
    expect(pictures(chat)).to_have_count(1)
    chat.reload()
    expect(pictures(chat)).to_have_count(1)
    document.click()
    link = chat.get_by_role("link", name=re.compile("保存文件"))
    with chat.expect_download() as saving:
        link.click()
    saved = tmp_path / "saved.pdf"
    saving.value.save_as(saved)
    assert saved.read_bytes() == sample.PDF


def test_what_cannot_be_sent_says_why_and_an_outage_can_be_repeated(
    chat: Page, screenshot: Callable[[Page, str], None]
):
    pick(chat, ("页面.svg", "image/svg+xml", sample.SVG), ("断.jpg", "image/jpeg", PHOTO[2][:600]))
    refused = chat.locator('[data-testid="upload"][data-status="refused"]')
    expect(refused).to_have_count(2)
    expect(refused.first).to_contain_text("收不了")
    expect(refused.last).to_contain_text("打不开")
    screenshot(chat, "files-refused")
    for _ in range(2):
        refused.first.get_by_role("button", name="删除").click()
    expect(refused).to_have_count(0)

    def cut(route: Route) -> None:
        route.abort()

    chat.route("**/files", cut)
    pick(chat, PHOTO)
    failed = chat.locator('[data-testid="upload"][data-status="failed"]')
    expect(failed).to_contain_text("网络")
    chat.unroute("**/files", cut)
    failed.get_by_role("button", name="重新上传").click()
    expect(pictures(chat)).to_have_count(1)
    assert chat.get_by_test_id("upload").count() == 0


def test_a_picture_from_the_clipboard_is_sent(chat: Page):
    chat.get_by_test_id("chat-input").evaluate(
        """(input, bytes) => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(bytes)], "image.png", {type: "image/png"}));
            input.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        list(PLATE[2]),
    )
    expect(pictures(chat)).to_have_count(1)
    assert chat.get_by_test_id("chat-input").input_value() == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_a_phone_in_light_and_dark(
    new_page: Callable[..., Page], screenshot: Callable[[Page, str], None], scheme: str
):
    page = new_page(viewport=PHONE, color_scheme=scheme)
    page.goto("/chat")
    expect(page.get_by_test_id("message-bot").first).to_contain_text("应声")
    pick(page, PHOTO)
    expect(pictures(page)).to_have_count(1)
    expect(page.get_by_test_id("message-system").last).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    ground = page.locator(".ChatApp").evaluate("node => getComputedStyle(node).backgroundColor")
    channels = [int(value) for value in re.findall(r"\d+", ground)[:3]]
    assert (sum(channels) / 3 < 60) == (scheme == "dark"), ground
    screenshot(page, f"files-{scheme}")
