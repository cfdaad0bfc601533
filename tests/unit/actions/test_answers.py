from datetime import date

import pytest

from actions.answers import (
    is_full_date,
    read_count,
    read_item,
    read_name,
    read_past_date,
    read_phone,
    read_words,
)

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("13812345678", "13812345678"),
        ("我的电话是 138 1234 5678 谢谢", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("+86 13812345678", "13812345678"),
        ("0512-65432100", "0512-65432100"),
        ("051265432100", "0512-65432100"),
        ("010-65432100", "010-65432100"),
    ],
)
def test_phone_numbers_that_are_right(text, value):
    assert read_phone(text, TODAY).value == value


@pytest.mark.parametrize(("text", "count"), [("139123", 6), ("138123456789", 12), ("12345678901", 11)])
def test_a_wrong_phone_number_is_told_back_with_its_length(text, count):
    reading = read_phone(text, TODAY)
    assert reading.value is None
    assert reading.problem == "utter_invalid_phone"
    assert reading.variables == {"heard": text, "count": count}


@pytest.mark.parametrize("text", ["不方便说", "", "再不处理我就打12315投诉你们", "1" * 1000])
def test_what_is_no_phone_number_is_no_wrong_phone_number_either(text):
    reading = read_phone(text, TODAY)
    assert (reading.value, reading.problem) == (None, None)


def test_dates_are_read_and_the_future_is_refused():
    assert read_past_date("2025-11-11", TODAY).value == "2025-11-11"
    assert read_past_date("2026/11/23", TODAY).value == "2026-11-23"
    assert read_past_date("2026-11-24", TODAY).problem == "utter_invalid_date"
    assert read_past_date("2025-02-30", TODAY).value is None
    assert read_past_date("去年", TODAY).value is None


def test_which_words_are_a_full_date():
    assert is_full_date("2025年3月5日")
    assert not is_full_date("2025年3月")
    assert not is_full_date("去年双十一")


@pytest.mark.parametrize("text", ["王", "王建国", "欧阳建国", "王女士。", "Anna Li", "艾力·买买提"[:4]])
def test_names(text):
    assert read_name(text, TODAY).value == text.strip("。")


@pytest.mark.parametrize("text", ["大概三年前吧", "不知道，问别人去", "13812345678", "", "😡"])
def test_what_is_no_name(text):
    assert read_name(text, TODAY).value is None


def test_counts():
    assert read_count("３台", TODAY).value == "3"
    assert read_count("好几台", TODAY).problem == "utter_invalid_number"


def test_words_are_kept_but_not_without_end_and_signs_are_no_words():
    assert read_words("京东", TODAY).value == "京东"
    assert len(read_words("漏" * 3000, TODAY).value) == 500
    assert read_words("。。。😡", TODAY).value is None
    assert read_item("破壁机", TODAY).value == "破壁机"
    assert read_item("你们卖的那个不管用的破东西到底叫什么来着", TODAY).value is None
