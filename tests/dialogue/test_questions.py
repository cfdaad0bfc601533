"""Questions outside of any form: answered at once, or taken down for somebody who knows; and small talk."""

import pytest

from tests.support.stories import Said, Story, check

ENQUIRY = {"kind": "inquiry"}
STORIES = [
    Story("office hours", "你们几点上班", tickets=0, answered=True, says=("\\d点|点半|\\d:\\d\\d",)),
    Story("the fee of a visit", "师傅上门要收上门费吗", tickets=0, answered=True, says=("保修期内.*不收费",)),
    Story("how long a repair takes", "修一次一般要几天", tickets=0, answered=True, says=("当场|日期",)),
    Story("an invoice for a repair", "维修费能开发票吗", tickets=0, answered=True, says=("发票",)),
    Story(
        "what to have at hand",
        "保修的话我要准备什么材料",
        tickets=0,
        answered=True,
        says=("发票|保修卡",),
    ),
    Story(
        "one question after the other",
        "师傅多久能上门",
        tickets=0,
        answered=True,
        then=(
            Said("那半夜能报修吗", told=("全天|随时",), files=0),
            Said("谢谢", files=0),
        ),
    ),
    Story(
        "an answer, then the complaint",
        "保修期从哪天开始算",
        tickets=1,
        answered=True,
        bare=True,
        then=(
            Said(
                "我家微波炉不加热了，去年五月在京东买的，要维修，我姓王，电话{phone}", goes_on=True, files=1
            ),
        ),
        ticket={"details.product": "微波炉", "demand": "repair"},
    ),
    Story(
        "what nobody here knows goes to a person",
        "你们公司明年打算在海外建几个工厂",
        answers={"which_kind": "咨询问题"},
        ticket=ENQUIRY | {"details.topic": "consultation"},
        asks=("phone",),
        not_asked=("product", "demand", "customer_name"),
        says=("没有把握|同事",),
    ),
    Story("a greeting", "你好", tickets=0, answered=True, says=("您好",)),
    Story(
        "praise is no complaint",
        "你们昨天来的师傅特别好，又快又干净",
        tickets=0,
        answered=True,
        never_says=("抱歉", "道歉"),
    ),
    Story(
        "something else altogether", "今天天气怎么样", tickets=0, answered=True, never_says=("系统这会儿",)
    ),
    Story("a good-bye", "再见", tickets=0, answered=True, says=("再见",)),
    # warranty
    Story(
        "a warranty, product and date told",
        "我前年八月买的热水器还在保修期内吗",
        tickets=0,
        answered=True,
        says=("保修",),
        never_says=("系统这会儿", "登记一下"),
    ),
    Story(
        "a warranty, what is missing is asked",
        "帮我查一下保修",
        tickets=0,
        answers={"product": "洗衣机", "purchase_date": "今年三月一号"},
        asks=("product", "purchase_date"),
        not_asked=("phone", "customer_name", "demand"),
        says=("保修到|保修期",),
    ),
    Story(
        "a warranty surely over",
        "2015年买的空调还保修吗",
        tickets=0,
        answered=True,
        says=("已经过了|过了保修|收费",),
    ),
    Story(
        "a warranty surely running",
        "我家冰箱是今年十月一号买的，坏了免费修吗",
        tickets=0,
        answered=True,
        says=("还在保修期内|不收费|免费",),
    ),
    Story(
        "only the year is known, so nothing is promised",
        "去年买的微波炉过保了吗",
        tickets=0,
        answered=True,
        never_says=("已经过了，",),
    ),
    Story(
        "the warranty, then a repair",
        "今年三月买的洗碗机保修到什么时候",
        answered=True,
        bare=True,
        then=(Said("那我报修，底下渗水", untold=("哪一样产品|哪款产品", "什么时候买")),),
        tickets=0,
    ),
    Story(
        "a person is to answer about the warranty",
        "我买的那个东西到底保不保修，我也说不清是啥，转人工",
        ticket=ENQUIRY,
        asks=("phone",),
        not_asked=("product",),
    ),
    Story(
        "a question with a fault in it is answered, or taken down with its words",
        "热水器洗到一半就变凉是怎么回事，在保修期能免费修吗",
        tickets=0,
        answered=True,
        never_says=("系统这会儿",),
    ),
    Story(
        "parts of an old model",
        "十年前的老油烟机还能配到滤网吗",
        tickets=0,
        answered=True,
        says=("配件|型号|登记|哪一个",),
    ),
]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_story(playing, story: Story):
    check(story, playing[story.name].result())
