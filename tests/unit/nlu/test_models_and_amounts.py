import pytest

from bot.nlu.entities.amounts import find_quantities
from bot.nlu.entities.extract import extract
from bot.nlu.entities.model_name import find_models
from bot.nlu.entities.money import find_money
from bot.nlu.entities.spans import resolve


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("型号JSQ30-16E", "JSQ30-16E"),
        ("是JSQ30-16E的", "JSQ30-16E"),
        ("KFR-35GW/BP3空调", "KFR-35GW/BP3"),
        ("P40 Pro屏幕碎了", "P40 Pro"),
        ("我的iPhone 15 Pro Max", "iPhone 15 Pro Max"),
        ("领克T90异响", "T90"),
        ("mate60坏了", "mate60"),
    ],
)
def test_models(text, value):
    assert [found.value for found in resolve(find_models(text))] == [value]


@pytest.mark.parametrize(
    "text", ["50L的", "5G信号", "12315", "4S店", "220V", "16GB内存", "报E5", "USB3", "256g", "hello"]
)
def test_what_is_no_model(text):
    assert find_models(text) == []


def test_digits_after_a_brand_are_a_model():
    assert [found.value for found in find_models("小米14发烫", brand_ends=(2,))] == ["14"]
    assert find_models("小米3个", brand_ends=(2,)) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("花了3500元", "3500"),
        ("三千五百块", "3500"),
        ("￥29.9", "29.9"),
        ("收了我一百二的安装费", "120"),
        ("29块9", "29.9"),
        ("1.5万元", "15000"),
        ("两千多块", "2000"),
        ("退我300", "300"),
        ("1万2", "12000"),
        ("花了九千八", "9800"),
        ("两千三买的", "2300"),
        ("损失四千多", "4000"),
        ("二十九块九", "29.9"),
        ("388一袋呢", "388"),
        ("雅迪电动车，3299，骑了一个月", "3299"),
    ],
)
def test_money(text, value):
    assert value in {found.value for found in find_money(text)}


@pytest.mark.parametrize(
    "text", ["3天", "一块屏幕", "等了两个月", "收到3个", "十块玻璃", "说了八百遍", "报警代码2041", "1499"]
)
def test_what_is_no_money(text):
    assert find_money(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("买了十台空调，有三台不制冷", [("quantity", "10"), ("defective_quantity", "3")]),
        ("一共订了20箱，坏了两箱", [("quantity", "20"), ("defective_quantity", "2")]),
        ("收到五个，其中两个是坏的", [("quantity", "5"), ("defective_quantity", "2")]),
        ("打了三个电话", []),
        ("坏了俩", [("defective_quantity", "2")]),
        ("一箱十二瓶里破了俩", [("quantity", "12"), ("defective_quantity", "2")]),
        ("五百片里十一片脱落", [("quantity", "500"), ("defective_quantity", "11")]),
        ("大概十来个吧", [("quantity", "10")]),
        ("两个安装工在抽烟", []),
        ("换一台新的", []),
        ("等了两个月", []),
    ],
)
def test_quantities(text, expected):
    assert [(found.entity, found.value) for found in find_quantities(text)] == expected


@pytest.mark.parametrize(
    ("text", "brand", "model"),
    [
        ("vivoX100 Pro拍照糊", "vivo", "X100 Pro"),
        ("oppofindx6后盖开胶了", "OPPO", "findx6"),
        ("惠普LaserJet M126a卡纸", "惠普", "LaserJet M126a"),
        ("佳能EOS R6 Mark II对焦不准", "佳能", "EOS R6 Mark II"),
        ("联想ThinkPad X1 Carbon进水", "联想", "ThinkPad X1 Carbon"),
        ("戴尔G15 5530蓝屏", "戴尔", "G15 5530"),
    ],
)
def test_models_glued_to_brands_and_in_several_words(text, brand, model, now):
    found = [(one.entity, one.value) for one in extract(text, now) if one.entity in {"brand", "model"}]
    assert found == [("brand", brand), ("model", model)]


@pytest.mark.parametrize("text", ["vivo手机", "oppo售后在哪", "我vivoshop买的"])
def test_a_brand_in_latin_letters_alone_is_no_model(text, now):
    assert "model" not in {one.entity for one in extract(text, now)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一共订了三打毛巾", [("quantity", "36")]),
        ("三条毛巾，两条掉毛", [("quantity", "3"), ("defective_quantity", "2")]),
        ("六个灯管，一个两头发黑", [("quantity", "6"), ("defective_quantity", "1")]),
        ("坏的就俩", [("defective_quantity", "2")]),
        ("有七八个是裂的", [("defective_quantity", "7")]),
        ("就一个是好的，另外三个全坏", [("defective_quantity", "3")]),
    ],
)
def test_counts_of_packs_and_about_so_many(text, expected, now):
    kinds = {"quantity", "defective_quantity"}
    assert [(one.entity, one.value) for one in extract(text, now) if one.entity in kinds] == expected


@pytest.mark.parametrize(
    "text",
    [
        "两个搬运工把门框撞了",
        "门框磕掉一块漆",
        "屏幕上一条一条的波纹",
        "一打开就漏水",
        "一打游戏就卡",
    ],
)
def test_what_is_no_count_of_goods(text, now):
    assert not {one.entity for one in extract(text, now)} & {"quantity", "defective_quantity"}
