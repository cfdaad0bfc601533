"""Reading an answer to a question: pure functions from words to a value or to the problem with it."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import phonenumbers

LONGEST_ANSWER = 500
"""Characters of an answer that are kept in a slot; the conversation keeps the rest."""

LONGEST_ITEM = 15
"""Characters up to which words can be the name of a thing that no lexicon knows."""

_FEWEST_PHONE_DIGITS = 5
_MOST_PHONE_DIGITS = 20
_MOSTLY_DIGITS = 0.5
_CORRECTED_DIGITS = 4
_ISO_DATE = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_PARTS_OF_A_DATE = 3
_COUNT = re.compile(r"\d{1,5}")
_NAME = re.compile(r"[\u3400-\u9fff\u00b7]{1,4}|[A-Za-z][A-Za-z .'-]{1,39}")
_SPEAKABLE = re.compile(r"[\u3400-\u9fffA-Za-z0-9]")


@dataclass(frozen=True)
class Reading:
    """A value that was read, or the response that says what is wrong (with its variables), or neither."""

    value: str | None = None
    problem: str | None = None
    variables: Mapping[str, str | int] = field(default_factory=dict)


Reader = Callable[[str, date], Reading]


def read_phone(text: str, _today: date) -> Reading:
    """Read a mainland mobile, landline or service number; the value is national digits."""
    folded = unicodedata.normalize("NFKC", text)
    for match in phonenumbers.PhoneNumberMatcher(folded, "CN"):
        if phonenumbers.is_valid_number(match.number):
            return Reading(value=_national(match.number))
    digits = "".join(re.findall(r"\d", folded))
    if _FEWEST_PHONE_DIGITS <= len(digits) <= _MOST_PHONE_DIGITS:
        parsed = _parse(digits)
        if parsed is not None and phonenumbers.is_valid_number(parsed):
            return Reading(value=_national(parsed))
        if len(digits) >= _MOSTLY_DIGITS * chinese_length(folded):
            return Reading(problem="utter_invalid_phone", variables={"heard": digits, "count": len(digits)})
    return Reading()


def _parse(digits: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(digits, "CN")
    except phonenumbers.NumberParseException:
        return None


def _national(number: phonenumbers.PhoneNumber) -> str:
    if phonenumbers.number_type(number) != phonenumbers.PhoneNumberType.FIXED_LINE:
        return phonenumbers.national_significant_number(number)
    shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    area, _, local = shown.partition(" ")
    return f"{area}-{local.replace(' ', '')}" if local else shown


def with_last_digits(phone: str | None, text: str, today: date) -> str | None:
    """Return the number with its last digits replaced by the few that a correction names."""
    digits = "".join(re.findall(r"\d", unicodedata.normalize("NFKC", text)))
    if not phone or not 1 <= len(digits) <= _CORRECTED_DIGITS:
        return None
    return read_phone(phone[: -len(digits)] + digits, today).value


def read_past_date(text: str, today: date) -> Reading:
    """Read an ISO date that is not in the future (dates in words are resolved before, as entities)."""
    match = _ISO_DATE.search(unicodedata.normalize("NFKC", text))
    if match is None:
        return Reading()
    try:
        day = date(*(int(part) for part in match.groups()))
    except ValueError:
        return Reading()
    if day > today:
        return Reading(problem="utter_invalid_date")
    return Reading(value=day.isoformat())


def is_full_date(words: str) -> bool:
    """Tell whether words name year, month and day in figures, so that nothing was inferred."""
    return len(re.findall(r"\d+", words)) >= _PARTS_OF_A_DATE


def read_count(text: str, _today: date) -> Reading:
    """Read how many."""
    match = _COUNT.search(unicodedata.normalize("NFKC", text))
    return Reading(value=str(int(match.group()))) if match else Reading(problem="utter_invalid_number")


def read_name(text: str, _today: date) -> Reading:
    """Read a bare name: a few Chinese characters, or a name in Latin letters."""
    bare = text.strip(" .!?~\u3002\uff01\uff1f\uff0c\uff5e")
    return Reading(value=bare) if _NAME.fullmatch(bare) else Reading()


def read_words(text: str, _today: date) -> Reading:
    """Read any words as they are; signs and pictures alone are no answer."""
    if not _SPEAKABLE.search(text):
        return Reading()
    return Reading(value=text[:LONGEST_ANSWER])


def read_item(text: str, today: date) -> Reading:
    """Read the name of a thing: words, but few."""
    return read_words(text, today) if chinese_length(text) <= LONGEST_ITEM else Reading()


def chinese_length(text: str) -> int:
    """Count the letters and digits of a text: how much was really said."""
    return len(_SPEAKABLE.findall(text))
