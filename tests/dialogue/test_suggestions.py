"""Suggestions (R1-1.1c): thanked for, kept word for word, contact only if the customer wants an answer."""

import pytest

from tests.dialogue.moments import within
from tests.support.stories import Story, check

KIND = {"kind": "suggestion"}
NOTHING_ELSE = ("product", "purchase_date", "purchase_place", "demand", "fault", "address", "customer_name")
STORIES = [
    Story(
        "with the word",
        "建议你们把说明书的字印大一点，老人看不清",
        ticket=KIND | {"details.business_area": within("产品")},
        not_asked=(*NOTHING_ELSE, "description"),
        says=("谢谢|感谢",),
        never_says=("抱歉", "道歉"),
        turns=3,
    ),
    Story(
        "without the word",
        "遥控器要是能带个夜光就好了，半夜摸黑按不准",
        ticket=KIND,
        not_asked=(*NOTHING_ELSE, "description"),
    ),
    Story(
        "no phone wanted",
        "希望热线晚上也能有人值班，我们白天都在上班",
        answers={"phone": "不留了", "business_area": "服务"},
        ticket=KIND | {"contact.phone": None, "details.business_area": within("服务")},
        once=("phone",),
        never_says=("没法主动",),
    ),
    Story(
        "the button first",
        "提建议",
        bare=True,
        answers={"description": "上门前能不能先发个短信，告诉我们师傅几点到"},
        verbatim=("上门前能不能先发个短信，告诉我们师傅几点到",),
        ticket=KIND,
        asks=("description",),
    ),
    Story(
        "the part of the business is not known",
        "希望滤芯能出个一年的套餐，单买太不划算了",
        answers={"business_area": "跳过"},
        ticket=KIND,
        not_asked=NOTHING_ELSE,
    ),
    Story(
        "the phone is told at once",
        "建议送货的时候能自己选时间段，我的电话是{phone}",
        ticket=KIND,
        not_asked=("phone", "description"),
    ),
    Story(
        "friendly, with praise",
        "你们师傅挺好的，就是希望以后能自带个垫子，别把地板弄脏",
        ticket=KIND,
        not_asked=NOTHING_ELSE,
        never_says=("抱歉", "道歉"),
    ),
    Story(
        "a suggestion about a product is no complaint about it",
        "洗衣机挺好用的，要是能加个夜间静音模式就更好了",
        ticket=KIND,
        not_asked=NOTHING_ELSE,
    ),
]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_story(playing, story: Story):
    check(story, playing[story.name].result())
