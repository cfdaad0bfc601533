import pytest

from bot.nlu.entities.amounts import find_quantities
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
