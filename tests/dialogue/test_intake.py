"""Conversations with the real model, actions and backend: each ends in the right ticket.

What counts is the ticket, not the wording: kind, fields, and the customer's own words.
"""

from dataclasses import dataclass, field

import pytest

from tests.support.talk import Customer, HotlineApi, asked_about

COMMON = {
    "哪": "热水器",
    "什么时候": "今年三月",
    "购买时间": "今年三月",
    "处理": "维修",
    "结果": "维修",
    "要求": "维修",
    "称呼": "我姓王",
    "贵姓": "我姓王",
    "电话": "13812345678",
    "地址": "苏州市姑苏区人民路100号",
}


@dataclass
class Story:
    """What a customer says first, what is answered to questions, and what the ticket must hold."""

    name: str
    opening: list[str]
    kind: str
    answers: dict[str, str] = field(default_factory=dict)
    details: dict[str, str] = field(default_factory=dict)
    contact: dict[str, str] = field(default_factory=dict)
    ticket: dict[str, object] = field(default_factory=dict)
    not_asked: tuple[str, ...] = ()


STORIES = [
    Story(
        "the first issue's sentence",
        ["我上个月买的热水器漏水，打了三次电话都没人管"],
        "quality_complaint",
        details={"product": "热水器", "fault": "漏水", "purchase_words": "上个月"},
        contact={"phone": "13812345678"},
        ticket={"description": "我上个月买的热水器漏水，打了三次电话都没人管", "hazard": False},
        not_asked=("是什么时候买", "哪一样产品"),
    ),
    Story(
        "everything in one sentence",
        ["去年双十一在京东买的JSQ30热水器，上周开始漏水，要求换货，我姓王，电话13812345678"],
        "quality_complaint",
        details={"product": "热水器"},
        contact={"phone": "13812345678"},
        not_asked=("电话", "称呼", "怎么处理", "什么时候买"),
    ),
    Story(
        "rude service",
        ["你们那个上门师傅态度太恶劣了，进门就骂人，鞋套也不穿"],
        "service_complaint",
        answers={"什么时候": "昨天下午", "结果": "道歉", "处理": "道歉", "要求": "道歉"},
        contact={"phone": "13812345678"},
        ticket={"description": "你们那个上门师傅态度太恶劣了，进门就骂人，鞋套也不穿"},
    ),
    Story(
        "nobody answers the hotline",
        ["客服电话打了一上午，一直占线，好不容易接通又给我挂了"],
        "service_complaint",
        answers={"什么时候": "今天上午"},
    ),
    Story(
        "a suggestion with the word",
        ["建议你们把说明书的字印大一点，老人看不清"],
        "suggestion",
        ticket={"description": "建议你们把说明书的字印大一点，老人看不清"},
    ),
    Story("a suggestion without the word", ["遥控器要是能带个夜光就好了，半夜摸黑按不准"], "suggestion"),
    Story(
        "repair", ["洗衣机转不动了，帮我约个师傅上门修一下"], "repair_request", details={"product": "洗衣机"}
    ),
    Story("return", ["刚收到的电饭煲我想退货，尺寸买大了"], "return_exchange", details={"product": "电饭煲"}),
    Story(
        "a hazard",
        ["电热水器漏电，我爸洗澡被电了一下，手都麻了"],
        "quality_complaint",
        ticket={"hazard": True, "severity": "grave"},
        contact={"phone": "13812345678"},
    ),
    Story(
        "nothing is known but the fault",
        ["空调吹出来的风是热的"],
        "quality_complaint",
        answers={
            "哪": "空调",
            "什么时候": "不记得了",
            "购买时间": "不记得了",
            "称呼": "不方便说",
            "贵姓": "不方便说",
        },
        details={"product": "空调"},
        contact={"phone": "13812345678"},
    ),
]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_story(api: HotlineApi, story: Story):
    chat = api.open_chat()
    customer = Customer(story.answers | {k: v for k, v in COMMON.items() if k not in story.answers})
    number = customer.talk(chat, *story.opening)
    (ticket,) = chat.tickets()
    said = "\n".join(f"{a}\n    -> {b}" for a, b in customer.transcript)
    assert ticket["number"] == number, said
    assert ticket["kind"] == story.kind, said
    for name, value in story.details.items():
        assert ticket["details"].get(name) == value, (name, ticket["details"], said)
    for name, value in story.contact.items():
        assert ticket["contact"][name] == value, (name, ticket["contact"], said)
    for name, value in story.ticket.items():
        assert ticket[name] == value, (name, ticket[name], said)
    for word in story.not_asked:
        assert asked_about(customer.transcript, word) == 0, (word, said)


def test_a_correction_in_the_summary_is_taken_over(api: HotlineApi):
    chat = api.open_chat()
    reply = chat.say("冰箱不制冷了，去年五月买的，要求维修，我姓赵，电话13900001111")
    for _ in range(5):
        if "13900001111" in reply and "提交" in reply:
            break
        reply = chat.say("跳过")
    corrected = chat.say("电话不对，是13900002222")
    assert "13900002222" in corrected
    assert chat.tickets() == []
    Customer(COMMON).talk(chat, "对，就这样")
    (ticket,) = chat.tickets()
    assert ticket["contact"]["phone"] == "13900002222"
    assert ticket["details"]["product"] == "冰箱"


def test_cancelling_files_nothing(api: HotlineApi):
    chat = api.open_chat()
    chat.say("电视机屏幕花了")
    assert chat.say("算了，不投诉了")
    assert chat.tickets() == []


def test_a_second_complaint_becomes_a_second_ticket(api: HotlineApi):
    chat = api.open_chat()
    first = Customer(COMMON).talk(chat, "我上个月买的热水器漏水，质量太差了")
    second = Customer(COMMON | {"什么时候": "昨天"}).talk(chat, "还有，你们客服态度特别差，骂我")
    assert first != second
    assert {ticket["kind"] for ticket in chat.tickets()} == {"quality_complaint", "service_complaint"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "😡",
        "asdfghjkl",
        "What is this?",
        "1",
        "。。。",
        "SELECT * FROM ticket;",
        "漏" * 3_000,
        "／restart",
        "\u200b",
    ],
)
def test_every_turn_says_something(api: HotlineApi, text: str):
    chat = api.open_chat()
    assert chat.say(text).strip()
    assert chat.say("你好").strip()
