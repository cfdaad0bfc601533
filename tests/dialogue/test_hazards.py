"""Danger (R7-4.4.5): safety first, one question at most, at once to people; and what only sounds like danger."""

import pytest

from tests.dialogue.moments import within
from tests.support.stories import Story, check

GRAVE = {"hazard": True, "severity": "grave", "kind": "quality_complaint"}
FORM = ("purchase_date", "purchase_place", "demand", "customer_name", "address", "fault")
CALM = {"hazard": False, "severity": "minor"}
NO_ADVICE = (r"(?<!\d)119(?!\d)", r"(?<!\d)120(?!\d)", "总电闸", "撤到")
STORIES = [
    Story(
        "a shock in the shower",
        "电热水器漏电，我爸洗澡被电了一下，手都麻了",
        ticket=GRAVE,
        says=("电闸|断电|插头",),
        not_asked=FORM,
        turns=2,
    ),
    Story("smoke", "洗衣机刚才冒黑烟了，一股焦糊味", ticket=GRAVE, says=("拔|断|电闸",), not_asked=FORM),
    Story(
        "a smell of gas",
        "厨房里一股煤气味，是灶具那里漏出来的",
        ticket=GRAVE,
        says=("阀",),
        never_says=("拔掉插头",),
        not_asked=FORM,
    ),
    Story("fire", "充电的时候电动车电池着火了，刚扑灭", ticket=GRAVE, says=("119",), not_asked=FORM),
    Story("an explosion", "高压锅炸了，锅盖飞到天花板上", ticket=GRAVE, not_asked=FORM),
    Story(
        "somebody is hurt", "取暖器倒下来把孩子的腿烫伤了", ticket=GRAVE, says=("120|烫伤",), not_asked=FORM
    ),
    Story(
        "danger comes out in the middle",
        "空调外机噪音很大",
        instead={"demand": ("现在插头那里开始冒火星了",)},
        verbatim=("现在插头那里开始冒火星了",),
        ticket=GRAVE | {"details.product": "空调"},
        says=("插头|电闸",),
        not_asked=("customer_name", "address"),
    ),
    Story(
        "danger in the summary",
        "热水器水温忽冷忽热",
        instead={"confirmation": ("等等，我闻到煤气味了",)},
        verbatim=("等等，我闻到煤气味了",),
        ticket=GRAVE,
        says=("阀",),
    ),
    Story(
        "in danger nobody has to leave a phone",
        "烤箱冒烟了，屋里全是烟",
        answers={"phone": "没空说"},
        ticket=GRAVE | {"contact.phone": None},
        once=("phone",),
    ),
    Story(
        "a stove that does not light is no fire",
        "燃气灶打了十几次才点着火",
        ticket=CALM | {"details.product": "燃气灶"},
        never_says=NO_ADVICE,
        asks=("demand",),
    ),
    Story(
        "sparks of the lighter are no short circuit",
        "燃气灶左边的灶头点不着火，火花倒是有的",
        ticket=CALM,
        never_says=NO_ADVICE,
    ),
    Story(
        "whether it could leak current is a question",
        "电热水器会不会漏电啊，用着安全吗",
        tickets=0,
        answered=True,
        never_says=("加急上报",),
    ),
    Story(
        "burnt rice is no fire",
        "电饭煲煮的饭老是糊底",
        ticket=CALM | {"details.product": "电饭煲"},
        never_says=NO_ADVICE,
    ),
    Story(
        "a tripped switch that has been off since",
        "洗碗机一开就跳闸",
        ticket={"details.product": "洗碗机", "details.fault": within("跳闸")},
    ),
]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_story(playing, story: Story):
    check(story, playing[story.name].result())
