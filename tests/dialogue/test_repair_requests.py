"""Requests for repair (R1-4.2, R3b-8): no apology due, but name, phone, address and a time that suits."""

import pytest

from tests.dialogue.moments import LAST_YEAR, since, within
from tests.support.stories import Story, check

KIND = {"kind": "repair_request"}
ADDRESS = "苏州市姑苏区人民路100号3幢201室"
STORIES = [
    Story(
        "an engineer is wanted",
        "洗衣机转不动了，帮我约个师傅上门修一下",
        ticket=KIND
        | {
            "details.product": "洗衣机",
            "details.visit_time": within("周六上午"),
            "contact.address": ADDRESS,
            "contact.name": within("王"),
        },
        asks=("purchase_date", "customer_name", "phone", "address", "visit_time"),
        not_asked=("product", "fault", "demand"),
        never_says=("道歉", "实在对不起"),
        turns=8,
    ),
    Story(
        "everything at once",
        "去年三月买的海尔冰箱不制冷了，想报修，我叫赵敏，电话{phone}，地址苏州市姑苏区人民路100号3幢201室，周六上午在家",
        ticket=KIND
        | {
            "details.product": "冰箱",
            "details.brand": "海尔",
            "details.purchase_date": since(f"{LAST_YEAR}-03"),
            "contact.name": "赵敏",
            "contact.address": within("人民路100号"),
        },
        not_asked=("product", "fault", "purchase_date", "customer_name", "phone", "address"),
        turns=4,
    ),
    Story(
        "the button",
        "报修",
        bare=True,
        answers={"product": "洗衣机", "fault": "洗到一半就停，门上的灯一直闪"},
        verbatim=("洗到一半就停，门上的灯一直闪",),
        ticket=KIND | {"details.product": "洗衣机"},
        asks=("product", "fault"),
    ),
    Story(
        "the address is left for later",
        "油烟机按键没反应，找人来修",
        answers={"address": "跳过", "visit_time": "跳过"},
        ticket=KIND | {"contact.address": None, "details.visit_time": None},
        once=("address", "visit_time"),
    ),
    Story(
        "the time is told at once",
        "热水器打不着火，明天下午能派人来修吗",
        ticket=KIND,
        not_asked=("product", "fault"),
    ),
    Story(
        "the address comes with the name",
        "空调漏水了，要报修",
        answers={"customer_name": "王芳，住在苏州市姑苏区人民路100号3幢201室"},
        ticket=KIND | {"contact.name": "王芳", "contact.address": ADDRESS},
        not_asked=("address",),
    ),
    Story(
        "any time will do",
        "电视没有图像只有声音，麻烦安排维修",
        answers={"visit_time": "工作日晚上六点以后都行"},
        ticket=KIND | {"details.visit_time": within("晚上六点以后")},
    ),
    Story(
        "angry about the fault, it is a complaint",
        "气死我了，才买的洗碗机就坏了，底下全是水，赶紧派人来修！",
        ticket={"kind": within(""), "details.product": "洗碗机", "contact.address": ADDRESS},
        not_asked=("product", "demand"),
    ),
    Story(
        "a serial number",
        "净水器接头渗水要修，机身号YSR2025001234",
        ticket=KIND | {"details.serial_number": "YSR2025001234"},
        not_asked=("model", "serial_number"),
    ),
    Story(
        "for the parents, with their phone",
        "我爸妈家的微波炉不加热了，想预约上门维修",
        ticket=KIND | {"details.product": "微波炉"},
        not_asked=("product", "fault"),
    ),
]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_story(playing, story: Story):
    check(story, playing[story.name].result())
