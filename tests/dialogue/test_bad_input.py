"""Bad input inside forms: handled as a person would, and nothing of it on the ticket."""

import pytest

from tests.dialogue.moments import within
from tests.support.stories import Story, check
from tests.support.talk import HotlineApi

STORIES = [
    Story(
        "a thousand characters for a phone number",
        "微波炉不加热，热了五分钟还是冰的",
        instead={"phone": ("哈" * 1_000,)},
        ticket={"details.product": "微波炉"},
    ),
    Story(
        "too short a phone number",
        "电视机开不了机",
        instead={"phone": ("1381234",)},
        ticket={"contact.phone": "{phone}"},
        says=("1381234",),
    ),
    Story(
        "too long a phone number",
        "冰箱灯一闪一闪的",
        instead={"phone": ("1381234567890",)},
        ticket={"contact.phone": "{phone}"},
    ),
    Story(
        "a phone number with spaces and dashes",
        "油烟机吸力太小",
        answers={"phone": "139-0011 2244"},
        ticket={"contact.phone": "13900112244"},
        once=("phone",),
    ),
    Story(
        "another language",
        "洗碗机不排水，机器里一汪水",
        instead={"demand": ("I want my money back right now",)},
        ticket={"details.product": "洗碗机", "demand": "repair"},
    ),
    Story(
        "a sticker",
        "吹风机吹出来是冷风",
        instead={"customer_name": ("[微笑]",)},
        ticket={"contact.name": within("王")},
    ),
    Story(
        "an emoji",
        "电水壶烧不开水",
        instead={"purchase_date": ("😡😡😡",)},
        ticket={"details.purchase_date": "2025-03-08"},
    ),
    Story(
        "a key held down",
        "空调遥控器没反应",
        instead={"customer_name": ("aaaaaaaaaaaaaaaaaaaa",)},
        ticket={"contact.name": within("王")},
    ),
    Story(
        "the answer to an earlier question",
        "豆浆机漏浆，桌子上全是",
        instead={"customer_name": ("对了，是去年八月买的",)},
        answers={"purchase_date": "不记得了"},
        ticket={"contact.name": within("王"), "details.purchase_date": within("-08")},
    ),
    Story(
        "the answer to a later question",
        "扫地机器人不回充",
        instead={"purchase_date": ("电话{phone}",)},
        ticket={"details.purchase_date": "2025-03-08"},
        not_asked=("phone",),
    ),
    Story(
        "commands of other programs are words",
        "净水器的滤芯换了还是报警'; DROP TABLE ticket; --",
        ticket={"details.product": within("净水器")},
    ),
    Story(
        "a template is a word",
        "电烤箱温度不准{{7*7}}",
        ticket={"details.product": within("烤箱")},
        never_says=("49",),
    ),
    Story(
        "only punctuation",
        "加湿器不出雾了",
        instead={"demand": ("。。。",)},
        ticket={"demand": "repair"},
    ),
    Story(
        "traditional characters",
        "洗衣機壞了，脫水的時候會跳",
        ticket={"kind": "quality_complaint", "details.product": "洗衣机"},
        not_asked=("product",),
    ),
    Story(
        "sounds alike, written otherwise",
        "热水汽漏睡了，漏了一地",
        ticket={"kind": "quality_complaint", "details.product": "热水器"},
        not_asked=("product",),
    ),
    Story(
        "full width digits",
        "电风扇摇头的时候咔咔响",
        answers={"phone": "１３９００１１２２５５"},
        ticket={"contact.phone": "13900112255"},
        once=("phone",),
    ),
]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_story(playing, story: Story):
    check(story, playing[story.name].result())


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
    assert chat.tickets() == []
