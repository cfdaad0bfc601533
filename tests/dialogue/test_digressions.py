"""In the middle of something: questions are answered, a second matter waits, and the form goes on."""

import pytest

from tests.dialogue.moments import within
from tests.support.stories import Said, Story, check

PRODUCT = {"kind": "quality_complaint"}
STORIES = [
    Story(
        "how long the warranty is",
        "微波炉不加热了",
        instead={"demand": ("对了，你们家电一般保修多久？",)},
        ticket=PRODUCT | {"demand": "repair"},
        says=("保修期?到|一年",),
        never_says=("不敢随便答",),
    ),
    Story(
        "whether a visit costs anything",
        "洗碗机底下渗水",
        instead={"phone": ("师傅上门要收上门费吗？",)},
        ticket=PRODUCT,
        says=("收费",),
        never_says=("不敢随便答",),
    ),
    Story(
        "office hours",
        "电视没有声音，画面倒是正常",
        instead={"customer_name": ("你们几点下班？",)},
        ticket=PRODUCT | {"contact.name": within("王")},
        never_says=("不敢随便答",),
    ),
    Story(
        "how long a repair takes is no part of the complaint",
        "油烟机按键全都没反应",
        instead={"phone": ("修一次一般要几天？",)},
        ticket=PRODUCT | {"description": "油烟机按键全都没反应"},
    ),
    Story(
        "a question that nobody can answer goes along",
        "冰箱冷藏室结冰",
        instead={"demand": ("你们老板是哪里人？",)},
        ticket=PRODUCT | {"demand": "repair"},
        once=("customer_name",),
    ),
    Story(
        "a question in the summary",
        "豆浆机一直报警，豆子也打不碎",
        instead={"confirmation": ("提交以后多久有人联系我？",)},
        ticket=PRODUCT,
    ),
    Story(
        "a greeting in the middle",
        "净水器的水有股怪味道",
        instead={"customer_name": ("你好，在吗",)},
        ticket=PRODUCT | {"contact.name": within("王")},
    ),
    Story(
        "thanks in the middle",
        "电饭煲煮饭夹生，下面糊上面生",
        instead={"phone": ("谢谢你啊",)},
        ticket=PRODUCT,
    ),
    Story(
        "what was that again",
        "吸尘器充不进电了",
        instead={"demand": ("你说什么？再说一遍",)},
        ticket=PRODUCT | {"demand": "repair"},
    ),
    Story(
        "more of the story in place of an answer",
        "空调室内机滴水",
        instead={"demand": ("地板都泡得鼓起来了，上个月才铺的新地板",)},
        verbatim=("地板都泡得鼓起来了，上个月才铺的新地板",),
        ticket=PRODUCT | {"details.product": "空调", "demand": "repair"},
    ),
    Story(
        "a second complaint in the middle is a second ticket",
        "我买的热水器打不着火",
        instead={"demand": ("另外我还要投诉你们客服，打电话过去她骂我是乡下人",)},
        ticket=PRODUCT | {"details.product": "热水器"},
        second={"kind": "service_complaint", "contact.phone": "{phone}"},
        tickets=2,
        verbatim=("另外我还要投诉你们客服，打电话过去她骂我是乡下人",),
    ),
    Story(
        "another product in the middle",
        "洗衣机不排水，水全积在桶里",
        instead={"customer_name": ("还有一件事，家里的微波炉转盘也不转了",)},
        ticket=PRODUCT | {"details.product": "洗衣机"},
        second={"details.product": "微波炉", "contact.phone": "{phone}"},
        tickets=2,
    ),
    Story(
        "a suggestion on the way",
        "加湿器用了一个月就不出雾了",
        instead={"phone": ("顺便提个建议，你们的说明书字太小了，印大一点吧",)},
        ticket=PRODUCT | {"details.product": "加湿器"},
        second={"kind": "suggestion"},
        tickets=2,
    ),
    Story(
        "a second matter after filing needs no phone again",
        "燃气灶的旋钮松了，拧不紧",
        then=(Said("还有，你们上次来装灶的师傅态度特别差，一边装一边骂", goes_on=True, files=2),),
        ticket=PRODUCT,
        second={"kind": "service_complaint", "contact.phone": "{phone}"},
        tickets=2,
        once=("phone",),
    ),
    Story(
        "the apology comes once",
        "扫地机器人轮子不转了，买了才两个月",
        instead={"demand": ("真倒霉，花了三千多",)},
        ticket=PRODUCT,
        never_says=("实在对不起[\\s\\S]*实在对不起", "向您道歉[\\s\\S]*向您道歉"),
    ),
]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_story(playing, story: Story):
    check(story, playing[story.name].result())
