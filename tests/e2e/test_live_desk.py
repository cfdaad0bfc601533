"""The live desk in real browsers: two people at the desk, three customers, a bot that is slow on demand."""

import json
import re
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from cli.backend_calls import create_user
from runtime.stack import Stack, running_stack
from tests.e2e.test_parts_fail import eventually
from tests.support.bot_in_thread import bot_in_thread
from tests.support.scripted_bot import ScriptedBot
from tests.support.talk import Chat, HotlineApi
from tests.support.telephone import Telephone

PATIENCE_MS = 15_000
RESTART_MS = 60_000
LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
AGENTS = {"li": "李工", "wang": "王工"}
GRAVE = ("serious", "critical")
UNDERSTOOD = {
    "kind": "quality_complaint",
    "stage": "taking",
    "asked": "phone",
    "slots": {"product": "热水器", "fault": "漏水"},
    "missing": ["phone"],
    "signals": {"anger": 2, "hazard": False},
    "warranty": "整机包修期内",
    "confidence": 0.91,
    "summary": "热水器漏水，要求退货",
}


def answer(text: str) -> list[dict]:
    """What the bot says; who asks for a person is handed over."""
    understood = {"custom": {"understanding": UNDERSTOOD}}
    if "人工" in text:
        return [understood, {"custom": {"handover": {"reason": "customer_asked"}}}]
    if text.startswith("/hand_back"):
        return [{"text": "好的，我接着为您办理。"}, understood]
    return [{"text": f"小应答：{text}"}, understood]


@pytest.fixture(autouse=True, scope="module")
def patience() -> Iterator[None]:
    """Two browsers and a backend on a busy machine take their time."""
    expect.set_options(timeout=PATIENCE_MS)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """Database and backend; the bot is scripted. Two agents of this test's own."""
    with running_stack(programs=("postgres", "backend")) as running:
        for username, name in AGENTS.items():
            create_user(running.database_url, username, name, "agent", running.demo_password)
        yield running


@pytest.fixture(scope="module")
def scripted(stack: Stack) -> Iterator[ScriptedBot]:
    with bot_in_thread(stack.settings.bot_port) as bot:
        yield bot


@pytest.fixture(autouse=True)
def bot(scripted: ScriptedBot) -> ScriptedBot:
    scripted.answer, scripted.delay = answer, 0.0
    return scripted


class Visitor(Chat):
    """A customer whose words are sent without waiting for an answer."""

    def write(self, text: str) -> None:
        body = {"client_message_id": uuid.uuid4().hex, "text": text, "wait": False}
        self.api.http.post(self._path, json=body, headers=self._headers).raise_for_status()

    def messages(self) -> list[dict]:
        response = self.api.http.get(self._path, params={"since": 0}, headers=self._headers)
        response.raise_for_status()
        return response.json()["messages"]

    def heard(self, sender: str) -> list[str]:
        return [message["text"] for message in self.messages() if message["sender"] == sender]


@pytest.fixture
def visit(stack: Stack) -> Iterator[Callable[..., Visitor]]:
    """Opens a customer's chat and says the given words."""
    with HotlineApi(stack.settings.backend_url) as api:

        def open_chat(*words: str) -> Visitor:
            visitor = Visitor(api, api.http.post("/api/v1/webchat/conversations", json={}).json())
            for text in words:
                visitor.say(text)
            return visitor

        yield open_chat


@pytest.fixture
def at_desk(stack: Stack, new_page: Callable[..., Page]) -> Callable[..., Page]:
    """Somebody who is logged in, in a browser of their own."""

    def sit_down(username: str = "li", **options) -> Page:
        page = new_page(**{"viewport": LAPTOP} | options)
        log_in(page, stack, username)
        return page

    return sit_down


def log_in(page: Page, stack: Stack, username: str) -> None:
    page.goto("/desk")
    fill_in(page, stack, username)


def fill_in(page: Page, stack: Stack, username: str) -> None:
    page.get_by_test_id("login-username").fill(username)
    page.get_by_test_id("login-password").fill(stack.demo_password)
    page.get_by_test_id("login-submit").click()
    expect(page.get_by_test_id("account")).to_be_visible()


def be(page: Page, state: str) -> None:
    page.get_by_test_id("presence").click()
    page.get_by_test_id(f"presence-{state}").click()
    expect(page.get_by_test_id("presence")).to_have_attribute("data-state", state)
    expect(page.locator(".ant-dropdown:visible")).to_have_count(0)


def open_live(page: Page, visitor: Visitor, view: str = "queue") -> None:
    page.goto(f"/desk/live/{visitor.conversation_id}?view={view}")
    expect(page.get_by_test_id("live-messages")).to_be_visible()
    expect(page.get_by_test_id("connection")).to_have_attribute("data-connected", "true")


def deed(page: Page, name: str) -> Locator:
    return page.get_by_test_id(f"deed-{name}")


def take_over(page: Page, visitor: Visitor) -> None:
    open_live(page, visitor, "bot")
    deed(page, "takeOver").click()
    expect(deed(page, "handBack")).to_be_visible(timeout=PATIENCE_MS)


def reply(page: Page, text: str) -> None:
    page.get_by_test_id("live-input").fill(text)
    page.get_by_test_id("live-input").press("Enter")


def said(page: Page, sender: str, text: str) -> Locator:
    return page.get_by_test_id(f"live-{sender}").filter(has_text=text)


def line_of(page: Page, visitor: Visitor) -> Locator:
    return page.locator(f'[data-testid="live-line"][data-id="{visitor.conversation_id}"]')


def grave_findings(page: Page) -> list[str]:
    """What axe calls serious or worse."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [
        json.dumps([each["id"], *[node["target"] for node in each["nodes"]][:3]], ensure_ascii=False)
        for each in found
        if each["impact"] in GRAVE
    ]


def without_news(page: Page) -> None:
    """No event reaches this page any more, as with a connection that is about to break."""
    page.route("**/socket.io/**", lambda route: route.abort())
    page.route_web_socket(re.compile("/socket.io/"), lambda socket: socket.close())


def together(pages: list[Page], test_id: str) -> None:
    """Clicks the same button on all pages at the same moment."""
    at = "Date.now() + 1500"
    moment = pages[0].evaluate(at)
    click = "([id, at]) => { setTimeout(() => document.querySelector(id).click(), at - Date.now()) }"
    for page in pages:
        page.evaluate(click, [f'[data-testid="{test_id}"]', moment])


@pytest.fixture
def waiting(stack: Stack, visit: Callable[..., Visitor]) -> Callable[[], Visitor]:
    """A customer in a queue, also at night when the bot would offer a call-back: somebody gave them to a group."""

    def arrive() -> Visitor:
        visitor = visit("热水器漏水")
        with HotlineApi(stack.settings.backend_url) as api:
            api.log_in("demo-supervisor", stack.demo_password)
            path = f"/api/v1/live/conversations/{visitor.conversation_id}"
            api.http.post(f"{path}/takeover", json={}).raise_for_status()
            to_group = {"to_group": "quality", "note": "请质量组接"}
            api.http.post(f"{path}/transfer", json=to_group).raise_for_status()
        return visitor

    return arrive


def test_of_two_who_claim_one_wins_and_the_other_sees_who(at_desk, waiting, screenshot):
    visitor = waiting()
    pages = {"李工": at_desk("li"), "王工": at_desk("wang")}
    for page in pages.values():
        open_live(page, visitor)
        expect(deed(page, "claim")).to_be_visible()
    together(list(pages.values()), "deed-claim")

    for page in pages.values():
        expect(deed(page, "claim")).to_have_count(0)
    (winner,) = [name for name, page in pages.items() if deed(page, "handBack").count() == 1]
    (loser,) = [name for name in pages if name != winner]
    expect(pages[loser].get_by_test_id("live-lock")).to_contain_text(f"{winner} 正在接待")
    expect(pages[loser].get_by_test_id("error-panel")).to_have_count(0)
    expect(deed(pages[loser], "takeOver")).to_have_count(0)  # nobody answers over a colleague
    screenshot(pages[loser], "live-lost-race")
    reply(pages[winner], "您好，我来处理")
    expect(said(pages[loser], "agent", "您好，我来处理")).to_be_visible()
    assert visitor.heard("agent") == ["您好，我来处理"]


def test_who_claims_too_late_is_told_who_was_faster(at_desk, waiting):
    visitor = waiting()
    late, fast = at_desk("li"), at_desk("wang")
    without_news(late)
    late.goto(f"/desk/live/{visitor.conversation_id}?view=queue")
    expect(deed(late, "claim")).to_be_visible()
    open_live(fast, visitor)
    deed(fast, "claim").click()
    expect(deed(fast, "handBack")).to_be_visible()

    deed(late, "claim").click()
    expect(late.locator(".ant-message-warning")).to_contain_text("王工")
    expect(late.get_by_test_id("live-lock")).to_contain_text("王工 正在接待")


def test_a_takeover_in_the_middle_of_a_reply_silences_the_bot(at_desk, visit, bot, screenshot):
    visitor = visit("热水器漏水")
    page = at_desk()
    open_live(page, visitor, "bot")
    expect(said(page, "bot", "小应答：热水器漏水")).to_be_visible()
    expect(page.get_by_test_id("live-understood")).to_contain_text("热水器漏水，要求退货")
    asked = len(bot.heard)
    bot.delay = 3.0
    visitor.write("到底谁来管")
    expect(said(page, "customer", "到底谁来管")).to_be_visible()
    eventually(lambda: len(bot.heard) > asked)  # it is thinking
    deed(page, "takeOver").click()
    expect(deed(page, "handBack")).to_be_visible()
    page.wait_for_timeout(4_000)  # its answer would be here

    assert "小应答：到底谁来管" not in visitor.heard("bot")
    reply(page, "我是李工，我来管")
    expect(said(page, "agent", "我是李工，我来管")).to_be_visible()
    visitor.write("好")
    expect(said(page, "customer", "好").last).to_be_visible()
    assert visitor.heard("agent") == ["我是李工，我来管"]
    assert len(bot.heard) == asked + 1  # while a person has it, the bot is not even asked
    stretches = page.get_by_test_id("live-stretch")
    expect(stretches.first).to_contain_text("小应")
    expect(stretches.last).to_contain_text("李工")
    screenshot(page, "live-takeover")


def test_handed_back_the_bot_goes_on_with_what_it_was_told(at_desk, visit, bot):
    visitor = visit("热水器漏水")
    page = at_desk()
    take_over(page, visitor)
    row = page.locator('[data-testid="live-fact"][data-slot="fault"]')
    row.get_by_role("button").click()
    row.get_by_test_id("live-fact-input").fill("内胆漏水")
    row.get_by_test_id("live-fact-input").press("Enter")
    expect(row).to_contain_text("内胆漏水")

    deed(page, "handBack").click()
    page.get_by_test_id("deed-note").fill("电话还没问到")
    page.get_by_test_id("deed-ok").click()
    expect(said(page, "bot", "好的，我接着为您办理。")).to_be_visible()
    expect(page.get_by_test_id("live-lock")).to_contain_text("小应正在接待")
    expect(page.get_by_test_id("live-note")).to_contain_text("电话还没问到")
    assert bot.heard[-1] == (visitor.conversation_id, "/hand_back")
    assert "好的，我接着为您办理。" in visitor.heard("bot")
    assert visitor.say("那就好") == "小应答：那就好"


def test_after_the_backend_was_killed_nothing_is_missing_or_twice(at_desk, visit, stack, screenshot):
    visitor = visit("热水器漏水")
    page = at_desk()
    take_over(page, visitor)
    reply(page, "第一条")
    expect(said(page, "agent", "第一条")).to_be_visible()

    psutil.Process(stack.supervised.supervisor.states()["backend"].pid).kill()
    expect(page.get_by_test_id("live-lost")).to_be_visible(timeout=PATIENCE_MS)
    reply(page, "断线时写的")
    expect(page.get_by_test_id("live-unsent")).to_contain_text("断线时写的")
    screenshot(page, "live-lost")
    stack.supervised.wait_ready(["backend"], RESTART_MS / 1000, stack.progress)
    visitor.write("还在吗")

    expect(page.get_by_test_id("live-lost")).to_have_count(0, timeout=RESTART_MS)
    expect(said(page, "agent", "断线时写的")).to_be_visible(timeout=RESTART_MS)
    expect(said(page, "customer", "还在吗")).to_be_visible(timeout=RESTART_MS)
    expect(page.get_by_test_id("live-unsent")).to_have_count(0)
    assert visitor.heard("agent") == ["第一条", "断线时写的"]
    shown = page.locator("[data-seq]").evaluate_all("all => all.map(each => Number(each.dataset.seq))")
    assert shown == [message["seq"] for message in visitor.messages()]


def test_a_transfer_reaches_the_colleague_with_its_note(at_desk, visit, screenshot):
    visitor = visit("热水器漏水")
    wang, li = at_desk("wang"), at_desk("li")
    wang.goto("/desk/tickets")
    be(wang, "busy")  # works, but is given nothing new by itself
    take_over(li, visitor)
    deed(li, "transfer").click()
    li.get_by_test_id("transfer-goal").click()
    li.get_by_title(re.compile("^王工")).click()
    screenshot(li, "live-transfer")
    li.get_by_test_id("deed-ok").click()
    expect(li.get_by_text("请写一句说明")).to_be_visible()
    li.get_by_test_id("deed-note").fill("客户要退货，您看一下")
    li.get_by_test_id("deed-ok").click()
    expect(li.get_by_test_id("live-lock")).to_contain_text("王工 正在接待")

    visitor.write("换人了吗")
    expect(wang).to_have_title(re.compile(r"^\(\d+\) "))  # told on whatever page they are
    wang.goto("/desk/live")
    line_of(wang, visitor).click()
    expect(deed(wang, "handBack")).to_be_visible()
    expect(wang.get_by_test_id("live-note")).to_contain_text("客户要退货，您看一下")
    be(wang, "offline")


def test_a_draft_survives_a_reload_and_a_session_that_ran_out(at_desk, visit, stack):
    visitor = visit("热水器漏水")
    page = at_desk()
    take_over(page, visitor)
    page.get_by_test_id("live-input").fill("写到一半的话")
    page.reload()
    expect(page.get_by_test_id("live-input")).to_have_value("写到一半的话")

    page.context.clear_cookies()
    page.get_by_test_id("live-input").press("Enter")  # noticed only now
    fill_in(page, stack, "li")
    expect(page).to_have_url(re.compile(visitor.conversation_id))
    expect(said(page, "agent", "写到一半的话")).to_be_visible(timeout=PATIENCE_MS)
    assert visitor.heard("agent") == ["写到一半的话"]


def test_a_reply_that_is_too_long_or_too_late_is_kept_with_the_reason(at_desk, visit):
    visitor = visit("热水器漏水")
    page, supervisor = at_desk(), at_desk("demo-supervisor")
    take_over(page, visitor)
    page.get_by_test_id("live-input").fill("长" * 4_001)
    expect(page.get_by_test_id("live-length")).to_contain_text("多了 1 个字")
    expect(page.get_by_test_id("live-send")).to_be_disabled()

    without_news(page)
    page.goto(f"/desk/live/{visitor.conversation_id}")
    page.get_by_test_id("live-input").fill("马上为您处理")
    open_live(supervisor, visitor, "all")
    deed(supervisor, "more").click()
    deed(supervisor, "close").click()
    supervisor.get_by_test_id("deed-ok").click()
    expect(deed(supervisor, "reopen")).to_be_visible()

    page.get_by_test_id("live-input").press("Enter")
    unsent = page.get_by_test_id("live-unsent")
    expect(unsent).to_have_attribute("data-status", "refused")
    expect(unsent).to_contain_text("马上为您处理")
    expect(unsent).to_contain_text("没有发出")
    assert visitor.heard("agent") == []


def test_pictures_go_along_and_what_is_no_file_of_ours_says_why(at_desk, visit, tmp_path, screenshot):
    picture = tmp_path / "photo.png"
    Image.new("RGB", (320, 200), "#7aa5c9").save(picture)
    wrong = tmp_path / "program.exe"
    wrong.write_bytes(b"MZ" + bytes(200))
    visitor = visit("热水器漏水")
    page = at_desk()
    take_over(page, visitor)
    page.get_by_test_id("live-file").set_input_files([picture, wrong])
    pending = page.get_by_test_id("live-pending")
    expect(pending.locator('[data-state="ready"]')).to_have_count(1)
    expect(pending.locator('[data-state="failed"]')).to_contain_text("program.exe")
    page.reload()
    expect(pending.locator('[data-state="ready"]')).to_have_count(1)  # part of the draft
    reply(page, "是这个位置吗？")
    expect(said(page, "agent", "是这个位置吗？").locator("img")).to_be_visible()
    screenshot(page, "live-picture")
    (sent,) = [message for message in visitor.messages() if message["sender"] == "agent"]
    assert [each["kind"] for each in sent["attachments"]] == ["image"]


def test_frequent_things_are_done_by_keys(at_desk, waiting):
    first, second = waiting(), waiting()
    page = at_desk()
    page.goto("/desk/live?view=queue")
    expect(line_of(page, second)).to_be_visible()
    order = page.get_by_test_id("live-line").evaluate_all("all => all.map(each => each.dataset.id)")
    for conversation_id in order:
        page.keyboard.press("j")
        expect(page).to_have_url(re.compile(conversation_id))
        expect(page.locator(f'[data-testid="live-chat"][data-id="{conversation_id}"]')).to_be_visible()
    page.keyboard.press("k")
    expect(page).to_have_url(re.compile(order[-2]))

    page.goto(f"/desk/live/{first.conversation_id}?view=queue")
    expect(deed(page, "claim")).to_be_visible()
    page.keyboard.press("c")
    expect(deed(page, "handBack")).to_be_visible()
    page.keyboard.press("m")
    page.keyboard.type("客户很急")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("live-note").last).to_contain_text("客户很急")
    expect(page.get_by_test_id("live-input")).to_have_value("")
    page.keyboard.press("Escape")
    page.keyboard.press("q")
    expect(page.get_by_test_id("canned-picker")).to_be_visible()
    page.get_by_test_id("live-input").fill("")
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    expect(page.get_by_text("这个会话还没有工单")).to_be_visible()
    page.keyboard.press("b")
    expect(page.get_by_test_id("deed-note")).to_be_visible()
    assert first.heard("agent") == []  # a note is never sent


def test_the_supervisor_sees_who_waits_and_assigns(at_desk, waiting, screenshot):
    visitor = waiting()
    agent, supervisor = at_desk("wang"), at_desk("demo-supervisor")
    be(agent, "busy")
    supervisor.goto("/desk/wall")
    wall = supervisor.get_by_test_id("live-wall")
    expect(wall.locator('[data-group="quality"]')).to_be_visible()
    row = wall.locator('[data-username="wang"]')
    expect(row).to_have_attribute("data-state", "busy")
    screenshot(supervisor, "live-wall")
    waits = wall.get_by_test_id("wall-waiting").filter(
        has=supervisor.locator(f'a[href*="{visitor.conversation_id}"]')
    )
    waits.get_by_role("button").click()
    supervisor.get_by_test_id("assign-goal").click()
    supervisor.get_by_title(re.compile("^王工")).click()
    supervisor.get_by_test_id("deed-ok").click()
    expect(waits).to_have_count(0)
    agent.goto("/desk/live")
    expect(line_of(agent, visitor)).to_be_visible()

    row.get_by_test_id("agent-state").click()
    supervisor.get_by_role("menuitem").filter(has_text="离线").click()
    expect(agent.get_by_test_id("presence")).to_have_attribute("data-state", "offline")


def test_on_a_phone_one_part_is_seen_at_a_time(at_desk, visit, screenshot):
    visitor = visit("热水器漏水")
    page = at_desk(viewport=PHONE)
    page.goto("/desk/live?view=bot")
    screenshot(page, "live-phone-list")
    line_of(page, visitor).click()
    expect(page.get_by_test_id("live-messages")).to_be_visible()
    expect(page.get_by_test_id("live-search")).to_be_hidden()
    screenshot(page, "live-phone-chat")
    page.get_by_test_id("live-side-toggle").click()
    expect(page.get_by_test_id("live-understood")).to_be_visible()
    expect(page.get_by_test_id("live-input")).to_be_hidden()
    page.get_by_role("button", name="返回对话").click()
    page.get_by_test_id("live-back").click()
    expect(line_of(page, visitor)).to_be_visible()
    wider = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wider


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_finding(at_desk, new_page, visit, scheme):
    visitor = visit("热水器漏水")
    login = new_page(viewport=LAPTOP, color_scheme=scheme)
    login.goto("/desk")
    expect(login.get_by_test_id("login-submit")).to_be_visible()
    found = {"login": grave_findings(login)}
    page = at_desk("demo-supervisor", color_scheme=scheme)
    page.goto("/desk/tickets")
    page.get_by_test_id("ticket-row").first.wait_for()
    found["tickets"] = grave_findings(page)
    page.get_by_test_id("ticket-row").first.get_by_role("link").first.click()
    page.get_by_test_id("ticket-timeline").wait_for()
    found["ticket"] = grave_findings(page)
    take_over(page, visitor)
    reply(page, "您好")
    expect(said(page, "agent", "您好")).to_be_visible()
    expect(page.locator(".ant-message-notice")).to_have_count(0)
    found["live"] = grave_findings(page)
    page.goto("/desk/wall")
    page.get_by_test_id("wall-row").first.wait_for()
    page.get_by_test_id("live-figures").wait_for()
    found["wall"] = grave_findings(page)
    assert {name: findings for name, findings in found.items() if findings} == {}


def test_a_call_is_held_resumed_and_hung_up_from_the_desk(at_desk, stack, screenshot):
    call = Telephone(stack.settings.backend_url, stack.voice_demo_token, "+8613911225566")
    call.say("我家热水器漏水")
    page = at_desk()
    page.goto("/desk/live?view=bot")
    page.get_by_test_id("live-line").filter(has=page.get_by_role("img", name="phone")).click()
    deed(page, "takeOver").click()
    bar = page.get_by_test_id("live-call")
    expect(bar).to_have_attribute("data-standing", "typed")
    bar.get_by_test_id("call-hold").click()
    expect(bar).to_have_attribute("data-standing", "held")
    screenshot(page, "live-call-held")
    bar.get_by_test_id("call-resume").click()
    expect(bar).to_have_attribute("data-standing", "typed")
    reply(page, "您好，我是李工")
    assert "李工" in "".join(call.say("喂"))
    bar.get_by_test_id("call-hang_up").click()
    page.get_by_test_id("call-hang_up-ok").click()
    expect(bar).to_have_attribute("data-standing", "ended")
    expect(bar.get_by_role("button")).to_have_count(0)
