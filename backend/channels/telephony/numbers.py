"""Callers' numbers as people write them. Pure."""

import phonenumbers

from backend.phone_numbers import REGION

ANONYMOUS = "anonymous"


def as_written(number: str) -> str:
    """A number as tickets have it: ours without the country's code, others as they are."""
    try:
        parsed = phonenumbers.parse(number, REGION)
    except phonenumbers.NumberParseException:
        return number
    if phonenumbers.region_code_for_number(parsed) == REGION:
        return phonenumbers.national_significant_number(parsed)
    return number


def shown_number(address: str) -> str | None:
    """The number that a phone conversation's address is, as tickets have it; none if it was withheld."""
    return None if address == ANONYMOUS else as_written(address)
