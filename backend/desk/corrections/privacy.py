"""Takes personal data out of what a customer said. Pure but for reading its patterns once.

Kept examples are seen by whoever trains the model (PIPL art. 6: no more than the purpose needs), so names,
numbers and addresses become placeholders that training ignores.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict

from backend.masking import phones_in
from backend.settings import PROJECT_ROOT
from backend.yaml_files import read_yaml

FILE = PROJECT_ROOT / "data" / "corrections" / "private.yml"
NAME, NUMBER, PHONE_NUMBER, ADDRESS, MAIL = "[name]", "[number]", "[phone]", "[address]", "[mail]"
DIGITS = re.compile(r"(?<![A-Za-z0-9-])[0-9０-９]{6,}[Xx]?(?![A-Za-z0-9])")
ADDRESSES_OF_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
SHORTEST_PART = 4
"""Characters of an address that are looked for also without what surrounds them."""

PRIVATE_FIELDS = frozenset({"customer_name", "name", "phone", "address", "contact_name", "contact_phone"})


class _Pattern(BaseModel):
    model_config = ConfigDict(extra="forbid")

    placeholder: str
    expression: str


class _Private(BaseModel):
    model_config = ConfigDict(extra="forbid")

    titles: list[str]
    patterns: list[_Pattern]


def without_personal_data(text: str, known: Iterable[tuple[str, str | None]] = ()) -> str:
    """The text with names, numbers and addresses replaced.

    Args:
        text: the customer's words.
        known: placeholders with what is on record of this customer, such as `("[name]", "...")`.
    """
    for placeholder, value in known:
        for form in _forms(placeholder, value):
            text = text.replace(form, placeholder)
    text = ADDRESSES_OF_MAIL.sub(MAIL, text)
    for found in reversed(list(phones_in(text))):
        text = text[: found.start()] + PHONE_NUMBER + text[found.end() :]
    for pattern, placeholder in _patterns():
        text = pattern.sub(rf"\g<keep>{placeholder}", text)
    return DIGITS.sub(NUMBER, text)


def plain_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts without those that name a person, and with the others' words cleaned."""
    kept: dict[str, Any] = {}
    for name, value in facts.items():
        if name in PRIVATE_FIELDS:
            continue
        if isinstance(value, Mapping):
            kept[name] = plain_facts(value)
        else:
            kept[name] = without_personal_data(value) if isinstance(value, str) else value
    return kept


def _forms(placeholder: str, value: str | None) -> list[str]:
    """How something on record may stand in a text, longest first."""
    if not value or len(value.strip()) < (2 if placeholder == NAME else SHORTEST_PART):
        return []
    whole = value.strip()
    forms = {whole}
    if placeholder == NAME:
        forms |= {whole.removesuffix(title) for title in _private().titles} - {""}
        forms = {form for form in forms if len(form) > 1}
    if placeholder == ADDRESS:
        forms |= {whole[start:] for start in range(1, len(whole) - SHORTEST_PART)}
        forms |= {whole[:end] for end in range(SHORTEST_PART, len(whole))}
    return sorted(forms, key=len, reverse=True)


@cache
def _private() -> _Private:
    return _Private.model_validate(read_yaml(FILE))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(one.expression), one.placeholder) for one in _private().patterns)
