from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.channels.telephony.numbers import as_written
from backend.channels.telephony.speech import MAX_ENCODED_BYTES, Piece, one_by_one, pieces, plain, portions
from backend.phone_numbers import e164


@given(st.text(max_size=3_000))
def test_no_portion_is_longer_than_a_say_holds(text: str):
    assert all(len(quote(portion)) <= MAX_ENCODED_BYTES for portion in portions(text))


@given(st.text(alphabet="洗衣机漏水了。！？，a1 ", max_size=4_000))
def test_nothing_that_is_heard_is_lost(text: str):
    assert "".join(portions(text)).strip() == text.strip()


def test_long_text_is_cut_between_sentences():
    sentence = "您反映的问题我们已经记录下来，会尽快安排师傅联系您。"
    cut = portions(sentence * 60)
    assert len(cut) > 1
    assert all(portion.endswith("。") for portion in cut)


def test_signs_for_the_eye_are_not_said():
    assert portions("请看“说明”<b>\x00\uffff https://a.example/x 。") == ["请看说明b  。"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("工单号26112300016。", [Piece("工单号"), Piece("26112300016", digits=True), Piece("。")]),
        ("尾号 22 66 吗", [Piece("尾号 "), Piece("2266", digits=True), Piece(" 吗")]),
        ("2025年3月买的，花了380元", [Piece("2025年3月买的，花了380元")]),
        ("一共1234.50元", [Piece("一共1234.50元")]),
        ("", []),
    ],
)
def test_long_numbers_are_read_one_by_one(text: str, expected: list[Piece]):
    assert list(pieces(text)) == expected


def test_a_voice_without_mark_up_reads_digits_apart_too():
    assert plain("“工单号”是26112300016，电话139 0011 2266。") == (
        "工单号是2 6 1 1 2 3 0 0 0 1 6，电话1 3 9 0 0 1 1 2 2 6 6。"
    )
    assert plain("2025年3月买的，花了380元") == "2025年3月买的，花了380元"


def test_groups_that_can_be_written_down():
    assert one_by_one("13900112266") == "139 0011 2266"
    assert one_by_one("261123000") == "2611 2300 0"


@pytest.mark.parametrize(
    ("shown", "number"),
    [
        ("+8613900112266", "+8613900112266"),
        ("13900112266", "+8613900112266"),
        ("+8651266668888", "+8651266668888"),
        ("anonymous", None),
        ("+266696687", None),
        ("", None),
        ("client:demo", None),
        ("sip:13900112266@example", None),
    ],
)
def test_callers_numbers(shown: str, number: str | None):
    assert e164(shown) == number


def test_our_numbers_are_written_without_the_countrys_code():
    assert as_written("+8613900112266") == "13900112266"
    assert as_written("+441632960961") == "+441632960961"
    assert as_written("anonymous") == "anonymous"
