"""The whole way by telephone: signed webhooks, the trained model, actions, a ticket; and the page /phone."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from runtime.stack import Stack
from tests.support.talk import HotlineApi
from tests.support.telephone import Telephone

MAX_TURNS = 18
CALLER = "+8613911223344"
STRANGER = "+8613911223355"  # nobody else's: a caller with an open ticket is asked about that first
ANSWERS = {
    "尾号": "#1",
    "提交": "提交",
    "买": "去年五月在京东买的",
    "毛病": "一用就漏水地上全湿了",
    "地址": "苏州市姑苏区人民路一百号三幢二零一室",
    "称呼": "我姓王",
    "贵姓": "我姓王",
    "型号": "不知道",
    "上门": "周六上午",
    "什么时候": "周六上午",
}
TICKET = re.compile(r"工单号是?[：:]?(\d{11})(?!\d)")


def ticket_in(heard: list[str]) -> str | None:
    found = TICKET.search(written(heard))
    return found.group(1) if found else None


def written(heard: list[str]) -> str:
    """What was heard without the pauses between digits."""
    return re.sub(r"[\s，]", "", "".join(heard))


def test_a_call_from_hello_to_the_ticket(stack: Stack, api: HotlineApi):
    call = Telephone(stack.settings.backend_url, stack.voice_demo_token, CALLER)
    assert "记录" in call.opening[0]
    heard = call.say("喂你好我家洗衣机漏水了嗯我要报修")
    for _ in range(MAX_TURNS):
        if ticket_in(heard):
            break
        answer = next((said for word, said in ANSWERS.items() if word in "".join(heard)), "不知道")
        heard = call.key(answer[1:]) if answer.startswith("#") else call.say(answer)
    number = ticket_in(heard)
    assert number, "\n".join(map(str, call.lines))
    call.hang_up()
    ticket = api.ticket(number)
    assert ticket["channel"] == "phone"
    assert ticket["kind"] == "repair_request"
    assert ticket["details"]["product"] == "洗衣机"
    assert ticket["contact"]["phone"].endswith("3344") or "3344" in str(ticket["contact"])

    again = Telephone(stack.settings.backend_url, stack.voice_demo_token, CALLER)
    assert "还在处理" in "".join(again.opening)
    progress = again.key("1")
    assert number in written(progress), progress
    again.hang_up()


def test_the_telephone_page_speaks_the_same_protocol(
    new_page: Callable[..., Page], screenshot: Callable[[Page, str], None]
):
    page = new_page()
    page.goto("/phone")
    page.get_by_role("textbox", name="来电号码").fill(STRANGER)
    page.get_by_role("button", name="拨打").click()
    transcript = page.get_by_role("list", name="通话内容")
    expect(transcript).to_contain_text("请问有什么可以帮您")
    page.get_by_role("textbox", name="说的话").fill("我家空调不制冷我要报修")
    page.get_by_role("button", name="说", exact=True).click()
    expect(transcript.locator("li.hotline").nth(2)).to_be_visible(timeout=15_000)
    page.get_by_role("button", name="9", exact=True).click()
    expect(transcript).to_contain_text("投诉服务")
    screenshot(page, "phone")
    page.get_by_role("button", name="挂机").click()
    expect(transcript).to_contain_text("通话结束")
