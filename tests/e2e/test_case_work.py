"""The case at the desk in a real browser: its eight steps, two supervisors at once, clocks, escalations."""

import re
import uuid
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from runtime.stack import Stack, running_stack
from tests.e2e.test_first_ticket import log_in
from tests.support.talk import HotlineApi

PATIENCE_MS = 15_000
LAPTOP = {"width": 1280, "height": 800}
SERVICE_TOKEN = "YINGSHENG_SERVICE_TOKEN"
NOISE = {
    "kind": "quality_complaint",
    "description": "洗衣机甩干的时候响得厉害，希望换一台",
    "demand": "exchange",
    "details": {"product": "洗衣机", "fault": "甩干异响", "purchase_date": "2026-10-02"},
    "contact": {"name": "李先生", "phone": "13900010001"},
}
SMOKE = {
    "kind": "quality_complaint",
    "description": "热水器一开就冒烟，孩子在家",
    "hazard": True,
    "severity": "grave",
    "details": {"product": "热水器", "fault": "冒烟"},
    "contact": {"name": "王女士", "phone": "13812345678"},
    "signals": {"hazard": True, "hazard_kind": "smoke", "vulnerable": True},
}


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """Database and backend are enough: nobody talks to the bot here."""
    with running_stack(programs=("postgres", "backend")) as running:
        yield running


@pytest.fixture(scope="module")
def file_ticket(stack: Stack) -> Iterator[Callable[[dict], str]]:
    """Files as the bot's actions do; returns the ticket's number."""
    with HotlineApi(stack.settings.backend_url) as api:
        token = {"Authorization": f"Bearer {stack.secrets[SERVICE_TOKEN]}"}

        def file(ticket: dict) -> str:
            opened = api.http.post("/api/v1/webchat/conversations", json={}).json()
            request = {"request_id": uuid.uuid4().hex, "conversation_id": opened["conversation_id"]}
            response = api.http.post("/api/v1/service/tickets", json=request | ticket, headers=token)
            response.raise_for_status()
            return response.json()["number"]

        yield file


@pytest.fixture
def at_desk(stack: Stack, new_page: Callable[..., Page]) -> Callable[[str], Page]:
    """Somebody who is logged in, in a browser of their own."""

    def sit_down(username: str) -> Page:
        page = new_page(viewport=LAPTOP)
        log_in(page, stack, username)
        return page

    return sit_down


def open_ticket(page: Page, number: str) -> None:
    page.goto(f"/desk/tickets/{number}")
    expect(page.get_by_test_id("ticket-number")).to_contain_text(number)


def stage_is(page: Page, stage: str) -> None:
    steps = page.get_by_test_id("ticket-steps")
    expect(steps).to_have_attribute("data-stage", stage, timeout=PATIENCE_MS)


def open_step(page: Page, step: str) -> Locator:
    page.get_by_test_id(f"step-{step}").click()
    drawer = page.get_by_test_id("step-drawer")
    expect(drawer.get_by_test_id("step-submit")).to_be_visible()
    return drawer


def choose(drawer: Locator, field: str, words: str) -> None:
    drawer.get_by_test_id(f"field-{field}").get_by_text(words, exact=True).click()


def fill(drawer: Locator, **fields: str) -> None:
    for field, words in fields.items():
        drawer.get_by_test_id(f"field-{field}").fill(words)


def submit(page: Page) -> None:
    page.get_by_test_id("step-submit").click()
    expect(page.get_by_test_id("step-drawer")).to_have_count(0, timeout=PATIENCE_MS)


def judge(page: Page) -> None:
    drawer = open_step(page, "judge")
    choose(drawer, "grounds", "成立")
    choose(drawer, "demand_reasonable", "是")
    submit(page)
    stage_is(page, "judged")


def test_a_ticket_goes_through_all_eight_steps(file_ticket, at_desk, screenshot):
    number = file_ticket(NOISE)
    agent, supervisor = at_desk("demo"), at_desk("demo-supervisor")
    open_ticket(agent, number)
    open_ticket(supervisor, number)

    judge(agent)
    expect(agent.get_by_test_id("step-set_responsibility")).to_have_count(0)  # not an agent's to take

    stage_is(supervisor, "judged")  # without a reload
    drawer = open_step(supervisor, "set_responsibility")
    screenshot(supervisor, "desk-step")
    fill(drawer, responsible_person="李工")
    submit(supervisor)

    stage_is(agent, "responsibility_set")
    drawer = open_step(agent, "investigate")
    choose(drawer, "cause_class", "其他")
    fill(drawer, findings="减震垫缺失", direct_cause="安装时漏装")
    submit(agent)

    stage_is(agent, "investigated")
    drawer = open_step(agent, "propose")
    fill(drawer, solution="上门补装减震垫", solution_amount="80")
    submit(agent)

    stage_is(agent, "solution_proposed")
    open_step(agent, "approve")
    submit(agent)

    drawer = open_step(agent, "notify_customer")
    choose(drawer, "how", "在线消息")
    fill(drawer, text="师傅明天上门补装，费用由我们承担。")
    submit(agent)
    stage_is(agent, "customer_notified")
    expect(agent.get_by_test_id("ticket-conversation")).to_contain_text("师傅明天上门补装")

    drawer = open_step(agent, "settle")
    choose(drawer, "customer_accepted", "是")
    fill(drawer, reaction="满意", carried_out="已补装")
    submit(agent)

    stage_is(supervisor, "settled")
    drawer = open_step(supervisor, "improve")
    fill(drawer, corrective_action="补装", preventive_action="安装清单加一项", action_owner="李工")
    fill(drawer, action_due="2199-01-01")
    submit(supervisor)

    stage_is(agent, "improved")
    verbs = agent.get_by_test_id("timeline-entry").evaluate_all("all => all.map(each => each.dataset.verb)")
    walked = ["judged", "responsibility_set", "investigated", "solution_proposed", "approved"]
    walked += ["customer_notified", "settled", "improved"]
    assert [verb for verb in verbs if verb in walked] == walked
    expect(agent.get_by_test_id("case-record")).to_contain_text("安装清单加一项")
    screenshot(agent, "desk-case")


def test_a_refused_step_says_what_is_missing_and_keeps_what_was_typed(file_ticket, at_desk):
    page = at_desk("demo")
    open_ticket(page, file_ticket({**NOISE, "details": {"product": "洗衣机"}, "intake": "incomplete"}))
    expect(page.get_by_test_id("missing")).to_contain_text("故障现象")

    drawer = open_step(page, "judge")
    expect(drawer.get_by_test_id("step-lacks")).to_contain_text("故障现象")
    choose(drawer, "grounds", "成立")
    choose(drawer, "demand_reasonable", "否")
    fill(drawer, claim_amount="300")
    page.get_by_test_id("step-submit").click()
    expect(drawer.get_by_test_id("step-refused")).to_contain_text("这一步还缺：故障现象")
    expect(drawer.get_by_test_id("field-claim_amount")).to_have_value("300.00")

    page.reload()  # the draft survives
    drawer = open_step(page, "judge")
    expect(drawer.get_by_test_id("field-claim_amount")).to_have_value("300.00")
    fill(drawer, note="客户说不清，先判")
    submit(page)
    stage_is(page, "judged")
    expect(page.get_by_test_id("case-record")).to_contain_text("300.00 元")


def test_two_supervisors_collide_and_nothing_is_lost_or_overwritten(file_ticket, at_desk, screenshot):
    number = file_ticket(NOISE)
    first, second = at_desk("demo-supervisor"), at_desk("demo-manager")
    open_ticket(first, number)
    judge(first)
    second.route("**/socket.io/**", lambda route: route.abort())  # no news reaches the second desk
    second.route_web_socket(re.compile("/socket.io/"), lambda socket: socket.close())
    open_ticket(second, number)
    stage_is(second, "judged")

    slower = open_step(second, "set_responsibility")
    fill(slower, responsible_person="王工", direct_cause="装配疏忽")
    fill(open_step(first, "set_responsibility"), responsible_person="李工")
    submit(first)
    stage_is(first, "responsibility_set")

    second.get_by_test_id("step-submit").click()
    expect(second.get_by_test_id("step-refused")).to_contain_text("工单刚被别人改动过")
    changed = second.get_by_test_id("step-changed")
    expect(changed).to_contain_text("责任人：空 → 李工")
    expect(slower.get_by_test_id("field-responsible_person")).to_have_value("王工")
    screenshot(second, "desk-collision")
    expect(first.get_by_test_id("case-record")).to_contain_text("李工")

    second.get_by_test_id("step-continue").click()
    expect(changed).to_have_count(0)
    expect(slower.get_by_test_id("field-responsible_person")).to_have_value("王工")
    expect(slower.get_by_test_id("field-direct_cause")).to_have_value("装配疏忽")
    submit(second)
    expect(first.get_by_test_id("case-record")).to_contain_text("王工")  # seen at once, decided knowingly


def test_a_clock_is_seen_running(file_ticket, at_desk):
    page = at_desk("demo")
    open_ticket(page, file_ticket(NOISE))
    outermost = page.locator('[data-clock="outermost"]')
    expect(outermost).to_have_attribute("data-state", "running")
    left = outermost.get_by_test_id("time-left")
    expect(left).to_have_text(re.compile(r"剩 1[45] 天 \d\d:\d\d:\d\d"))
    shown = left.inner_text()
    expect(left).not_to_have_text(shown, timeout=3_000)

    page.locator('[data-clock="first_contact"]').get_by_test_id("clause").click()
    expect(page.get_by_test_id("clause-text").last).to_contain_text("首次联系用户")


def test_contact_stops_the_clock_of_first_contact(file_ticket, at_desk):
    page = at_desk("demo")
    open_ticket(page, file_ticket(NOISE))
    first_contact = page.locator('[data-clock="first_contact"]')
    expect(first_contact).to_have_attribute("data-state", "running")
    open_step(page, "contact")
    submit(page)
    page.get_by_text(re.compile("已结束 [0-9]+ 项")).click()
    expect(first_contact).to_have_attribute("data-state", "met")


def test_an_escalation_is_acknowledged_by_the_level_that_was_called(file_ticket, at_desk, screenshot):
    agent, deputy = at_desk("demo"), at_desk("demo-deputy")
    expect(deputy.get_by_test_id("connection")).to_have_attribute("data-connected", "true")
    number = file_ticket(SMOKE)
    expect(deputy.locator(".notice-toast")).to_contain_text(number)  # called at once
    open_ticket(agent, number)
    grave = '[data-rule="grave-complaint"]'
    expect(agent.locator(grave)).to_have_attribute("data-waiting", "true")
    expect(agent.locator(grave).get_by_test_id("acknowledge")).to_have_count(0)

    deputy.goto("/desk/wall")
    row = deputy.get_by_test_id("wall-row").filter(has_text=number).first
    expect(row).to_be_visible()
    called = deputy.get_by_test_id("wall-escalations").get_by_role("link").filter(has_text=number)
    expect(called.filter(has_text="重大投诉或建议")).to_be_visible()
    screenshot(deputy, "desk-wall")
    row.click()

    mine = deputy.locator(grave)
    expect(mine).to_contain_text("严重程度：重大")
    expect(mine).to_contain_text("R3b-26")
    mine.get_by_test_id("acknowledge").click()
    deputy.get_by_test_id("remark-ok").click()
    expect(agent.get_by_test_id("ticket-timeline")).to_contain_text("签收升级")  # at once, over there
    expect(deputy.locator(f'{grave}[data-waiting="true"]')).to_have_count(0)

    task = deputy.locator('[data-task="safety_advice"]')
    task.get_by_role("checkbox").click()
    deputy.get_by_test_id("remark-ok").click()
    expect(task).to_have_attribute("data-done", "true")


def test_the_wall_is_for_supervisors(at_desk):
    page = at_desk("demo")
    expect(page.locator(".desk-nav")).not_to_contain_text("时限")
    page.goto("/desk/wall")
    expect(page.get_by_text("只对主管及以上开放")).to_be_visible()


def test_withdrawing_asks_first_and_the_list_is_walked_by_keys(file_ticket, at_desk):
    number = file_ticket(NOISE)
    page = at_desk("demo")
    page.keyboard.press("j")
    expect(page.locator(f'[data-number="{number}"]')).to_have_attribute("data-chosen", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("ticket-number")).to_contain_text(number)

    page.get_by_test_id("step-more").click()
    drawer = open_step(page, "withdraw")
    fill(drawer, note="客户来电撤销")
    page.get_by_test_id("step-submit").click()
    expect(page.get_by_test_id("step-confirm")).to_be_visible()
    stage_is(page, "recorded")
    page.get_by_test_id("step-confirm").click()
    stage_is(page, "cancelled")
    expect(page.get_by_test_id("clocks")).to_contain_text("没有在走的时限")


def test_keys_lead_to_the_next_step_and_to_the_help_sheet(file_ticket, at_desk):
    page = at_desk("demo")
    open_ticket(page, file_ticket(NOISE))
    expect(page.get_by_test_id("step-judge")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_test_id("help-sheet")).to_be_visible()
    page.keyboard.press("n")  # not while something lies in front
    expect(page.get_by_test_id("step-drawer")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("help-sheet")).to_be_hidden()
    # its frame goes a moment after it, sooner than anybody presses the next key
    expect(page.locator(".ant-modal-wrap:not([style*='display: none'])")).to_have_count(0)
    page.keyboard.press("n")
    expect(page.get_by_test_id("step-drawer")).to_contain_text("判定")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("step-drawer")).to_have_count(0)
    page.keyboard.press("g")
    page.keyboard.press("p")
    expect(page.get_by_test_id("policy-rules")).to_be_visible()


def test_policy_and_register_are_searched(at_desk):
    page = at_desk("demo")
    page.goto("/desk/policy?file=escalation.yml")
    page.get_by_test_id("policy-search").fill("grave-complaint")
    rule = page.locator('[data-rule="grave-complaint"]')
    expect(rule).to_contain_text("严重程度")
    expect(rule).to_contain_text("R3b-26")
    page.get_by_text("条款", exact=True).click()
    page.get_by_test_id("policy-search").fill("八步")
    expect(page.get_by_test_id("clause-list")).to_contain_text("R1-1.3")

    page.goto("/desk/register")
    box = page.get_by_test_id("register-search").locator("input")
    box.fill("JSQ30-W16")
    box.press("Enter")
    expect(page.get_by_test_id("register-found")).to_contain_text("暖汐燃气热水器")


def test_a_notice_waits_in_the_inbox_for_whoever_was_away(file_ticket, at_desk, screenshot):
    number = file_ticket(SMOKE)
    manager = at_desk("demo-gm")
    bell = manager.get_by_test_id("inbox-bell")
    expect(bell).not_to_have_attribute("data-unread", "0")
    manager.keyboard.press("g")
    manager.keyboard.press("i")
    about = manager.get_by_test_id("inbox-line").filter(has_text=number)
    expect(about.first).to_have_attribute("data-unread", "true")
    screenshot(manager, "desk-inbox")
    about.first.get_by_role("link").click()
    expect(manager.get_by_test_id("ticket-number")).to_contain_text(number)
    bell.click()
    manager.get_by_test_id("inbox-read-all").click()
    expect(manager.get_by_text("没有未读通知")).to_be_visible()
    expect(bell).to_have_attribute("data-unread", "0")
    manager.get_by_text("全部", exact=True).click()
    expect(about.first).to_have_attribute("data-unread", "false")
