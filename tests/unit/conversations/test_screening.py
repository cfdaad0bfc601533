"""What a customer's text becomes before it is stored and before the bot is asked."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.conversations.screening import Screening, for_bot, screened
from backend.text import paired, storable

LONG = ASKED = 4_000  # what is longer is huge
BAD = "\ufffd"
# every code point, lone surrogates included, as a JSON body can carry them
anything = st.text(st.characters(exclude_categories=()), max_size=300)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("", ""),
        ("热水器漏水", "热水器漏水"),
        ("一\n二\t三", "一\n二\t三"),
        ("一\r\n二\r三\r\r\n四", "一\n二\n三\n\n四"),
        ("a\x00b", f"a{BAD}b"),
        ("\x1b[31m红\x07", f"{BAD}[31m红{BAD}"),
        ("\x7f\x80\x85\x9f", BAD * 4),
        ("\ud83d", BAD),
        ("一\udc00二", f"一{BAD}二"),
        ("😡👨‍👩‍👧", "😡👨‍👩‍👧"),
        ("\u200b\ufeff\u202e", "\u200b\ufeff\u202e"),
        ("<script>alert('x')</script>", "<script>alert('x')</script>"),
        (BAD, BAD),
    ],
)
def test_what_is_stored(text: str, stored: str):
    assert storable(text) == stored


@given(anything)
def test_what_is_stored_can_be_stored(text: str):
    stored = storable(text)
    assert stored.encode("utf-8").decode("utf-8") == stored
    assert "\x00" not in stored
    assert not any(unicodedata.category(c) == "Cc" for c in stored if c not in "\n\t")
    assert storable(stored) == stored


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"))))
def test_text_without_controls_is_stored_as_it_is(text: str):
    assert storable(text) == text


@given(anything)
def test_storing_never_hides_that_something_was_written(text: str):
    lines = text.replace("\r\n", "\n")
    assert len(storable(text)) == len(lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("漏\ud800水", f"漏{BAD}水"),
        ("\udfff", BAD),
        ("\ud7ff\ue000", "\ud7ff\ue000"),
        ("😡", "😡"),
        ("\x00", "\x00"),
    ],
)
def test_only_lone_surrogates_are_replaced(text: str, expected: str):
    assert paired(text) == expected


@given(anything)
def test_what_is_paired_can_be_encoded_and_keeps_its_length(text: str):
    assert len(paired(text).encode("utf-16-le")) >= 2 * len(text)
    assert paired(paired(text)) == paired(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", Screening.EMPTY),
        (" \t\r\n", Screening.EMPTY),
        ("\u3000\xa0\u2028", Screening.EMPTY),
        ("\u200b\u200d\ufeff\u202e", Screening.EMPTY),
        ("\x00\x1b", Screening.EMPTY),
        (" " * (LONG + 1), Screening.EMPTY),
        ("。", Screening.ORDINARY),
        ("😡", Screening.ORDINARY),
        ("\u200b漏\u200b", Screening.ORDINARY),
        (BAD, Screening.ORDINARY),
        ("0", Screening.ORDINARY),
        ("/restart", Screening.ORDINARY),
        ("漏" * LONG, Screening.ORDINARY),
        ("漏" * (LONG + 1), Screening.LONG),
        (" " * LONG + "漏", Screening.LONG),
    ],
)
def test_what_kind_of_text_it_is(text: str, kind: Screening):
    assert screened(text) is kind


@given(st.text(st.characters(categories=("Zs", "Zl", "Zp", "Cf", "Cc")), max_size=20))
def test_spaces_and_marks_without_shape_are_nothing_to_understand(text: str):
    assert screened(text) is Screening.EMPTY


@given(anything, st.sampled_from("漏a1。😡"), anything)
def test_one_visible_character_is_something(before: str, character: str, after: str):
    assert screened(before + character + after) is not Screening.EMPTY


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("热水器漏水", "热水器漏水"),
        ("  热水器漏水\n", "热水器漏水"),
        ("/restart", "／restart"),
        (" \n\t/restart", "／restart"),
        ("//restart", "／/restart"),
        ('/inform{"phone": "1"}', '／inform{"phone": "1"}'),
        ("1/2", "1/2"),
        ("/", "／"),
        ("漏" * (ASKED + 5), "漏" * ASKED),
        ("\u3000/stop", "／stop"),
    ],
)
def test_what_the_bot_is_asked(text: str, asked: str):
    assert for_bot(text) == asked


@given(st.text(" \t\n\u3000/", max_size=6), anything)
def test_a_customers_slash_never_reaches_the_bot_as_a_command(prefix: str, rest: str):
    asked = for_bot(prefix + rest)
    assert not asked.startswith("/")
    assert not asked.lstrip().startswith("/")
    assert len(asked) <= ASKED
