import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.text import MAX_CLEAN, MAX_FOLDED, clauses, clean, fold


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("熱水器壞了！！！！", "热水器坏了!"),
        ("ＡＢＣ１２３", "abc123"),
        ("138\u200b0013\u200d8000", "13800138000"),
        ("坏了坏了坏了坏了", "坏了坏了"),
        ("啊啊啊啊啊", "啊啊"),
        ("嗯嗯，我要退货", "我要退货"),
        ("嗯嗯", "嗯嗯"),
        ("那个，冰箱不制冷", "冰箱不制冷"),
        ("那个冰箱不制冷", "那个冰箱不制冷"),
        ("太差了😡", "太差了生气"),
        ("看这里 https://example.com/a?b=1 坏了", "看这里 坏了"),
        ("强烈建议", "强烈建议"),
        ("[强]不错", "赞不错"),
        ("", ""),
        ("\u200b\u0000", ""),
    ],
)
def test_clean(text, expected):
    assert clean(text) == expected


def test_clean_keeps_head_and_tail_of_a_long_story():
    story = "开头" + "".join(chr(0x4E00 + i) for i in range(2 * MAX_CLEAN)) + "我要退货"
    cleaned = clean(story)
    assert len(cleaned) == MAX_CLEAN
    assert cleaned.startswith("开头")
    assert cleaned.endswith("我要退货")


def test_fold_points_back_to_the_original():
    folded = fold("電話\u200b：１３８")
    assert folded.text == "电话:138"
    start, end = folded.span(3, 6)
    assert folded.original[start:end] == "１３８"
    start, end = folded.span(1, 3)
    assert folded.original[start:end] == "話\u200b："


def test_fold_handles_characters_that_become_several():
    folded = fold("㎏重")
    assert folded.text == "kg重"
    assert folded.span(0, 2) == (0, 1)
    assert folded.span(2, 3) == (1, 2)


@given(st.text(max_size=60))
def test_every_folded_character_has_a_place(text):
    folded = fold(text)
    assert len(folded.text) == len(folded.starts)
    assert all(0 <= place < len(text) for place in folded.starts)
    assert list(folded.starts) == sorted(folded.starts)


def test_fold_looks_at_a_limited_number_of_characters():
    assert len(fold("坏" * (MAX_FOLDED * 5)).text) == MAX_FOLDED


def test_clauses():
    assert clauses("坏了,要退!真的 谢谢") == ["坏了", "要退", "真的", "谢谢"]
    assert clauses("") == []
