import pytest

from bot.nlu.signals import detect


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("热水器冒烟了", "smoke"),
        ("插座闻到一股烧焦味", "smoke"),
        ("充电器起火了", "fire"),
        ("插头烧糊了", "fire"),
        ("一摸外壳就麻手", "electric"),
        ("洗澡的时候漏电", "electric"),
        ("灶台漏气，有煤气味", "gas"),
        ("充电宝爆炸了", "explosion"),
        ("电池鼓包了", "explosion"),
        ("孩子的手被烫伤了", "injury"),
        ("把手划破流血了", "injury"),
        ("熱水器漏電", "electric"),
        ("一氧化碳报警器响了一宿", "gas"),
        ("上礼拜冒过一次烟", "smoke"),
        ("夹掉我一块指甲盖", "injury"),
        ("沙发烧了", "fire"),
    ],
)
def test_hazards(text, kind):
    signals = detect(text)
    assert signals.hazard
    assert signals.hazard_kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "气炸了",
        "消息太多手机炸了",
        "这款手机卖得火爆",
        "爆款热水器",
        "卡到爆炸",
        "热水器有漏电保护吗",
        "会不会漏电啊",
        "用了一年没漏电",
        "炸鸡不好吃",
        "快递爆仓了",
        "我火大了",
        "打不着火",
        "伤心",
        "轮胎漏气",
        "昨天打过电话",
        "空气炸锅坏了",
        "孩子发烧了",
        "一氧化碳探测器装高处还是低处",
        "新闻说南方一个商场失火",
        "等得我都要冒烟了",
        "信用卡刷爆了",
        "火花塞积碳",
        "",
    ],
)
def test_figures_of_speech_and_questions_are_no_hazard(text):
    assert not detect(text).hazard


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("热水器漏水了", 0),
        ("有点失望", 1),
        ("垃圾", 1),
        ("垃圾客服，骗人", 2),
        ("你他妈的骗子", 3),
        ("麻烦您帮我查一下", 0),
        ("不会失望", 0),
    ],
)
def test_anger(text, level):
    assert detect(text).anger == level


@pytest.mark.parametrize("text", ["我要打12315", "找媒体曝光你们", "法院见，我要起诉", "我去找律师"])
def test_threats(text):
    assert detect(text).threat


def test_vulnerable_people_count_when_they_are_in_need():
    assert detect("家里有婴儿没热水").vulnerable
    assert detect("孕妇在家暖气不热").vulnerable
    assert not detect("奶奶用这个收音机挺开心").vulnerable


@pytest.mark.parametrize(
    "text", ["第三次了", "修了两次还是漏", "又坏了", "打了十几个电话没人管", "上次修完又漏水"]
)
def test_repeated(text):
    assert detect(text).repeated


@pytest.mark.parametrize(
    "text", ["转人工", "我要找你们经理", "有没有真人", "有没有人工坐席", "不想跟机器人说"]
)
def test_wish_for_a_person(text):
    assert detect(text).wants_human


@pytest.mark.parametrize("text", ["人工费太贵了", "热水器坏了", "人工智能"])
def test_no_wish_for_a_person(text):
    assert not detect(text).wants_human


def test_as_dict_has_the_agreed_keys():
    assert list(detect("你好").as_dict()) == [
        "hazard",
        "hazard_kind",
        "anger",
        "threat",
        "vulnerable",
        "repeated",
        "wants_human",
    ]


@pytest.mark.parametrize("text", ["我的电话13812345678", "订单号2612315001", "尾号是51105", "一共花了3150块"])
def test_digits_inside_a_longer_number_are_no_threat(text):
    assert not detect(text).threat


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("梯子滑了，我摔断了胳膊", "injury"),
        ("面膜敷完整张脸肿得厉害", "injury"),
        ("全家吃完上吐下泻", "injury"),
        ("玻璃门自己炸了", "explosion"),
        ("插头都烧化了", "fire"),
        ("开水浇我腿上", "injury"),
        ("插排打火花", "electric"),
    ],
)
def test_more_hazards(text, kind):
    assert detect(text).hazard_kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "没有煤气泄漏",
        "听说别家的充电宝会自燃",
        "音响低音炸裂",
        "漆面有划伤",
        "锅烧糊了怎么洗",
        "买热水器，服务恶心死我了",
    ],
)
def test_denied_heard_of_or_said_otherwise(text):
    assert not detect(text).hazard


@pytest.mark.parametrize(
    "text",
    [
        "相机曝光补偿调不了",
        "我是律师",
        "12315是什么电话",
        "法院旁边那家店",
        "烟雾报警器没电了",
        "不想闹到消协去",
    ],
)
def test_words_of_a_threat_in_another_sense(text):
    assert not detect(text).threat


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("如果协商不成，我会通过法律途径解决", 0),
        ("再不给我答复，我就打12315", 1),
        ("太过分了", 2),
        ("骗子，一帮奸商", 3),
    ],
)
def test_grades_of_anger(text, level):
    assert detect(text).anger == level


@pytest.mark.parametrize(
    "text", ["叫个人跟我说话", "换人来", "让你们同事来吧", "有活的客服吗", "来个人跟我讲"]
)
def test_more_ways_to_wish_for_a_person(text):
    assert detect(text).wants_human


@pytest.mark.parametrize("text", ["派个人上门看看", "找个师傅来修", "扫地机器人不回充", "客服昨天说会回电话"])
def test_people_and_machines_that_are_no_wish_for_a_person(text):
    assert not detect(text).wants_human


@pytest.mark.parametrize(
    "text", ["又大又重", "买过三台空调了", "说明书看了两遍", "第一次用就开不了机", "我又不懂技术"]
)
def test_what_is_not_repeated(text):
    assert not detect(text).repeated


@pytest.mark.parametrize("text", ["老人机的铃声怎么调", "孕妇装买大了", "婴儿车颜色发错了"])
def test_people_named_with_the_goods_are_not_vulnerable(text):
    assert not detect(text).vulnerable


@pytest.mark.parametrize(
    "text",
    [
        "第几次了！我要人！",
        "让会说话的人来",
        "闭嘴，喊人",
        "叫个客服打给我行吗",
        "给我接人",
        "能不能直接给我客服",
        "叫你们老大来",
        "按哪个键找人工",
        "可否安排专员与我联系",
    ],
)
def test_the_wish_for_a_person_in_roundabout_words(text):
    assert detect(text).wants_human


@pytest.mark.parametrize(
    "text",
    [
        "人工费多少",
        "你们真人脾气真差",
        "刚才那个人工态度差",
        "这床是人工缝制的吗",
        "前面接电话的真人小姑娘说得很清楚",
        "还是人吗，这样对老人",
        "转接头接触不良",
        "有人在我订单里乱评论",
        "喊人来装一下灯",
        "我就是管事的",
        "真人发丝的假发打结",
    ],
)
def test_what_only_names_people_is_no_wish_for_one(text):
    assert not detect(text).wants_human


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("热水袋把我老婆烫成重伤", "injury"),
        ("饮料里有玻璃，喉咙里卡了玻璃碴", "injury"),
        ("家里燃气浓度超标", "gas"),
        ("屋里煤气都呛人了", "gas"),
        ("被门夹得手指都青了", "injury"),
        ("烧出来的水有水垢", None),
        ("网上传这款会爆炸，我用着正常", None),
        ("火灾报警器装哪里合适", None),
        ("第一眼就被电到了", None),
        ("换个屏要烧掉我半个月工资", None),
        ("手套防割伤吗", None),
    ],
)
def test_dangers_and_figures_of_speech_in_further_words(text, kind):
    assert detect(text).hazard_kind == kind


@pytest.mark.parametrize(
    ("text", "repeated"),
    [
        ("一个毛病修了半年", True),
        ("年年修年年坏", True),
        ("再来登记一次", True),
        ("我又没打开过，怎么会有划痕", False),
    ],
)
def test_trouble_that_comes_back_in_further_words(text, repeated):
    assert detect(text).repeated is repeated
