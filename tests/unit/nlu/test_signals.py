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
