import pytest

from bot.nlu.entities.codes import find_materials, find_orders, find_serials, find_tickets
from bot.nlu.entities.extract import extract
from bot.nlu.entities.phone import find_phones


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("我电话13812345678", "13812345678"),
        ("138 1234 5678", "13812345678"),
        ("138-1234-5678", "13812345678"),
        ("+86 13812345678", "13812345678"),
        ("幺三八幺二三四五六七八", "13812345678"),
        ("打0512-65432100找我", "051265432100"),
        ("010 62345678", "01062345678"),
        ("座机65432100", "65432100"),
    ],
)
def test_phones(text, value):
    assert [found.value for found in find_phones(text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "12315",
        "400-820-8820",
        "订单号13812345678",
        "65432100",
        "2026年11月23日",
        "快递单号13812345678",
        "热水器",
    ],
)
def test_what_is_no_phone(text):
    assert find_phones(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("订单号是JD202503041234567", "JD202503041234567"),
        ("订单号：1234 5678 9012", "123456789012"),
        ("订单编号 2503-0412-3456", "2503-0412-3456"),
        ("单号幺二三四五六七八", "12345678"),
        ("123456789012345678", "123456789012345678"),
    ],
)
def test_orders(text, value):
    assert [found.value for found in find_orders(text)][:1] == [value]


@pytest.mark.parametrize(
    "text", ["快递单号SF1234567890", "身份证号320501199001011234", "订单还没到", "订单2个"]
)
def test_what_is_no_order(text):
    assert find_orders(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("我的工单26112300015", "26112300015"),
        ("工单号261 1230 0015", "26112300015"),
        ("26112300015", "26112300015"),
    ],
)
def test_tickets(text, value):
    assert {found.value for found in find_tickets(text)} == {value}


def test_a_mobile_number_is_no_ticket():
    assert find_tickets("13812345678") == []
    assert find_tickets("26992300015") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("序列号是ab12cd34ef56", "AB12CD34EF56"),
        ("SN: 8861234567", "8861234567"),
        ("机身条码 6901234567890", "6901234567890"),
        ("AB12CD34EF5678", "AB12CD34EF5678"),
    ],
)
def test_serials(text, value):
    assert value in {found.value for found in find_serials(text)}


def test_words_after_serial_number_are_no_serial_number():
    assert find_serials("序列号在哪里看") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("物料号A0301-2245", "A0301-2245"),
        ("料号是 5203-00178", "5203-00178"),
        ("物料编码：10024587", "10024587"),
        ("货号88-1203的瓷砖", "88-1203"),
        ("零件号 301.44.902", "301.44.902"),
        ("HX9023这个货号", "HX9023"),
    ],
)
def test_material_numbers(text, value):
    assert [found.value for found in find_materials(text)] == [value]


@pytest.mark.parametrize("text", ["货号在哪里看", "料号忘了", "货号12", "物流单号SF1399027746521"])
def test_what_is_no_material_number(text):
    assert find_materials(text) == []


@pytest.mark.parametrize(
    ("text", "value"), [("203AB66190是它的序列号", "203AB66190"), ("编号AX26C550913", "AX26C550913")]
)
def test_serials_before_or_without_their_word(text, value):
    assert [found.value for found in find_serials(text)][:1] == [value]


def test_the_number_of_the_own_office_is_a_phone():
    assert [found.value for found in find_phones("我公司前台电话400-820-1199")] == ["4008201199"]


@pytest.mark.parametrize(
    ("text", "entity", "value"),
    [
        ("PO2026-11-0093是采购单号", "order_number", "PO2026-11-0093"),
        ("A88213-XK7，订单号就是这个", "order_number", "A88213-XK7"),
        ("序列号在底下，LT 8840 26 173", "serial_number", "LT884026173"),
        ("铭牌写的EC6002-2210-77315", "serial_number", "EC6002-2210-77315"),
        ("主板序号N7AC10Q55", "serial_number", "N7AC10Q55"),
    ],
)
def test_codes_named_before_behind_and_where_they_stand(text, entity, value, now):
    found = [(one.entity, one.value) for one in extract(text, now) if one.entity.endswith("number")]
    assert found == [(entity, value)]
