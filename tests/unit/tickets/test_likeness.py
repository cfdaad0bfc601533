"""Whether two customers' words describe the same fault, and whose phone number it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.tickets.likeness import likeness
from backend.tickets.lookup import ends_with, same_phone


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("漏水", "一直漏水", True),
        ("漏水了", "热水器 漏水 打了三次电话", True),
        ("E1 报警", "e1报警", True),
        ("不制冷", "完全不制冷", True),
        ("漏水", "打不着火", False),
        ("", "漏水", False),
        ("！！", "漏水", False),
    ],
)
def test_alike_is_what_shares_half_of_the_shorter(one: str, other: str, alike: bool):
    assert (likeness(one, other) >= 0.5) is alike


@given(st.text(), st.text())
def test_likeness_is_a_share_and_the_same_from_both_sides(one: str, other: str):
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == likeness(other, one)
    assert likeness(one, one) == float(any(map(str.isalnum, one)))


@pytest.mark.parametrize(
    ("phone", "digits", "fits"),
    [
        ("13812345678", "5678", True),
        ("0512-6543210", "3210", True),
        ("0512-65 43-2 10", "3210", True),
        ("13812345678", "1234", False),
        ("13812345678", "", False),
        ("13812345678", "12345678", False),
        ("5678", "5678", False),
        (None, "5678", False),
    ],
)
def test_the_last_four_digits(phone: str | None, digits: str, fits: bool):
    assert ends_with(phone, digits) is fits


def test_a_number_is_the_same_however_it_is_written():
    assert same_phone("0512-6543210", "05126543210")
    assert not same_phone("13812345678", "13812345679")
    assert not same_phone(None, None)
    assert not same_phone("", "")
