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

MOBILE_DIGITS = 11
_LOCAL_DIGITS = {7, 8}
_FEWEST_PHONE_DIGITS = 3
_MOST_PHONE_DIGITS = 20
_MOSTLY_DIGITS = 0.5
_CORRECTED_DIGITS = 4
_ISO_DATE = re.compile(r"(?<!\d)(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?![-/.]?\d)")
_DIGITS_SAID = re.compile(r"\d+(?![\d\u4f4d])")
"""Digits themselves, not how many of them are meant (two places, four places)."""

FEWEST_CODE_SIGNS, MOST_CODE_SIGNS = 5, 40
_LOOSE_SIGNS = " .!?~\u3002\uff01\uff1f\uff0c\uff5e"
_MODEL = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9/._ -]{1,29}")
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
    if len(digits) < _FEWEST_PHONE_DIGITS or len(digits) < _MOSTLY_DIGITS * chinese_length(folded):
        return Reading()
    if len(digits) > _MOST_PHONE_DIGITS:
        return Reading(problem="utter_phone_too_many", variables={"count": len(digits)})
    parsed = _parse(digits)
    if parsed is not None and phonenumbers.is_valid_number(parsed):
        return Reading(value=_national(parsed))
    return _what_is_wrong(digits)


def _what_is_wrong(digits: str) -> Reading:
    """Say what keeps digits from being a phone number."""
    count = len(digits)
    told: dict[str, str | int] = {"heard": digits, "count": count}
    if digits.startswith("1") and count < MOBILE_DIGITS:
        return Reading(problem="utter_phone_too_short", variables={**told, "missing": MOBILE_DIGITS - count})
    if digits.startswith("1") and count > MOBILE_DIGITS:
        return Reading(problem="utter_phone_too_long", variables={**told, "extra": count - MOBILE_DIGITS})
    if count in _LOCAL_DIGITS and digits[0] not in "01":
        return Reading(problem="utter_phone_no_area", variables=told)
    return Reading(problem="utter_invalid_phone", variables=told)


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
    """Return the number with its last digits replaced by the few that a correction names last."""
    runs = _DIGITS_SAID.findall(_in_figures(text))
    if not phone or not runs or len(runs[-1]) > _CORRECTED_DIGITS:
        return None
    return read_phone(phone[: -len(runs[-1])] + runs[-1], today).value


def _in_figures(text: str) -> str:
    """Return the text with digits written in Chinese as figures."""
    return "".join(_figure(sign) for sign in unicodedata.normalize("NFKC", text))


def _figure(sign: str) -> str:
    value = unicodedata.numeric(sign, -1.0)
    return str(int(value)) if value in range(10) else sign


def read_past_date(text: str, today: date) -> Reading:
    """Read an ISO date, or only its month or year, that is not in the future.

    Dates in words are resolved before, as entities.
    """
    match = _ISO_DATE.search(unicodedata.normalize("NFKC", text))
    if match is None:
        return Reading()
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        return Reading()
    if first > today:
        return Reading(problem="utter_invalid_date")
    parts = (f"{year:04}", f"{month:02}" if month else "", f"{day:02}" if day else "")
    return Reading(value="-".join(part for part in parts if part))


def is_full_date(words: str, value: str) -> bool:
    """Tell whether words name every part of a date in figures, so that nothing was inferred."""
    return len(re.findall(r"\d+", words)) >= len(value.split("-"))


def read_code(text: str, _today: date) -> Reading:
    """Read an order or serial number: a few letters and digits; hyphens belong to it, spaces do not."""
    bare = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    if not re.fullmatch(r"[0-9A-Z]+(?:-[0-9A-Z]+)*", bare) or not re.search(r"\d", bare):
        return Reading()
    if FEWEST_CODE_SIGNS <= len(bare) <= MOST_CODE_SIGNS:
        return Reading(value=bare)
    problem = "utter_code_too_short" if len(bare) < FEWEST_CODE_SIGNS else "utter_code_too_long"
    return Reading(problem=problem, variables={"heard": bare[:MOST_CODE_SIGNS], "count": len(bare)})


def read_model(text: str, _today: date) -> Reading:
    """Read a model: one word with a digit in it, as it stands on the plate."""
    bare = unicodedata.normalize("NFKC", text).strip(_LOOSE_SIGNS)
    return Reading(value=bare.upper()) if _MODEL.fullmatch(bare) else Reading()


def read_count(text: str, _today: date) -> Reading:
    """Read how many."""
    match = _COUNT.search(unicodedata.normalize("NFKC", text))
    return Reading(value=str(int(match.group()))) if match else Reading(problem="utter_invalid_number")


def read_name(text: str, _today: date) -> Reading:
    """Read a bare name: a few Chinese characters, or a name in Latin letters."""
    bare = text.strip(_LOOSE_SIGNS)
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
