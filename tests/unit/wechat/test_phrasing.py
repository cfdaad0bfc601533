"""Texts below the vendor's limit, cut where a reader would; choices as numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.channels.wechat.phrasing import MAX_BYTES, chosen, joined, numbered, parts, size

CHOICES = ["报修", "投诉服务", "3"]
texts = st.text(
    alphabet=st.characters(blacklist_categories=["Cs"]) | st.sampled_from("。！？，\n 好😀"), max_size=400
)


@given(text=texts, limit=st.integers(min_value=8, max_value=300))
def test_no_part_is_too_long_and_nothing_but_blanks_is_lost(text: str, limit: int):
    found = parts(text, limit)
    assert all(0 < size(part) <= limit for part in found)
    assert "".join("".join(found).split()) == "".join(text.split())


def test_a_text_is_cut_after_its_last_sentence_that_fits():
    first, second = "一" * 10 + "。", "二" * 10 + "！”"
    assert parts(first + second + "三" * 5, size(first + second) + 3) == [first + second, "三" * 5]
    assert parts(first + second, size(first) + 6) == [first, second]


def test_lines_go_before_sentences_and_sentences_before_commas():
    assert parts("一。二\n三。四", 14) == ["一。二", "三。四"]
    assert parts("一一，二二。三三，四四", 30) == ["一一，二二。", "三三，四四"]
    assert parts("一一，二二三三四四", 18) == ["一一，", "二二三三四四"]


def test_a_text_without_ends_is_cut_between_characters_and_no_emoji_is_torn():
    assert parts("啊" * 1000) == ["啊" * 682, "啊" * 318]
    family = "👨\u200d👩\u200d👧"
    found = parts("好" * 4 + family, 20)
    assert "".join(found) == "好" * 4 + family
    assert family in found


def test_a_decimal_point_is_no_end():
    assert parts("价格1234.50元整元整元整", 18)[0] != "价格1234."


@pytest.mark.parametrize("text", ["", "  \n "])
def test_of_nothing_there_are_no_parts(text: str):
    assert parts(text) == []


def test_the_vendors_limit_is_kept_to_the_byte():
    exact = "啊" * 682 + "ab"
    assert (size(exact), parts(exact)) == (MAX_BYTES, [exact])
    assert [size(part) for part in parts(exact + "c")] == [MAX_BYTES, 1]


def test_choices_stand_below_as_numbers():
    assert numbered("哪一种？", ["报修", "投诉"], "回复数字。") == "哪一种？\n1. 报修\n2. 投诉\n回复数字。"
    assert numbered("好的。", [], "回复数字。") == "好的。"


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("1", "报修"),
        (" 2 ", "投诉服务"),
        ("２", "投诉服务"),
        ("②", "投诉服务"),
        ("2.", "投诉服务"),
        ("（2）", "投诉服务"),
        ("2、", "投诉服务"),
        ("3", None),
        ("4", None),
        ("0", None),
        ("", None),
        ("12", None),
        ("2台", None),
        ("报修", None),
        ("13800138000", None),
        ("二", None),
    ],
)
def test_a_bare_number_within_the_list_picks_and_nothing_else_does(text: str, choice: str | None):
    assert chosen(text, CHOICES) == choice


def test_as_many_texts_as_fit_go_together():
    assert joined(["一", "二", "三"], 11) == ("一\n\n二", 2)
    assert joined(["一", "二"], 100) == ("一\n\n二", 2)
    assert joined(["一一一一"], 5) == ("", 0)
    assert joined([], 5) == ("", 0)
