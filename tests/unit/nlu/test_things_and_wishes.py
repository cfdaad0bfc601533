import pytest

from bot.nlu.entities.demand import find_demands
from bot.nlu.entities.extract import extract
from bot.nlu.entities.fault import find_faults
from bot.nlu.entities.lexical import find_words
from bot.nlu.entities.spans import RANKS, Found, resolve


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("燃气热水器坏了", [("product", "热水器")]),
        ("海尔冰箱", [("brand", "海尔"), ("product", "冰箱")]),
        ("在京东买的", [("shop", "京东")]),
        ("IPHONE的apple", []),
        ("长城宽带", []),
        ("苹果手机", [("brand", "苹果"), ("product", "手机")]),
        ("苹果很甜", []),
        ("这个包坏了", [("product", "包")]),
        ("包装破了", []),
    ],
)
def test_lexicon_words(text, expected):
    assert [(found.entity, found.value) for found in resolve(find_words(text))] == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("打不着火", "打不着火"),
        ("指示灯一跳一跳的", "指示灯一跳一跳"),
        ("遥控器总是没反应", "遥控器总是没反应"),
        ("显示E5", "显示E5"),
        ("外壳碎了", "外壳碎"),
        ("有一股焦味", "有一股焦味"),
        ("拉链拉不上", "拉链拉不上"),
        ("洗一次就缩水", "洗一次就缩水"),
        ("只有声音没有图像", "只有声音没有图像"),
        ("一边热一边不热", "一边热一边不热"),
        ("外机抖得厉害", "外机抖得厉害"),
        ("螺纹烂牙", "螺纹烂牙"),
        ("碎了", "碎了"),
    ],
)
def test_faults(text, value):
    assert value in {found.value for found in resolve(find_faults(text))}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("我要退货", ["return"]),
        ("给我换一台新的", ["exchange"]),
        ("必须道歉赔偿", ["apology", "compensation"]),
        ("希望尽快上门维修", ["visit"]),
        ("退款", ["refund"]),
        ("给个说法", ["handle"]),
        ("他们不给退款", []),
        ("不想退货", []),
        ("维修点在哪里", []),
        ("上次维修过", []),
    ],
)
def test_demands(text, values):
    assert [found.value for found in resolve(find_demands(text))] == values


def test_the_stronger_find_keeps_the_characters():
    weak, strong = Found("brand", 0, 4, "b"), Found("shop", 2, 6, "s")
    assert resolve([weak, strong]) == [strong]
    assert resolve([weak, Found("shop", 4, 6, "s")]) == [weak, Found("shop", 4, 6, "s")]


def test_every_entity_of_the_contract_has_a_rank():
    assert len(RANKS) == 19


def test_places_refer_to_the_text_as_written(now):
    text = "熱水器漏\u200b水，電話１３８１２３４５６７８"
    for entity in extract(text, now):
        assert text[entity.start : entity.end] == entity.text
    assert {(e.entity, e.value) for e in extract(text, now)} == {
        ("product", "热水器"),
        ("fault", "漏水"),
        ("phone", "13812345678"),
    }


def test_a_whole_complaint(now):
    text = "我叫李明，去年三月在京东买的海尔热水器JSQ30-16E，花了两千块，昨天开始漏水，要求换货"
    found = {(e.entity, e.value) for e in extract(text, now)}
    assert found == {
        ("person_name", "李明"),
        ("purchase_date", "2025-03"),
        ("shop", "京东"),
        ("brand", "海尔"),
        ("product", "热水器"),
        ("model", "JSQ30-16E"),
        ("money", "2000"),
        ("incident_time", "2026-11-22"),
        ("fault", "漏水"),
        ("demand", "exchange"),
    }


@pytest.mark.parametrize(
    "text", ["客服不接电话", "受不了", "找不到入口", "我不想退", "服务态度太差", "电话打不通"]
)
def test_what_is_no_fault(text):
    assert find_faults(text) == []


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("冰箱漏水，地板都泡了", ["冰箱"]),
        ("在手机上下的单，买了电饭锅", ["电饭煲"]),
        ("冰箱和洗衣机都坏了", ["冰箱", "洗衣机"]),
        ("净水器滤芯漏水", ["净水器"]),
        ("这批轴承有锈", ["轴承"]),
        ("布艺沙发塌了", ["沙发"]),
        ("洗衣机响得跟拖拉机一样", ["洗衣机"]),
    ],
)
def test_the_product_is_what_the_matter_is_about(text, products, now):
    assert [one.value for one in extract(text, now) if one.entity == "product"] == products


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("给我道个歉", ["apology"]),
        ("把钱退给我", ["refund"]),
        ("退了吧", ["return"]),
        ("换台新的", ["exchange"]),
        ("派个人过来看看", ["visit"]),
        ("退一赔三", ["compensation"]),
        ("他们说可以维修", []),
        ("换个号码", []),
        ("退一步讲", []),
        ("已经修好了", []),
    ],
)
def test_ways_to_say_what_is_wanted(text, values):
    assert [found.value for found in resolve(find_demands(text))] == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("饮水机底下一滩水", "底下一滩水"),
        ("复印出来一片灰", "复印出来一片灰"),
        ("烘干机烘不干", "烘不干"),
        ("刹车刹不住", "刹不住"),
        ("奶粉一坨一坨的", "一坨一坨"),
        ("按下去半天才反应", "半天才反应"),
        ("手柄总是回连失败", "总是回连失败"),
        ("接口开了", "接口开"),
        ("锁模压力上不去", "锁模压力上不去"),
        ("咖啡机不出咖啡", "不出咖啡"),
        ("蓄电池亏电", "亏电"),
        ("充一晚上才百分之三十", "充一晚上才百分之三十"),
    ],
)
def test_faults_in_further_words(text, value):
    assert any(found.value.endswith(value) for found in resolve(find_faults(text)))


@pytest.mark.parametrize(
    "text",
    [
        "嘴里不干不净",
        "想不起来了",
        "来一趟啥也没干",
        "我堵在路上呢",
        "积分兑换不了",
        "电话一直打不通",
        "新锅怎么开锅",
        "价钱不出意外会降",
        "没时间等",
    ],
)
def test_talk_and_ignorance_are_no_fault(text):
    assert find_faults(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("把我的钱打回来", ["refund"]),
        ("货款还给我", ["refund"]),
        ("多扣了五十八块，请退回", ["refund"]),
        ("能不能寄个新的过来", ["exchange"]),
        ("让那个女的当面跟我认错", ["apology"]),
        ("大中同意修，我要退货", ["return"]),
        ("他们最多给我修，我只要退款", ["refund"]),
        ("换件一千五，抢钱啊", []),
        ("报修编号26030200068", []),
        ("上门那个师傅没带工具", []),
        ("他们主动提的换新，我不稀罕", []),
        ("我再做一个给你看", []),
    ],
)
def test_demands_in_roundabout_words_and_offers_of_others(text, values):
    assert [found.value for found in resolve(find_demands(text))] == values


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("闹钟今天没响", "闹钟"),
        ("保鲜膜扯不断", "保鲜膜"),
        ("锅一热就粘", "锅"),
        ("米粉封口破了", "米粉"),
        ("四个开关，NEW7-101，都按下去弹不起来", "开关"),
        ("鞋能修一下吗", "鞋"),
    ],
)
def test_products_of_more_trades(text, product, now):
    assert [one.value for one in extract(text, now) if one.entity == "product"] == [product]


@pytest.mark.parametrize(
    "text", ["销售拍桌子骂人", "机器不开机", "等得有点心急", "固定电话025-58801274", "那个戴眼镜的店员骂我"]
)
def test_words_that_only_contain_a_product(text, now):
    assert "product" not in {one.entity for one in extract(text, now)}
