"""What serials, models, names and phone numbers are compared by. Pure.

People read them off plates, over the phone, and from memory: they leave out dashes, take O for 0, B for P.
"""

import re
import unicodedata

import phonenumbers
from pypinyin import Style, lazy_pinyin

COUNTRY = "CN"
MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
LOOK_ALIKE = str.maketrans("OI", "01")
SOUND_ALIKE = str.maketrans("PDTEGVCNFX79", "BBBBBBBMSS16")
"""Letters and digits that are taken for each other on the phone: B P D T E G V C, M N, S F X, 1 7, 6 9."""
NAMES_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"), ("h", "f"), ("r", "l"))
"""Sounds of pinyin that speakers of many regions do not tell apart."""


def code(written: str) -> str:
    """A serial, model or order number without what only separates: capital letters and digits."""
    plain = unicodedata.normalize("NFKC", written).upper()
    return "".join(character for character in plain if character.isalnum())


def look_key(written: str) -> str:
    """The same for codes that look alike: O is 0, I is 1."""
    return code(written).translate(LOOK_ALIKE)


def sound_key(written: str) -> str:
    """The same for codes that sound alike on the phone."""
    return look_key(written).translate(SOUND_ALIKE)


def name_sound(name: str) -> str:
    """How a Chinese name sounds, without tones and without what regions confuse."""
    sound = "".join(lazy_pinyin(name, style=Style.NORMAL, errors=lambda other: code(other).lower()))
    for one, other in NAMES_ALIKE:
        sound = sound.replace(one, other)
    return sound


def initials(name: str) -> str:
    """The first letters of a Chinese name's pinyin."""
    letters = lazy_pinyin(name, style=Style.FIRST_LETTER, errors=code)
    return "".join(letters).upper()


def phone_digits(written: str) -> str | None:
    """A Chinese phone number as it is dialled within the country: mobile, landline, 400 or 800; else none."""
    plain = unicodedata.normalize("NFKC", written)
    digits = re.sub(r"[\s\-()]", "", plain).removeprefix("+86").removeprefix("0086")
    if MOBILE.fullmatch(digits):
        return digits
    try:
        number = phonenumbers.parse(plain, COUNTRY)
    except phonenumbers.NumberParseException:
        return None
    if number.country_code != phonenumbers.country_code_for_region(COUNTRY):
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return re.sub(r"\D", "", national)
