"""Codes, names and numbers are compared as people write and say them."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.warranty.keys import code, initials, look_key, name_sound, phone_digits, sound_key
from backend.warranty.products import ranked

CATALOGUE = [
    SimpleNamespace(model=model, look_key=look_key(model), name=name, synonyms=synonyms)
    for model, name, synonyms in [
        ("KFR-26GW/A1", "清岚变频空调", ["清岚"]),
        ("KFR-35GW/A1", "清岚变频空调一匹半", []),
        ("KFR-35GW/B3", "清岚新风空调", []),
        ("JSQ30-W16", "暖汐燃气热水器", ["暖汐"]),
        ("XQG100-H8", "净澜滚筒洗衣机", []),
        ("XQB90-B6", "净澜波轮洗衣机", []),
    ]
]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kfr-35gw/a1", "KFR35GWA1"),
        ("ＫＦＲ－３５ＧＷ／Ａ１", "KFR 35 GW A1"),
        ("KFR-35GW/AI", "KFR-35GW/A1"),
        ("XQG1OO", "xqg100"),
    ],
)
def test_what_looks_alike_has_one_key(one: str, other: str):
    assert look_key(one) == look_key(other)


def test_a_serial_keeps_o_and_zero_apart_where_it_is_stored():
    assert code("ab-O0") == "ABO0"
    assert look_key("ab-O0") == "AB00"


@pytest.mark.parametrize(
    ("said", "meant"),
    [("KFR", "KFR"), ("PQG", "BQG"), ("TQG", "DQG"), ("NFR", "MSR"), ("Q7", "Q1"), ("69", "96")],
)
def test_what_sounds_alike_has_one_key(said: str, meant: str):
    assert sound_key(said) == sound_key(meant)


def test_names_sound_alike_as_regions_say_them():
    assert name_sound("净澜") == name_sound("静兰")
    assert name_sound("暖汐") == name_sound("暖西")
    assert name_sound("暖汐") != name_sound("清岚")
    assert initials("清岚变频") == "QLBP"


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("13812345678", "13812345678"),
        ("138 1234 5678", "13812345678"),
        ("+86 138-1234-5678", "13812345678"),
        ("008613812345678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("0512-65550101", "051265550101"),
        ("(010) 6555 0102", "01065550102"),
        ("400-820-8820", "4008208820"),
        ("12345", None),
        ("1381234567", None),
        ("+1 212 555 0100", None),
        ("电话", None),
        ("", None),
    ],
)
def test_phone_numbers_are_stored_as_they_are_dialled(written: str, digits: str | None):
    assert phone_digits(written) == digits


@given(st.text(max_size=40))
def test_keys_take_any_text(text: str):
    assert code(code(text)) == code(text)
    assert look_key(text).isalnum() or look_key(text) == ""
    assert phone_digits(text) is None or phone_digits(text).isdigit()
    name_sound(text)
    initials(text)


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("kfr35gwa1", "KFR-35GW/A1"),
        ("KFR-35GW/AI", "KFR-35GW/A1"),
        ("KFR-35GWA2", "KFR-35GW/A1"),
        ("KFR-36GW/A1", "KFR-26GW/A1"),
        ("JSQ3O W16", "JSQ30-W16"),
        ("XQP90-B6", "XQB90-B6"),
        ("XQG100", "XQG100-H8"),
        ("JSQ30-V16", "JSQ30-W16"),
        ("暖西燃气热水器", "JSQ30-W16"),
        ("静兰滚筒洗衣机", "XQG100-H8"),
        ("清岚", "KFR-26GW/A1"),
        ("QLXFKT", "KFR-35GW/B3"),
    ],
)
def test_the_model_that_is_meant_comes_first(said: str, first: str):
    assert [candidate.product.model for candidate in ranked(CATALOGUE, said)][:1] == [first]


@pytest.mark.parametrize("said", ["", "--", "AB", "ZZZ-999", "iPhone 15", "冰箱", "W"])
def test_what_is_like_nothing_is_not_suggested(said: str):
    assert ranked(CATALOGUE, said) == []
