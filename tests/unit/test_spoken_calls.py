"""What the benchmark of spoken calls counts as an error of hearing."""

import pytest

from bench.spoken_calls.scoring import as_said, errors


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("电话13812345678", "电话一三八一二三四五六七八"),
        ("门牌100号", "门牌100号"),
        ("１３８１２", "一三八一二"),
    ],
)
def test_long_numbers_are_said_digit_by_digit(text: str, said: str):
    assert as_said(text) == said


@pytest.mark.parametrize(
    ("said", "heard", "wrong", "of"),
    [
        ("我姓王。", "我姓王", 0, 3),
        ("去年五月在京东买的", "去年5月在京东买的。", 0, 9),
        ("人民路一百号", "人民路100号", 0, 7),
        ("二十三", "23", 0, 2),
        ("一百零五块", "105块", 0, 4),
        ("一三八一二", "13812", 0, 5),
        ("不脱水", "不脱碎", 1, 3),
        ("转人工", "", 3, 3),
        ("对", "对对对", 2, 1),
    ],
)
def test_numbers_count_by_value_and_signs_not_at_all(said: str, heard: str, wrong: int, of: int):
    assert errors(said, heard) == (wrong, of)
