"""Ticket numbers against a Damm table of our own (H. M. Damm 2004, the order-10 quasigroup)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.tickets.number import is_ticket_number, ticket_number

QUASIGROUP = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)

days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
sequences = st.integers(1, 2_000_000)


def check_digit(payload: str) -> str:
    interim = "0"
    for digit in payload:
        interim = QUASIGROUP[int(interim)][int(digit)]
    return interim


def swapped(text: str, at: int) -> str:
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def test_the_table_of_this_test_is_a_damm_table():
    """Latin square, zeros on the diagonal, and (c*x)*y = (c*y)*x only for x = y: what Damm's proof needs."""
    numbers = range(10)
    table = [[int(digit) for digit in row] for row in QUASIGROUP]
    assert all(sorted(row) == list(numbers) for row in [*table, *zip(*table, strict=True)])
    assert all(table[n][n] == 0 for n in numbers)
    assert not [
        (c, x, y)
        for c in numbers
        for x in numbers
        for y in numbers
        if x != y and table[table[c][x]][y] == table[table[c][y]][x]
    ]
    assert check_digit("572") == "4"  # Damm's own example


@given(days, sequences)
def test_a_number_is_date_sequence_and_check_digit(day: date, sequence: int):
    number = ticket_number(day, sequence)
    payload = f"{day.year % 100:02}{day.month:02}{day.day:02}" + str(sequence).rjust(4, "0")
    assert number == payload + check_digit(payload)
    assert is_ticket_number(number)


@pytest.mark.parametrize(
    ("day", "sequence", "payload"),
    [
        (date(2026, 11, 23), 1, "2611230001"),
        (date(2026, 11, 23), 42, "2611230042"),
        (date(2027, 1, 1), 9_999, "2701019999"),
        (date(2027, 1, 1), 10_000, "27010110000"),
        (date(2027, 1, 1), 123_456, "270101123456"),
        (date(2003, 2, 1), 7, "0302010007"),
    ],
)
def test_numbers_grow_by_a_digit_past_9999(day: date, sequence: int, payload: str):
    number = ticket_number(day, sequence)
    assert number[:-1] == payload
    assert number[-1] == check_digit(payload)


@given(st.sets(st.tuples(days, sequences), min_size=2, max_size=20))
def test_different_tickets_have_different_numbers(tickets: set[tuple[date, int]]):
    assert len({ticket_number(day, sequence) for day, sequence in tickets}) == len(tickets)


@given(days, sequences)
def test_every_wrong_digit_and_every_swap_of_neighbours_is_found(day: date, sequence: int):
    number = ticket_number(day, sequence)
    wrong = [
        number[:at] + digit + number[at + 1 :]
        for at in range(len(number))
        for digit in "0123456789"
        if digit != number[at]
    ]
    turned = [swapped(number, at) for at in range(len(number) - 1) if number[at] != number[at + 1]]
    assert [text for text in wrong + turned if is_ticket_number(text)] == []


@given(st.dates(date(2000, 1, 1), date(2068, 12, 31)), st.text("0123456789", min_size=5, max_size=9))
def test_of_a_days_digit_strings_only_those_with_the_right_check_digit_pass(day: date, rest: str):
    text = f"{day:%y%m%d}{rest}"
    assert is_ticket_number(text) == (text[-1] == check_digit(text[:-1]))


@pytest.mark.parametrize("digits", ["0000000000", "2613010001", "2602300001", "1381234567"])
def test_what_begins_with_no_day_is_no_ticket(digits: str):
    assert not is_ticket_number(digits + check_digit(digits))


@pytest.mark.parametrize("sequence", [0, -1, -10_000])
def test_a_sequence_starts_at_one(sequence: int):
    with pytest.raises(ValueError, match=str(sequence)):
        ticket_number(date(2026, 11, 23), sequence)


VALID = "2611230001" + check_digit("2611230001")


@pytest.mark.parametrize(
    "text",
    [
        "",
        VALID[:-1],
        "572" + "4",  # a right check digit on too few digits
        f" {VALID}",
        f"{VALID}\n",
        f"{VALID[:6]}-{VALID[6:]}",
        f"+{VALID[1:]}",
        VALID.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        VALID.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
        VALID[:-1] + "²",
        "工单" + VALID,
        "\x00" + VALID,
        "a" * 11,
    ],
)
def test_what_is_not_plain_digits_is_no_number(text: str):
    assert not is_ticket_number(text)
    assert is_ticket_number(VALID)
