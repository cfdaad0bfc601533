"""What the list shows of a ticket: its title, and a phone number that cannot be called."""

import unicodedata
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.masking import mask_phone
from backend.tickets.filing import title_of
from backend.tickets.kinds import Kind
from backend.tickets.schemas import NewTicket

WIDTH = 40


def asking(description: str, **details: str) -> NewTicket:
    return NewTicket(
        request_id="r",
        conversation_id=uuid.uuid4(),
        kind=Kind.INQUIRY,
        description=description,
        details=details,
    )


@pytest.mark.parametrize(
    ("description", "details", "title"),
    [
        ("热水器漏水，没人管", {"product": "热水器", "fault": "漏水"}, "热水器 · 漏水"),
        ("热水器漏水", {"product": "热水器"}, "热水器漏水"),
        ("热水器漏水", {"fault": "漏水"}, "热水器漏水"),
        ("热水器漏水", {"product": "", "fault": "漏水"}, "热水器漏水"),
        ("热水器漏水", {"brand": "海风", "model": "A1"}, "热水器漏水"),
        ("  热水器\n\n漏水\t了  ", {}, "热水器 漏水 了"),
        ("x", {"product": "热水器\n", "fault": " 漏\n水"}, "热水器 · 漏 水"),
        ("漏" * WIDTH, {}, "漏" * WIDTH),
        ("漏" * (WIDTH + 1), {}, "漏" * (WIDTH - 1) + "…"),
        ("x", {"product": "热" * 30, "fault": "漏" * 30}, "热" * 30 + " · " + "漏" * 6 + "…"),
    ],
)
def test_the_title_says_what_it_is_about(description: str, details: dict[str, str], title: str):
    assert title_of(asking(description, **details)) == title


@given(st.text(min_size=1, max_size=200), st.text(max_size=60), st.text(max_size=60))
def test_a_title_is_one_line_of_forty_characters_at_most(description: str, product: str, fault: str):
    title = title_of(asking(description, product=product, fault=fault))
    assert len(title) <= WIDTH
    assert len(title.splitlines()) <= 1
    assert not any(unicodedata.category(character) in {"Zl", "Zp"} for character in title)


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        (None, None),
        ("", ""),
        ("110", "***"),
        ("8765432", "*******"),
        ("13812345678", "138****5678"),
        ("0512-6543210", "051*****3210"),
        ("008613812345678", "008********5678"),
    ],
)
def test_phone_numbers_are_masked(phone: str | None, shown: str | None):
    assert mask_phone(phone) == shown


@given(st.text("0123456789-+ ", min_size=1, max_size=40))
def test_a_masked_number_is_too_little_to_call(phone: str):
    """At least three characters stay to be guessed, a thousand tries; shorter numbers are hidden wholly."""
    shown = mask_phone(phone)
    assert shown is not None
    assert len(shown) == len(phone)
    assert shown.count("*") >= min(3, len(phone))
    assert all(mark in {"*", original} for mark, original in zip(shown, phone, strict=True))
