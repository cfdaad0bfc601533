"""A person is wished for, anger, threat, abuse: patient, nothing lost, never a loop; and what only sounds like it."""

import pytest

from tests.dialogue.moments import within
from tests.support.stories import Said, Story, check

CONTACT_ONLY = ("product", "purchase_date", "demand", "customer_name")
STORIES = [
    Story(
        "a person at once",
        "转人工",
        ticket={"kind": "inquiry", "details.topic": "human_request", "signals.wants_human": True},
        asks=("phone",),
        not_asked=CONTACT_ONLY,
        bare=True,
        turns=2,
    ),
    Story(
        "a person, said at length",
        "我不想跟机器人说话，给我找个真人客服",
        ticket={"kind": "inquiry", "signals.wants_human": True},
        not_asked=CONTACT_ONLY,
        turns=2,
    ),
    Story(
        "a person in the middle, with all that was told",
        "电饭煲内胆掉皮，在天猫买的",
        instead={"purchase_date": ("别问了，给我转人工",), "demand": ("别问了，给我转人工",)},
        ticket={"kind": "quality_complaint", "details.product": "电饭煲", "signals.wants_human": True},
        not_asked=("customer_name", "address"),
    ),
    Story(
        "a person in the summary",
        "加湿器漏水，桌子都泡了",
        instead={"confirmation": ("我要跟真人说",)},
        ticket={"kind": "quality_complaint", "details.product": "加湿器"},
    ),
    Story(
        "to have it repaired by somebody is no wish for a person",
        "油烟机按键没反应，找人来修",
        ticket={"kind": "repair_request", "signals.wants_human": False},
        asks=("address", "visit_time"),
    ),
    Story(
        "angry from the start",
        "什么垃圾玩意！买了一个月坏了三次，你们是不是专门骗人的！",
        answers={"product": "吸尘器"},
        ticket={"kind": "quality_complaint", "signals.repeated": True},
        asks=("phone",),
        says=("道歉|抱歉|对不起",),
    ),
    Story(
        "abuse is met with patience",
        "你们全是骗子，滚蛋，退钱！",
        answers={"product": "豆浆机"},
        ticket={"demand": "refund"},
        says=("道歉|抱歉|对不起|理解|明白",),
    ),
    Story(
        "an outburst instead of an answer",
        "微波炉加热不均匀",
        instead={"demand": ("问问问，就知道问，烦死了！",)},
        ticket={"details.product": "微波炉"},
        asks=("phone",),
    ),
    Story(
        "one outburst after the other ends the questions",
        "洗衣机洗不干净",
        instead={
            "purchase_date": ("你们有完没完！", "滚！什么垃圾公司！"),
            "demand": ("气死我了，你们这群骗子！",),
        },
        answers={"phone": "{phone}"},
        ticket={"details.product": "洗衣机"},
        not_asked=("address",),
    ),
    Story(
        "a threat to go to the press",
        "热水器修了五次都没修好，再不解决我就去12315投诉，找记者曝光你们",
        ticket={"kind": within("complaint"), "signals.threat": True, "signals.repeated": True},
        asks=("phone",),
    ),
    Story(
        "a threat in the middle",
        "空调装好三天就不制冷了",
        instead={"demand": ("不给我换我就找律师起诉你们",)},
        ticket={"signals.threat": True, "details.product": "空调"},
    ),
    Story(
        "an alarm of the thing is no threat",
        "电磁炉一放锅就报警",
        ticket={"signals.threat": False},
        asks=("demand",),
    ),
    Story(
        "to complain is no threat",
        "投诉你们的质量，我们店里买的冰柜不制冷",
        ticket={"signals.threat": False, "details.product": "冰柜"},
        asks=("demand",),
    ),
    Story(
        "an old man who needs it",
        "我妈八十多岁一个人住，热水器坏了没有热水洗澡",
        ticket={"signals.vulnerable": True, "details.product": "热水器"},
    ),
    Story(
        "not understood twice, a person is offered",
        "阿巴阿巴",
        tickets=0,
        answered=True,
        then=(Said("玛卡巴卡"), Said("唔西迪西", told=("人工|专人|同事",))),
    ),
    Story(
        "the refusal of a phone is accepted",
        "转人工客服",
        answers={"phone": "不想留电话"},
        ticket={"contact.phone": None, "details.topic": "human_request"},
        bare=True,
    ),
]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_story(playing, story: Story):
    check(story, playing[story.name].result())
