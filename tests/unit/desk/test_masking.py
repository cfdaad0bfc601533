"""Phone numbers and addresses as onlookers see them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.masking import is_masked, mask_address, mask_phone, mask_phones_in, masked_facts


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("打13812345678找我", "打138****5678找我"),
        ("138 1234 5678", "138 **** 5678"),
        ("+86 13812345678。", "+86 138****5678。"),
        ("008613812345678", "0086138****5678"),
        ("０５１２-6543210", "０５１*-***3210"),
        ("0512-65432109 或 13900010001", "051*-****2109 或 139****0001"),
        ("１３８１２３４５６７８", "１３８****５６７８"),
        ("电话是一三八一二三四五六七八", "电话是一三八****五六七八"),
        ("幺三九 零零零零 九九九九", "幺三九 **** 九九九九"),
        ("138，1234，5678", "138，****，5678"),
        ("零五一二 六五四三二一〇九", "零五一* ****二一〇九"),
        ("一三得三，三五一十五", "一三得三，三五一十五"),
        ("工单26112300016，序列号YSK260500001", "工单26112300016，序列号YSK260500001"),
        ("4008001234", "4008001234"),
        ("付了13812345678901元", "付了13812345678901元"),
    ],
)
def test_numbers_in_a_text(text: str, shown: str):
    assert mask_phones_in(text) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (None, None),
        ("", ""),
        ("苏州市姑苏区临顿路1号3幢502", "苏州市姑苏区****"),
        ("临顿路1号", "临顿****"),
    ],
)
def test_addresses(address: str | None, shown: str | None):
    assert mask_address(address) == shown


MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
WORDS = st.text(st.characters(exclude_categories=("Nd", "Cs"), exclude_characters="*"), max_size=20)


@given(WORDS, MOBILES, WORDS)
def test_no_mobile_number_survives_in_a_text(before: str, phone: str, after: str):
    text = f"{before}，{phone}，{after}"
    shown = mask_phones_in(text)
    assert phone not in shown
    assert len(shown) == len(text)
    assert shown.replace(mask_phone(phone) or "", phone) == text
    assert mask_phones_in(shown) == shown
    assert is_masked(shown)


@given(st.text(min_size=1, max_size=60))
def test_an_address_shows_no_more_than_its_beginning(address: str):
    shown = mask_address(address)
    assert shown is not None
    visible = shown.removesuffix("****")
    assert address.startswith(visible)
    assert len(visible) <= min(6, len(address) // 2)


def test_facts_are_hidden_by_their_name_and_their_content():
    facts = {
        "phone": "051265550199",
        "contact_phone": None,
        "address": "苏州市姑苏区临顿路1号",
        "details": {"where": "家里，打13812345678", "quantity": 3},
        "all": ["13812345678"],
    }
    assert masked_facts(facts) == {
        "phone": "051*****0199",
        "contact_phone": None,
        "address": "苏州市姑苏****",
        "details": {"where": "家里，打138****5678", "quantity": 3},
        "all": ["138****5678"],
    }
