"""A service order in real browsers: from the ticket over board, technician's phone and customer's link to the audit."""

import re
import uuid
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from runtime.stack import Stack, running_stack
from tests.support.talk import HotlineApi

PATIENCE_MS = 30_000
LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
SERVICE_TOKEN = "YINGSHENG_SERVICE_TOKEN"
REPAIR = {
    "kind": "repair_request",
    "description": "空调不制冷，吹出来是热风",
    "details": {"product": "空调", "fault": "不制冷", "purchase_date": "2019-06-01"},
    "contact": {"name": "陈女士", "phone": "13900001234", "address": "苏州市工业园区星湖街1号"},
}


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """Database and backend are enough: nobody talks to the bot here."""
    with running_stack(programs=("postgres", "backend")) as running:
        yield running


class House:
    """The product with people who work in it."""

    def __init__(self, stack: Stack, new_page: Callable[..., Page]) -> None:
        self.stack, self.new_page = stack, new_page
        self.token = {"Authorization": f"Bearer {stack.secrets[SERVICE_TOKEN]}"}

    def file(self, api: HotlineApi) -> tuple[str, dict]:
        opened = api.http.post("/api/v1/webchat/conversations", json={}).json()
        request = {"request_id": uuid.uuid4().hex, "conversation_id": opened["conversation_id"]}
        answer = api.http.post("/api/v1/service/tickets", json=request | REPAIR, headers=self.token)
        answer.raise_for_status()
        return answer.json()["number"], opened

    def told(self, api: HotlineApi, opened: dict) -> list[str]:
        """What the customer's page has."""
        path = f"/api/v1/webchat/conversations/{opened['conversation_id']}/messages"
        headers = {"Authorization": f"Bearer {opened['token']}"}
        return [message["text"] for message in api.http.get(path, headers=headers).json()["messages"]]

    def at_work(self, username: str, address: str, **options) -> Page:
        page = self.new_page(**options)
        page.goto(f"/desk{address}")
        page.get_by_test_id("login-username").fill(username)
        page.get_by_test_id("login-password").fill(self.stack.demo_password)
        page.get_by_test_id("login-submit").click()
        expect(page.get_by_test_id("login-submit")).to_have_count(0, timeout=PATIENCE_MS)
        return page


@pytest.fixture
def house(stack: Stack, new_page: Callable[..., Page]) -> House:
    return House(stack, new_page)


@pytest.fixture
def api(stack: Stack) -> Iterator[HotlineApi]:
    with HotlineApi(stack.settings.backend_url) as http:
        yield http


def enter_technician(page: Page) -> None:
    """The demo agent is a technician, too."""
    page.get_by_test_id("technicians").click()
    page.get_by_role("button", name="添加师傅").click()
    form = page.get_by_test_id("technician-form")
    form.get_by_label("姓名").fill("李工")
    form.get_by_label("工作台用户名").fill("demo")
    for field, words in (("地区", "苏州市区"), ("技能", "制冷")):
        form.get_by_label(field).click()
        page.locator(".ant-select-item-option").get_by_text(words, exact=True).click()
        form.get_by_label("姓名").click()  # the list folds up
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存")).to_be_visible()
    page.locator(".ant-drawer-close").last.click()


def begin(page: Page, step: str) -> Locator:
    page.get_by_test_id(f"order-step-{step}").click()
    return page.get_by_test_id(f"order-form-{step}")


def fill(form: Locator, **fields: str) -> None:
    for name, words in fields.items():
        form.get_by_test_id(f"order-field-{name}").fill(words)


def choose(page: Page, form: Locator, field: str, words: str) -> None:
    form.get_by_test_id(f"order-field-{field}").click()
    option = page.locator(".ant-select-dropdown:visible .ant-select-item-option")
    option.filter(has_text=re.compile(words)).click()
    expect(form.get_by_test_id(f"order-field-{field}")).to_contain_text(words)


def submit(page: Page, stage: str) -> None:
    page.get_by_test_id("order-submit").click()
    expect(page.get_by_test_id("order-stage")).to_have_attribute("data-stage", stage, timeout=PATIENCE_MS)


def code_in(text: str) -> str:
    return text.split("码", 1)[1][:10]


def done_on_site(page: Page, stage: str) -> None:
    """Sends a form of the technician's page, and waits for the server to know."""
    page.get_by_test_id("order-submit").click()
    expect(page.get_by_test_id("visit")).to_have_attribute("data-stage", stage, timeout=PATIENCE_MS)
    expect(page.get_by_test_id("unsent")).to_have_count(0)


def sign_with_a_finger(page: Page) -> None:
    pad = page.get_by_test_id("signature-pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    page.mouse.move(box["x"] + 30, box["y"] + 60)
    page.mouse.down()
    for at in range(8):
        page.mouse.move(box["x"] + 40 + 25 * at, box["y"] + (40 if at % 2 else 80))
    page.mouse.up()
    page.get_by_test_id("use-signature").click()


def planned_and_quoted(desk: Page, number: str) -> None:
    """At the desk: opened from the ticket, planned, quoted."""
    desk.goto(f"/desk/tickets/{number}")
    desk.get_by_test_id("open-order").click()
    expect(desk.get_by_test_id("order-stage")).to_have_attribute("data-stage", "opened")
    form = begin(desk, "plan")
    fill(form, plan="上门检查，可能换电容")
    choose(desk, form, "region", "苏州市区")
    submit(desk, "planned")
    begin(desk, "quote")
    submit(desk, "quoted")


def sent_from_the_board(desk: Page, number: str, screenshot) -> None:
    """By keyboard to the order, and a technician is sent."""
    desk.goto("/desk/board")
    card = desk.get_by_test_id("order-card").filter(has_text=f"{number}-1")
    expect(card).to_have_attribute("data-stage", "confirmed")
    screenshot(desk, "desk-board")
    desk.keyboard.press("j")
    expect(card).to_have_attribute("data-chosen", "true")
    desk.keyboard.press("Enter")
    form = begin(desk, "dispatch")
    choose(desk, form, "technician_id", "李工")
    fill(form, visit_at="2099-01-05T09:00")
    screenshot(desk, "desk-order")
    submit(desk, "dispatched")


def arrived_without_a_network(phone: Page, screenshot) -> None:
    """What is done without a network is kept, and sent once there is one."""
    phone.context.set_offline(True)
    phone.get_by_test_id("tech-step-depart").click()
    phone.get_by_test_id("order-field-plan_told").get_by_text("是", exact=True).click()
    phone.get_by_test_id("order-submit").click()
    phone.get_by_test_id("tech-step-arrive").click()
    phone.get_by_test_id("order-submit").click()
    expect(phone.get_by_test_id("unsent")).to_have_count(2)
    screenshot(phone, "tech-offline")
    phone.context.set_offline(False)
    expect(phone.get_by_test_id("visit")).to_have_attribute("data-stage", "arrived", timeout=40_000)
    expect(phone.get_by_test_id("unsent")).to_have_count(0)


def repaired_and_signed(phone: Page, screenshot) -> None:
    """Checked, repaired, signed on the technician's phone, reported, filed."""
    phone.get_by_test_id("tech-step-diagnose").click()
    fill(phone.get_by_test_id("order-form-diagnose"), diagnosis="启动电容鼓包")
    done_on_site(phone, "arrived")
    phone.get_by_test_id("tech-step-fix").click()
    form = phone.get_by_test_id("order-form-fix")
    fill(form, work_done="更换启动电容", hours="1", card_entry="换电容")
    done_on_site(phone, "fixed")
    phone.get_by_test_id("tech-step-sign").click()
    sign_with_a_finger(phone)
    screenshot(phone, "tech-sign")
    fill(phone.get_by_test_id("order-form-sign"), signed_by="陈女士", opinion="师傅很好")
    done_on_site(phone, "signed")
    phone.get_by_test_id("tech-step-report").click()
    fill(phone.get_by_test_id("order-form-report"), report="电容失效，已更换", invoice="FP-1")
    done_on_site(phone, "reported")
    phone.get_by_test_id("tech-step-file_record").click()  # the signature is the record's picture
    phone.get_by_test_id("order-submit").click()
    expect(phone.get_by_text("这张单您都做完了")).to_be_visible(timeout=PATIENCE_MS)


def test_from_the_ticket_to_the_audit(house: House, api: HotlineApi, screenshot):
    number, conversation = house.file(api)
    desk = house.at_work("demo-supervisor", "/board", viewport=LAPTOP)
    enter_technician(desk)
    planned_and_quoted(desk, number)

    customer = house.new_page(viewport=PHONE)
    customer.goto(f"/order#{code_in(house.told(api, conversation)[-1])}")
    expect(customer.get_by_test_id("total")).to_contain_text("元")
    screenshot(customer, "order-quote")
    customer.get_by_test_id("agree").click()
    expect(customer.get_by_test_id("said")).to_contain_text("已同意")

    sent_from_the_board(desk, number, screenshot)
    phone = house.at_work("demo", "/tech", viewport=PHONE)
    phone.get_by_test_id("visit-line").filter(has_text="陈女士").click()
    expect(phone.get_by_test_id("call")).to_have_attribute("href", "tel:13900001234")
    expect(phone.get_by_test_id("visit-address")).to_contain_text("星湖街1号")
    screenshot(phone, "tech-visit")
    arrived_without_a_network(phone, screenshot)
    repaired_and_signed(phone, screenshot)

    desk.goto(f"/desk/board?order={number}-1")
    form = begin(desk, "audit")
    form.get_by_test_id("order-field-satisfied").get_by_text("是", exact=True).click()
    fill(form, cost="35")
    submit(desk, "audited")
    desk.goto(f"/desk/tickets/{number}")
    expect(desk.get_by_test_id("ticket-order")).to_have_text(f"{number}-1")
    screenshot(desk, "desk-ticket-orders")


def test_a_wrong_code_is_said_to_be_one(house: House):
    page = house.new_page(viewport=PHONE)
    page.goto("/order")
    page.get_by_test_id("code").fill("ABCDEFGH23")
    page.get_by_role("button", name="查看").click()
    expect(page.get_by_test_id("problem")).to_contain_text("确认码不对")
