"""Words of the domain that actions need to know: titles of quick replies, labels, demands, what is said.

The action server is not sent the domain with every call, so the files are read once at start.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

DOMAIN_DIRECTORY = Path(__file__).resolve().parent.parent / "domain"

_CHOICE = "utter_choice_"
_DEMAND = "utter_value_demand_"
_LABEL = "utter_label_"
_MARKS = "utter_marks_"
_VAGUE_FAULT = "utter_words_vague_fault"
_VAGUE_PRODUCT = "utter_words_vague_product"
_HANDLED = "utter_words_handled_product"
_ROLE = "utter_words_role"
_ASKING_END = "utter_words_asking_end"
SPOKEN = "phone"
"""Channel of variations that are worded for the ear."""

LONGEST_MARKED = 40
"""Characters up to which a phrase that occurs in a message says what the message does."""

_NOT_SPOKEN = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Return the text as it is compared with titles: width folded, lower case, no spaces or punctuation."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return _NOT_SPOKEN.sub("", folded) or folded.strip()


@dataclass(frozen=True)
class Variation:
    """One way to say a response: its text, quick replies, and the channel it is meant for, if any."""

    text: str
    buttons: tuple[str, ...] = ()
    channel: str | None = None


@dataclass(frozen=True)
class Wording:
    """The responses of the domain, looked up by what they are for."""

    responses: Mapping[str, tuple[str, ...]]
    choices: Mapping[str, str]
    demands: Mapping[str, str]
    labels: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, tuple[str, ...]]
    variations: Mapping[str, tuple[Variation, ...]]

    @classmethod
    def from_variations(cls, variations: Mapping[str, tuple[Variation, ...]]) -> "Wording":
        """Index the texts of responses by the meaning that their names give them."""
        responses = {name: tuple(each.text for each in several) for name, several in variations.items()}
        return cls(
            variations=variations,
            responses=responses,
            phrases={
                name.removeprefix(_MARKS): tuple(plain(text) for text in texts)
                for name, texts in responses.items()
                if name.startswith(_MARKS)
            },
            choices=_titles(responses, _CHOICE),
            demands=_titles(responses, _DEMAND),
            labels={
                name.removeprefix(_LABEL): texts
                for name, texts in responses.items()
                if name.startswith(_LABEL)
            },
        )

    def choice(self, text: str) -> str | None:
        """Return which quick reply this text is word for word, if any (e.g. ``confirm``)."""
        return self.choices.get(plain(text))

    def demand(self, text: str) -> str | None:
        """Return the demand whose title this text is word for word, if any (e.g. ``exchange``)."""
        return self.demands.get(plain(text))

    def label(self, slot: str) -> str:
        """Return what the slot is called before the customer."""
        return self.labels[slot][0]

    def labelled_slots(self, text: str) -> list[str]:
        """Return the slots whose names occur in the text, the longest name first."""
        spoken = plain(text)
        found = [(len(name), slot) for slot, names in self.labels.items() for name in names if name in spoken]
        ordered = sorted(found, key=lambda hit: -hit[0])
        return list(dict.fromkeys(slot for _, slot in ordered))

    def marks(self, text: str) -> frozenset[str]:
        """Return what a short message points to by a phrase in it (e.g. ``back``)."""
        if len(text) > LONGEST_MARKED:
            return frozenset()
        said = plain(text)
        return frozenset(name for name, phrases in self.phrases.items() if any(p in said for p in phrases))

    def after_mark(self, name: str, text: str) -> str | None:
        """Return the words behind the last phrase of this kind in a text, if there are any."""
        ends = [text.rfind(phrase) + len(phrase) for phrase in self.phrases[name] if phrase in text]
        return text[max(ends) :].strip() or None if ends else None

    def is_vague(self, kind: str, words: str) -> bool:
        """Tell whether words say that something is wrong and not what, or name any thing there is."""
        response = {"fault": _VAGUE_FAULT, "product": _VAGUE_PRODUCT}.get(kind)
        return response is not None and plain(words) in {plain(text) for text in self.responses[response]}

    def is_handled(self, kind: str, words: str) -> bool:
        """Tell whether words name a product that another one washes, cooks or keeps."""
        return kind == "product" and plain(words) in {plain(text) for text in self.responses[_HANDLED]}

    def is_role(self, words: str) -> bool:
        """Tell whether words name what somebody does, and not who it is."""
        rest = plain(words)
        for name in sorted(self.responses[_ROLE], key=len, reverse=True):
            rest = rest.replace(name, "")
        return not rest

    def asks(self, text: str) -> bool:
        """Tell whether a text ends as questions do."""
        return text.rstrip().endswith(self.responses[_ASKING_END])

    def variation(self, response: str, turn: int, *, spoken: bool) -> Variation:
        """Return how a response is said for the ``turn``-th time: each of its variations in turn."""
        several = self.variations[response]
        heard = tuple(each for each in several if each.channel == SPOKEN) if spoken else ()
        read = tuple(each for each in several if each.channel is None)
        chosen = heard or read
        return chosen[turn % len(chosen)]

    def fill(self, response: str, **values: str | int) -> str:
        """Return the first text of a response with its variables filled in."""
        return self.responses[response][0].format(**values)

    def knows(self, response: str) -> bool:
        """Tell whether the domain has this response."""
        return response in self.responses


def _titles(responses: Mapping[str, tuple[str, ...]], prefix: str) -> dict[str, str]:
    return {
        plain(text): name.removeprefix(prefix)
        for name, texts in responses.items()
        if name.startswith(prefix)
        for text in texts
    }


def read_variations(directory: Path) -> dict[str, tuple[Variation, ...]]:
    """Return the variations of all responses in a folder of domain files."""
    yaml = YAML(typ="safe", pure=True)
    found: dict[str, tuple[Variation, ...]] = {}
    for path in sorted(directory.glob("*.yml")):
        content = yaml.load(path.read_text(encoding="utf-8")) or {}
        for name, several in (content.get("responses") or {}).items():
            found[name] = tuple(_variation(each) for each in several if "text" in each)
    return found


def _variation(each: Mapping[str, Any]) -> Variation:
    titles = tuple(str(button["title"]) for button in each.get("buttons") or [])
    return Variation(each["text"], titles, each.get("channel"))


@lru_cache(maxsize=1)
def domain_wording() -> Wording:
    """Return the wording of this project's domain, read once."""
    return Wording.from_variations(read_variations(DOMAIN_DIRECTORY))
