"""The desk's list in a real browser: search, saved views, many at once with the way back, export, numbers."""

import csv
import uuid
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from runtime.stack import Stack, running_stack
from tests.support.talk import HotlineApi

SERVICE_TOKEN = "YINGSHENG_SERVICE_TOKEN"
LAPTOP = {"width": 1280, "height": 800}
PHONE_SIZED = {"width": 390, "height": 844}
NUMBER, MASKED = "13900020002", "139****0002"
PATIENCE_MS = 20_000
ADDRESS = "苏州市姑苏区临顿路1号"
DISHWASHER = {
    "kind": "quality_complaint",
    "description": f"洗碗机门关不严，水漏了一地，打{NUMBER}",
    "details": {"product": "洗碗机", "fault": "门关不严"},
    "contact": {"name": "郑女士", "phone": NUMBER, "address": ADDRESS},
}


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """Database and backend are enough: nobody talks to the bot here."""
    with running_stack(programs=("postgres", "backend")) as running:
        yield running


@pytest.fixture(scope="module")
def file_ticket(stack: Stack) -> Iterator[Callable[..., str]]:
    """Files as the bot's actions do; returns the ticket's number."""
    with HotlineApi(stack.settings.backend_url) as api:
        token = {"Authorization": f"Bearer {stack.secrets[SERVICE_TOKEN]}"}

        def file(**changes) -> str:
            opened = api.http.post("/api/v1/webchat/conversations", json={}).json()
            request = {"request_id": uuid.uuid4().hex, "conversation_id": opened["conversation_id"]}
            body = request | DISHWASHER | changes
            response = api.http.post("/api/v1/service/tickets", json=body, headers=token)
            response.raise_for_status()
            return response.json()["number"]

        yield file


@pytest.fixture
def at_desk(stack: Stack, new_page: Callable[..., Page]) -> Callable[..., Page]:
    """Somebody who is logged in, in a browser of their own, at a page."""

    def sit_down(username: str, path: str = "/tickets", **options) -> Page:
        page = new_page(**({"viewport": LAPTOP} | options))
        page.goto(f"/desk/login?next={path}")
        page.get_by_test_id("login-username").fill(username)
        page.get_by_test_id("login-password").fill(stack.demo_password)
        page.get_by_test_id("login-submit").click()
        expect(page.get_by_test_id("account")).to_be_visible(timeout=PATIENCE_MS)
        return page

    return sit_down


def row(page: Page, number: str):
    return page.locator(f'[data-testid="ticket-row"][data-number="{number}"]')


def search(page: Page, text: str) -> None:
    box = (
        page.get_by_test_id("filter-text")
        .locator("input")
        .or_(page.locator('input[data-testid="filter-text"]'))
    )
    box.first.fill(text)
    box.first.press("Enter")


def test_search_in_chinese_and_by_the_whole_number(file_ticket, at_desk, screenshot):
    number = file_ticket()
    other = file_ticket(description="冰箱不制冷", details={}, contact={"phone": "13900030003"})
    page = at_desk("demo")
    search(page, "门关不严")
    expect(row(page, number)).to_be_visible()
    expect(row(page, other)).to_have_count(0)
    expect(row(page, number)).to_contain_text(MASKED)
    expect(page.locator("body")).not_to_contain_text(NUMBER)
    screenshot(page, "desk-list-search")
    search(page, NUMBER)
    expect(row(page, number)).to_be_visible()
    expect(row(page, other)).to_have_count(0)


def test_a_view_is_saved_and_comes_back_after_a_reload(file_ticket, at_desk):
    grave = file_ticket(severity="grave")
    quiet = file_ticket()
    page = at_desk("demo", "/tickets%3Fseverity%3Dgrave")
    expect(row(page, grave)).to_be_visible()
    expect(row(page, quiet)).to_have_count(0)
    page.get_by_test_id("view-save").click()
    page.get_by_test_id("view-name").fill("重大")
    page.get_by_test_id("view-ok").click()
    saved = page.locator('[data-view="重大"] button').first
    expect(saved).to_have_attribute("aria-pressed", "true")
    page.get_by_test_id("views").get_by_text("全部工单").click()
    expect(row(page, quiet)).to_be_visible()
    page.reload()
    page.locator('[data-view="重大"] button').first.click()
    expect(row(page, grave)).to_be_visible()
    expect(row(page, quiet)).to_have_count(0)


def test_many_are_changed_at_once_and_put_back(file_ticket, at_desk, screenshot):
    word = uuid.uuid4().hex[:8]
    numbers = [file_ticket(description=f"异响 {word} {at}", details={}) for at in range(12)]
    page = at_desk("demo-supervisor", f"/tickets%3Ftext%3D{word}")
    expect(page.get_by_test_id("ticket-row")).to_have_count(12, timeout=PATIENCE_MS)
    page.locator("thead .ant-checkbox-input").check()
    expect(page.get_by_test_id("bulk-bar")).to_contain_text("已选 12 张")
    page.get_by_test_id("bulk-severity").click()
    page.get_by_role("radio", name="严重").check()
    screenshot(page, "desk-bulk")
    page.get_by_test_id("bulk-run").click()
    progress = page.get_by_test_id("bulk-progress")
    expect(progress).to_have_attribute("data-done", "12", timeout=PATIENCE_MS)
    screenshot(page, "desk-bulk-done")
    expect(row(page, numbers[0])).to_contain_text("严重")
    page.get_by_test_id("bulk-undo").click()
    expect(page.get_by_text("已撤回 12 张")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_test_id("bulk-close").click()
    expect(row(page, numbers[0])).not_to_contain_text("严重")
    expect(page.get_by_test_id("bulk-bar")).to_have_count(0)


def test_the_list_is_exported_with_hidden_numbers(file_ticket, at_desk, tmp_path):
    word = uuid.uuid4().hex[:8]
    number = file_ticket(description=f"=1+1 {word}", details={})
    page = at_desk("demo", f"/tickets%3Ftext%3D{word}")
    expect(row(page, number)).to_be_visible()
    page.get_by_test_id("export").click()
    expect(page.get_by_test_id("export-whole")).to_have_count(0)  # for supervisors only
    with page.expect_download() as download:
        page.get_by_test_id("export-csv").click()
    file = tmp_path / "list.csv"
    download.value.save_as(file)
    header, only = csv.reader(file.read_text(encoding="utf-8-sig").splitlines())
    found = dict(zip(header, only, strict=True))
    assert (found["工单号"], found["电话"], found["客户原话"]) == (number, MASKED, f"'=1+1 {word}")


def test_a_number_is_shown_with_a_reason_and_supervisors_see_it(file_ticket, at_desk, screenshot):
    number = file_ticket()
    page = at_desk("demo", f"/tickets/{number}")
    phone = page.get_by_test_id("ticket-phone")
    expect(phone).to_have_text(MASKED)
    expect(page.locator("body")).not_to_contain_text(NUMBER)
    page.get_by_test_id("ticket-contact").get_by_test_id("reveal").click()
    page.get_by_role("button", name="回电核实").click()
    screenshot(page, "desk-reveal")
    page.get_by_test_id("reveal-ok").click()
    expect(phone).to_have_text(NUMBER, timeout=PATIENCE_MS)
    expect(page.get_by_test_id("ticket-contact")).to_contain_text(ADDRESS)

    supervisor = at_desk("demo-supervisor", "/admin/reveals")
    logged = supervisor.get_by_test_id("reveals").get_by_role("row").filter(has_text=number)
    expect(logged).to_contain_text("回电核实")
    screenshot(supervisor, "desk-reveals")


def test_a_customer_has_one_page(file_ticket, at_desk, screenshot):
    number = file_ticket(contact={"name": "郝先生", "phone": "13900040004"})
    page = at_desk("demo", "/customers")
    box = (
        page.get_by_test_id("customer-search")
        .locator("input")
        .or_(page.locator('input[data-testid="customer-search"]'))
    )
    box.first.fill("13900040004")
    box.first.press("Enter")
    page.get_by_test_id("customer-line").click()
    expect(page.get_by_test_id("customer-name")).to_have_text("郝先生")
    assert "13900040004" not in page.url
    expect(page.get_by_test_id("customer-tickets")).to_contain_text(number)
    expect(page.get_by_test_id("customer-phones")).to_have_text("139****0004")
    screenshot(page, "desk-customer")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [LAPTOP, PHONE_SIZED], ids=["laptop", "phone"])
def test_pages_fit_the_screen(at_desk, screenshot, scheme: str, size: dict):
    """No page is wider than the screen; the pictures are there to be looked at."""
    page = at_desk("demo-admin", viewport=size, color_scheme=scheme)
    for path in ("tickets", "customers", "admin/users", "admin/channels", "admin/reveals", "account"):
        page.goto(f"/desk/{path}")
        expect(page.locator(".desk-content h1").first).to_be_visible(timeout=PATIENCE_MS)
        page.wait_for_timeout(600)  # charts and lists settle
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size["width"], path
        screenshot(page, f"lists-{path.replace('/', '-')}-{size['width']}-{scheme}")
