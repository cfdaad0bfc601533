"""Returns and exchanges (R3c-4.7): the reason, the purchase, what is wanted instead, and the contact."""

import pytest

from tests.dialogue.moments import days_ago, within
from tests.support.stories import Said, Story, check

KIND = {"kind": "return_exchange"}
STORIES = [
    Story(
        "too big",
        "刚收到的电饭煲我想退货，尺寸买大了",
        ticket=KIND | {"details.product": "电饭煲", "demand": "return"},
        not_asked=("product", "demand", "fault"),
    ),
    Story(
        "the button",
        "退换货",
        bare=True,
        answers={"product": "豆浆机", "demand": "换货", "fault": "收到的颜色和下单的不一样"},
        verbatim=("收到的颜色和下单的不一样",),
        ticket=KIND | {"demand": "exchange", "details.product": "豆浆机"},
        asks=("product", "demand", "fault", "address"),
    ),
    Story(
        "an exchange needs an address",
        "昨天刚到的加湿器发错颜色了，给我换一台",
        ticket=KIND | {"demand": "exchange", "contact.address": "苏州市姑苏区人民路100号3幢201室"},
        asks=("address",),
        not_asked=("demand", "product"),
    ),
    Story(
        "seven days",
        "前天在天猫买的吹风机不喜欢，七天无理由退货",
        ticket=KIND
        | {
            "demand": "return",
            "details.purchase_date": days_ago(2),
            "details.purchase_place": within("天猫"),
        },
        not_asked=("demand", "purchase_date", "purchase_place", "product"),
    ),
    Story(
        "no reason is given",
        "我要退货，空气炸锅",
        answers={"fault": "跳过"},
        ticket=KIND | {"demand": "return", "details.product": "空气炸锅"},
        not_asked=("product", "demand"),
        once=("fault",),
    ),
    Story(
        "the order is known",
        "订单号JD20257654321里面的电水壶想退掉，家里已经有一个了",
        ticket=KIND | {"details.order_number": "JD20257654321", "demand": "return"},
        not_asked=("purchase_place", "order_number", "demand"),
    ),
    Story(
        "the customer thinks better of it",
        "买的扫地机器人想换货，老人不会用",
        instead={"customer_name": ("还是退货吧，不换了",)},
        ticket=KIND | {"demand": "return"},
    ),
    Story(
        "refund only",
        "昨天下单的电风扇还没发货，我不要了，给我退款",
        ticket={"demand": "refund"},
        not_asked=("demand", "product"),
    ),
    Story(
        "how it goes is asked first, then wanted",
        "七天无理由退货怎么办理？",
        tickets=0,
        answered=True,
        then=(Said("那我要退货", untold=("系统这会儿",), files=0),),
        says=("退",),
    ),
]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_story(playing, story: Story):
    check(story, playing[story.name].result())
