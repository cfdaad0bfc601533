from datetime import date

import pytest

from actions.answers import (
    Reading,
    is_full_date,
    read_code,
    read_count,
    read_item,
    read_model,
    read_name,
    read_past_date,
    read_phone,
    read_words,
    with_last_digits,
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


@pytest.mark.parametrize(
    ("text", "problem", "told"),
    [
        ("139123", "utter_phone_too_short", {"count": 6, "missing": 5}),
        ("138 1234 567", "utter_phone_too_short", {"count": 10, "missing": 1}),
        ("138123456789", "utter_phone_too_long", {"count": 12, "extra": 1}),
        ("12345678901", "utter_invalid_phone", {"count": 11}),
        ("65432100", "utter_phone_no_area", {"count": 8}),
        ("1" * 1000, "utter_phone_too_many", {"count": 1000}),
    ],
)
def test_what_is_wrong_with_a_phone_number_is_told(text, problem, told):
    reading = read_phone(text, TODAY)
    assert (reading.value, reading.problem) == (None, problem)
    assert told.items() <= reading.variables.items()
    assert len(str(reading.variables.get("heard", ""))) <= 20


@pytest.mark.parametrize("text", ["不方便说", "", "再不处理我就打12315投诉你们"])
def test_what_is_no_phone_number_is_no_wrong_phone_number_either(text):
    reading = read_phone(text, TODAY)
    assert (reading.value, reading.problem) == (None, None)


def test_dates_are_read_and_the_future_is_refused():
    assert read_past_date("2025-11-11", TODAY).value == "2025-11-11"
    assert read_past_date("2026/11/23", TODAY).value == "2026-11-23"
    assert read_past_date("2026-11-24", TODAY).problem == "utter_invalid_date"
    assert read_past_date("2025-02-30", TODAY).value is None
    assert read_past_date("去年", TODAY).value is None


def test_a_date_may_be_a_month_or_a_year():
    assert read_past_date("2025-03", TODAY).value == "2025-03"
    assert read_past_date("2025", TODAY).value == "2025"
    assert read_past_date("2026-11", TODAY).value == "2026-11"
    assert read_past_date("2026-12", TODAY).problem == "utter_invalid_date"
    assert read_past_date("2027", TODAY).problem == "utter_invalid_date"


def test_which_words_leave_nothing_to_infer():
    assert is_full_date("2025年3月5日", "2025-03-05")
    assert is_full_date("2025年3月", "2025-03")
    assert not is_full_date("3月5日", "2026-03-05")
    assert not is_full_date("去年双十一", "2025-11-11")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("最后一位是9", "13812345679"),
        ("最后一位是九", "13812345679"),
        ("最后2位是89", "13812345689"),
        ("尾号应该是４３２１", "13812344321"),
        ("最后一位不对", None),
        ("应该是13900000001", None),
    ],
)
def test_the_last_digits_of_a_phone_number_are_corrected(text, value):
    assert with_last_digits("13812345678", text, TODAY) == value
    assert with_last_digits(None, text, TODAY) is None


def test_codes_and_models():
    assert read_code("sn 2025-0311-77", TODAY).value == "SN2025-0311-77"
    assert read_code("123", TODAY).problem == "utter_code_too_short"
    assert read_code("1" * 41, TODAY).problem == "utter_code_too_long"
    assert read_code("没有订单号", TODAY) == Reading()
    assert read_model("jsq30-16e。", TODAY).value == "JSQ30-16E"
    assert read_model("不知道", TODAY).value is None
    assert read_model("热水器", TODAY).value is None


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
