"""On the phone: worded for the ear, and the caller's own number proves whose tickets they are."""

import re

import pytest

from tests.dialogue.moments import within
from tests.support.phone_call import PhoneCall
from tests.support.stories import Player, Said, Story, check

SIGNS_FOR_THE_EYE = r"请点|点一项|过目|点“|·"
STORIES = [
    Story(
        "a complaint from hello to the number",
        "喂你好我家洗衣机脱水的时候响得不得了",
        ticket={"details.product": "洗衣机", "channel": "phone"},
        never_says=(SIGNS_FOR_THE_EYE,),
    ),
    Story(
        "a number said digit by digit",
        "喂我要反映一下冰箱不制冷",
        answers={"phone": "幺三九零零幺幺二二六六"},
        ticket={"contact.phone": "13900112266"},
    ),
    Story(
        "a date said as one speaks",
        "电饭煲煮饭老是夹生",
        answers={"purchase_date": "嗯大概是二零二五年三月份吧"},
        ticket={"details.purchase_date": within("2025-03")},
    ),
    Story(
        "progress of the caller's ticket without any digits",
        "微波炉不转了，去年五月在京东买的，要维修，我姓王，电话{phone}，地址苏州市姑苏区人民路100号3幢201室",
        then=(Said("我那个单子到哪一步了", told=("微波炉",), untold=("后四位",), files=1),),
    ),
    Story(
        "danger on the phone",
        "喂喂我家热水器漏电把我电了一下",
        ticket={"hazard": True, "severity": "grave"},
        says=("电闸|断电",),
        never_says=(SIGNS_FOR_THE_EYE,),
    ),
    Story("a person, please", "我要人工", ticket={"details.topic": "human_request"}, bare=True),
]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_story(stack, api, story: Story):
    check(story, Player(story, PhoneCall(stack, api, story.phone)).play())


def test_a_ticket_number_is_read_out_in_groups(stack, api):
    story = Story("the number is heard", "豆浆机打不碎豆子，去年五月在京东买的，要退货，我姓王，电话{phone}")
    played = Player(story, PhoneCall(stack, api, story.phone)).play()
    (ticket,) = played.tickets
    last = played.lines[-1][1]
    assert ticket["number"] in re.sub(r"\D", "", last), last
    assert ticket["number"] not in last, "eleven digits in one go cannot be written down"


def test_the_next_call_from_the_same_number_knows_the_ticket(stack, api):
    story = Story("two calls", "加湿器不出雾，去年五月在京东买的，要退货，我姓王，电话{phone}")
    (ticket,) = Player(story, PhoneCall(stack, api, story.phone)).play().tickets
    later = PhoneCall(stack, api, story.phone)
    reply = later.say("帮我催一下，一直没人联系我")
    assert ticket["number"] in re.sub(r"\D", "", reply), reply
    assert later.tickets() == []
    stranger = PhoneCall(stack, api, "13700000001")
    assert "加湿器" not in stranger.say("我的投诉处理得怎么样了")
