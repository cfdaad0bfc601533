"""What was said is taken back: at once, later, in the summary; and going back, skipping, giving up, coming back."""

import pytest

from tests.dialogue.moments import LAST_YEAR, TODAY, since, within
from tests.support.stories import Said, Story, check

BEFORE_LAST = TODAY.year - 2
STORIES = [
    Story(
        "the phone, in the summary",
        "冰箱不制冷了，去年五月在苏宁买的，要求维修，我姓赵，电话13900001111",
        instead={"confirmation": ("电话不对，是{phone}",)},
        ticket={"details.product": "冰箱", "details.purchase_date": since(f"{LAST_YEAR}-05")},
        turns=5,
    ),
    Story(
        "the last digit only",
        "洗碗机洗不干净，一股味道",
        answers={"phone": "13812345678"},
        instead={"confirmation": ("电话最后一位是9",)},
        ticket={"contact.phone": "13812345679"},
        once=("phone",),
    ),
    Story(
        "the year, right after it was told",
        "电视机屏幕上有条竖线",
        answers={"purchase_date": "去年五月"},
        instead={"demand": ("不对，是前年五月买的",)},
        ticket={"details.purchase_date": since(f"{BEFORE_LAST}-05"), "demand": "repair"},
    ),
    Story(
        "the year, in the summary",
        "电饭煲按键失灵了",
        answers={"purchase_date": "去年八月"},
        instead={"confirmation": ("购买时间错了，是前年八月",)},
        ticket={"details.purchase_date": since(f"{BEFORE_LAST}-08")},
    ),
    Story(
        "what is wanted",
        "空调外机响得像拖拉机",
        instead={"confirmation": ("我不要维修了，还是换货吧",)},
        ticket={"demand": "exchange", "contact.phone": "{phone}"},
    ),
    Story(
        "the name",
        "微波炉转盘不转",
        instead={"phone": ("名字说错了，我姓汪，三点水的汪",)},
        ticket={"contact.name": within("汪")},
    ),
    Story(
        "the product",
        "热水器一直滴水",
        instead={"demand": ("不好意思说错了，不是热水器，是净水器",)},
        ticket={"details.product": "净水器"},
        tickets=1,
    ),
    Story(
        "the change button, then the item",
        "豆浆机打不碎豆子",
        instead={"confirmation": ("修改",), "change_item": ("电话",), "phone": ("13900002222",)},
        answers={"phone": "{phone}"},
        ticket={"contact.phone": "{phone}"},
        asks=("change_item",),
    ),
    Story(
        "the change button, then nothing to change",
        "电磁炉火力调不上去了",
        instead={"confirmation": ("修改",)},
        ticket={"details.product": within("电磁炉")},
        asks=("change_item",),
    ),
    Story(
        "a misread date is denied when it is read back",
        "吸尘器吸力越来越小",
        answers={"purchase_date": "前年国庆"},
        instead={"demand": ("不对，是去年国庆",)},
        ticket={"details.purchase_date": f"{LAST_YEAR}-10-01"},
    ),
    Story(
        "one step back",
        "洗衣机门打不开了",
        instead={"phone": ("等等，回到上一个",)},
        answers={"customer_name": "我姓孙"},
        ticket={"contact.name": within("孙")},
    ),
    Story(
        "given up, nothing kept",
        "电视机屏幕花了",
        instead={"purchase_date": ("算了，不投诉了",), "keeping": ("不用了",)},
        tickets=0,
    ),
    Story(
        "given up in the summary",
        "冰箱灯不亮了",
        instead={"confirmation": ("取消",), "keeping": ("不用了",)},
        tickets=0,
    ),
    Story(
        "put aside and gone on with",
        "油烟机滴油滴到锅里",
        instead={"demand": ("先不弄了",)},
        ticket={"details.product": "油烟机", "demand": "repair"},
        once=("purchase_date",),
    ),
    Story(
        "stopped and resumed",
        "燃气热水器洗到一半就变凉",
        instead={"demand": ("我先忙，等会儿再说",)},
        ticket={"details.product": within("热水器"), "demand": "repair"},
        once=("purchase_date",),
    ),
    Story(
        "two things corrected in one sentence",
        "空调不制热，去年一月在京东买的，我姓周",
        instead={"confirmation": ("不对，是前年一月买的，电话改成13900003333",)},
        ticket={"details.purchase_date": since(f"{BEFORE_LAST}-01"), "contact.phone": "13900003333"},
    ),
    Story(
        "no, with the right thing in it",
        "扫地机器人找不到充电座",
        answers={"purchase_place": "在京东买的"},
        instead={"customer_name": ("不是京东，是拼多多买的",)},
        ticket={"details.purchase_place": within("拼多多")},
    ),
    Story(
        "a ticket that is filed stays, what comes is added",
        "洗衣机脱水乱跳，都跳到门口了",
        then=(Said("补充一下，洗床单的时候跳得最厉害", told=("{number}",), files=1),),
        ticket={"details.product": "洗衣机"},
    ),
]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_story(playing, story: Story):
    check(story, playing[story.name].result())
