"""Complaints about products (R1-1.3, R3a-4.2, R3c-4.7): what is told is not asked, what is missing is."""

import pytest

from tests.dialogue.moments import LAST_MONTH, LAST_YEAR, days_ago, since, within
from tests.support.stories import Said, Story, check

STORIES = [
    Story(
        "the first issue's sentence",
        "我上个月买的热水器漏水，打了三次电话都没人管",
        ticket={
            "kind": "quality_complaint",
            "details.product": "热水器",
            "details.fault": within("漏水"),
            "details.purchase_words": "上个月",
            "details.purchase_date": since(f"{LAST_MONTH:%Y-%m}"),
            "signals.repeated": True,
            "intake": "complete",
        },
        not_asked=("product", "fault"),
        asks=("demand", "customer_name", "phone"),
    ),
    Story(
        "everything in one sentence",
        "去年双十一在京东买的JSQ30热水器，上周开始漏水，要求换货，我姓王，电话{phone}",
        ticket={
            "kind": "quality_complaint",
            "details.product": "热水器",
            "details.model": within("JSQ30"),
            "details.purchase_date": f"{LAST_YEAR}-11-11",
            "details.purchase_place": "京东",
            "demand": "exchange",
            "contact.name": within("王"),
            "contact.address": "苏州市姑苏区人民路100号3幢201室",
        },
        not_asked=("product", "fault", "purchase_date", "purchase_place", "demand", "customer_name", "phone"),
        asks=("address",),
        turns=4,
    ),
    Story(
        "the button, then what it is",
        "产品有问题",
        bare=True,
        answers={"product": "微波炉，转盘不转了"},
        verbatim=("微波炉，转盘不转了",),
        ticket={"kind": "quality_complaint", "details.product": "微波炉"},
        asks=("product", "demand"),
    ),
    Story(
        "terse to the end",
        "坏了",
        answers={"product": "空调", "fault": "不制冷，外机也不转"},
        verbatim=("不制冷，外机也不转",),
        ticket={"kind": "quality_complaint", "details.product": "空调"},
        asks=("product", "fault"),
    ),
    Story(
        "several pieces, some of them faulty",
        "我们公司买了五台空调，有两台不制冷",
        ticket={"kind": "quality_complaint", "details.quantity": "5", "details.defective_quantity": "2"},
        not_asked=("defective_quantity",),
    ),
    Story(
        "several pieces, how many are faulty is asked",
        "一次买了4个电饭煲，煮出来的饭都是夹生的",
        answers={"defective_quantity": "3个"},
        ticket={"details.quantity": "4", "details.defective_quantity": "3"},
        asks=("defective_quantity",),
    ),
    Story(
        "how many are faulty, as a bare figure",
        "一次买了3台电风扇，转起来哐哐响",
        answers={"defective_quantity": "2"},
        ticket={"details.quantity": "3", "details.defective_quantity": "2"},
        once=("defective_quantity",),
    ),
    Story(
        "three sockets are not three products",
        "榨汁机不转，试了三个插座都一样",
        ticket={"details.product": "榨汁机", "details.quantity": None},
        not_asked=("defective_quantity",),
    ),
    Story(
        "the place follows when the date is told already",
        "前天刚买的豆浆机一打就漏浆",
        ticket={
            "details.product": "豆浆机",
            "details.purchase_date": days_ago(2),
            "details.purchase_place": "京东",
        },
        asks=("purchase_place",),
        not_asked=("purchase_date",),
    ),
    Story(
        "an order number makes the place superfluous",
        "洗碗机底下渗水，订单号JD20251234567，去年八月买的",
        ticket={
            "details.order_number": "JD20251234567",
            "details.purchase_date": since(f"{LAST_YEAR}-08"),
        },
        not_asked=("purchase_place", "order_number"),
    ),
    Story(
        "the date is not remembered",
        "家里的电视机老是自动关机",
        answers={"purchase_date": "不记得了", "purchase_place": "跳过"},
        ticket={"details.product": "电视", "details.purchase_date": None, "contact.phone": "{phone}"},
        once=("purchase_date", "demand"),
    ),
    Story(
        "the name is nobody's business",
        "油烟机吸不走烟，满屋子都是油味",
        answers={"customer_name": "不方便说"},
        ticket={"contact.name": None},
        once=("customer_name",),
    ),
    Story(
        "no phone in the end",
        "洗衣机脱水的时候乱跳，吓人",
        answers={"phone": "不想留电话"},
        ticket={"contact.phone": None, "intake": "incomplete"},
        says=("没有?留?电话|电话先不留",),
    ),
    Story(
        "a landline",
        "冰箱压缩机一天到晚响个不停",
        answers={"phone": "0512-65550199"},
        ticket={"contact.phone": within("65550199")},
        once=("phone",),
    ),
    Story(
        "a phone number in Chinese digits",
        "净水器出水只有一点点",
        answers={"phone": "一三九零零一一二二三三"},
        ticket={"contact.phone": "13900112233"},
        once=("phone",),
    ),
    Story(
        "two answers at once",
        "榨汁机一插电就跳闸，换了插座也一样",
        answers={"customer_name": "我姓李，电话{phone}"},
        ticket={"contact.name": within("李")},
        not_asked=("phone",),
    ),
    Story(
        "an outcome in own words",
        "扫地机器人充了一夜电还是没电",
        answers={"demand": "你们总得给我一个说法吧"},
        ticket={"demand": "handle"},
        once=("demand",),
    ),
    Story(
        "money back needs no address",
        "买回来三天的加湿器就不出雾了，把钱退给我",
        ticket={"demand": "refund"},
        not_asked=("demand", "product"),
    ),
    Story(
        "somebody comes, so the address is asked",
        "空调室内机往下滴水，地板都泡了",
        answers={"demand": "派人上门看看"},
        ticket={"demand": "visit", "contact.address": "苏州市姑苏区人民路100号3幢201室"},
        asks=("address",),
    ),
    Story(
        "the price",
        "花了2999块买的扫地机器人，用了一个星期就不动了",
        ticket={"details.amount": within("2999")},
        not_asked=("product",),
    ),
    Story(
        "when the fault began is not when it was bought",
        "空调上周开始不制冷了",
        ticket={"details.purchase_date": "2025-03-08"},
        asks=("purchase_date",),
        not_asked=("fault", "product"),
    ),
    Story(
        "a long tale, kept word for word",
        "我是你们的老客户了，这台洗衣机是给我妈买的，刚开始用得挺好，后来有一天洗着洗着突然不转了，"
        "屏幕上也没有显示，拔了电源再插上又好了，过了两天又这样，来来回回折腾了七八次，衣服全泡在水里，"
        "我妈腰不好，捞衣服捞得直不起身",
        ticket={"kind": "quality_complaint", "details.product": "洗衣机"},
        not_asked=("fault", "product"),
    ),
    Story(
        "a date that has not come yet",
        "电烤箱门关不严",
        instead={"purchase_date": ("明年三月",)},
        ticket={"details.purchase_date": "2025-03-08"},
        says=("还没到",),
    ),
    Story(
        "a product that no lexicon knows",
        "你们卖的那个飞天神灯用了两天就不亮了",
        answers={"product": "飞天神灯"},
        ticket={"kind": "quality_complaint", "details.product": within("灯")},
    ),
    Story(
        "only the surname and only the phone, without punctuation",
        "冰箱不制冷了 姓赵 {phone}",
        ticket={"details.product": "冰箱", "contact.name": within("赵")},
        not_asked=("product", "customer_name", "phone"),
    ),
    Story(
        "nothing is known but the fault",
        "空调吹出来的风是热的",
        answers={"purchase_date": "不记得了", "customer_name": "不方便说"},
        ticket={"details.product": "空调", "details.purchase_date": None, "contact.name": None},
        once=("demand", "phone"),
    ),
    Story(
        "thanks at the end are no new matter",
        "微波炉不加热，饭都热不了",
        then=(Said("好的谢谢你", files=1), Said("再见", files=1)),
        ticket={"details.product": "微波炉"},
    ),
]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_story(playing, story: Story):
    check(story, playing[story.name].result())
