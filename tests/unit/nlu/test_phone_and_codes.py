import pytest

from bot.nlu.entities.codes import find_orders, find_serials, find_tickets
from bot.nlu.entities.phone import find_phones


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("我电话13812345678", "13812345678"),
        ("138 1234 5678", "13812345678"),
        ("138-1234-5678", "13812345678"),
        ("+86 13812345678", "13812345678"),
        ("幺三八幺二三四五六七八", "13812345678"),
        ("打0512-65432100找我", "0512-65432100"),
        ("010 62345678", "010-62345678"),
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
        ("订单编号 2503-0412-3456", "250304123456"),
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
