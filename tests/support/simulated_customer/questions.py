"""Which question of the bot a text asks: by the words of the domain, loaded so that it follows every change."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DOMAIN = Path(__file__).resolve().parents[3] / "domain"

PROMPTS = {
    "utter_two_readings": "which_kind",
    "utter_same_matter": "same_matter",
    "utter_which_ticket": "which_ticket",
    "utter_offer_person": "person_offered",
    "utter_misunderstood_first": "what_is_it",
    "utter_misunderstood_second": "what_is_it",
    "utter_note_taken": "what_is_it",
    "utter_other": "what_is_it",
    "utter_greet": "what_is_it",
    "utter_repeat": "what_is_it",
    "utter_consultation_which": "which_question",
    "utter_consultation_whether": "which_question",
    "utter_model_choice": "model_choice",
    "utter_withdrawal_wanted": "withdrawal",
    "utter_addition_wanted": "addition",
    "utter_anything_else": "anything_else",
    "utter_warranty_then": "anything_else",
    "utter_affirm": "anything_else",
}
"""Questions that are not for a slot, by response."""

_ASK = "utter_ask_"
_FORM = re.compile(r"^.+_form_")
_HOLE = re.compile(r"\\\{\w+\\\}")


@dataclass(frozen=True)
class Pattern:
    """Words of one question. `asks` is the slot, or a name of `PROMPTS`."""

    asks: str
    words: re.Pattern[str]


def asked_in(text: str) -> str | None:
    """What the last question of a text is about; None when nothing is asked."""
    found = [
        (match.end(), match.end() - match.start(), pattern.asks)
        for pattern in _patterns()
        for match in pattern.words.finditer(text)
    ]
    return max(found)[2] if found else None


@lru_cache(maxsize=1)
def _patterns() -> tuple[Pattern, ...]:
    return tuple(_read())


def _read() -> Iterator[Pattern]:
    for path in sorted(DOMAIN.glob("*.yml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        for name, variations in (content.get("responses") or {}).items():
            asks = _meaning(name)
            if asks:
                yield from (Pattern(asks, _compiled(each["text"])) for each in variations if "text" in each)


def _meaning(response: str) -> str | None:
    if response.startswith(_ASK):
        return _FORM.sub("", response.removeprefix(_ASK))
    return PROMPTS.get(response)


def _compiled(text: str) -> re.Pattern[str]:
    return re.compile(_HOLE.sub(r"[\\s\\S]{1,4000}?", re.escape(text.strip())))


ALSO = {"purchase_date": (("purchase_place", ("在哪", "什么店", "店铺", "平台", "哪家店", "什么地方")),)}
"""What a question for a slot may ask besides, and the words by which that is seen."""


def asked_besides(text: str, asked: str) -> tuple[str, ...]:
    """What else the last line of a text asks."""
    question = text.strip().splitlines()[-1]
    return tuple(slot for slot, words in ALSO.get(asked, ()) if any(word in question for word in words))


def titles(name: str) -> tuple[str, ...]:
    """The words of a response of the domain, such as the titles of a quick reply."""
    found: Mapping[str, Any] = _responses()
    return tuple(each["text"] for each in found[name])


@lru_cache(maxsize=1)
def _responses() -> Mapping[str, Any]:
    every: dict[str, Any] = {}
    for path in sorted(DOMAIN.glob("*.yml")):
        every |= (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("responses") or {}
    return every
