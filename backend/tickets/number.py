"""Ticket numbers: digits only, so that they can be said and keyed on a phone.

YYMMDD of the day in Shanghai, a sequence of at least four digits, and a Damm check digit, which finds every
single wrong digit and every swap of neighbours (Damm 2004).
"""

from datetime import UTC, date, datetime

from stdnum import damm

SEQUENCE_DIGITS = 4
DATE_DIGITS = 6


def ticket_number(day: date, sequence: int) -> str:
    """The number of a day's n-th ticket.

    Args:
        day: the calendar day in Shanghai.
        sequence: counted from 1; past 9,999 the number grows by a digit.

    Raises:
        ValueError: the sequence is not positive.
    """
    if sequence < 1:
        raise ValueError(f"a sequence starts at 1, not {sequence}")
    payload = f"{day:%y%m%d}{sequence:0{SEQUENCE_DIGITS}d}"
    return payload + str(damm.calc_check_digit(payload))


def is_ticket_number(text: str) -> bool:
    """Whether the text is a number that could have been issued: a day, a sequence, the right check digit."""
    long_enough = len(text) > DATE_DIGITS + SEQUENCE_DIGITS
    if not (text.isascii() and text.isdigit() and long_enough and damm.is_valid(text)):
        return False
    try:
        datetime.strptime(text[:DATE_DIGITS], "%y%m%d").replace(tzinfo=UTC)
    except ValueError:
        return False
    return True
