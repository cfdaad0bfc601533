"""Words of the domain that actions need to know: titles of quick replies, labels, demands.

The action server is not sent the domain with every call, so the files are read once at start.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

DOMAIN_DIRECTORY = Path(__file__).resolve().parent.parent / "domain"

_CHOICE = "utter_choice_"
_DEMAND = "utter_value_demand_"
_LABEL = "utter_label_"
_NOT_SPOKEN = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Return the text as it is compared with titles: width folded, lower case, no spaces or punctuation."""
    return _NOT_SPOKEN.sub("", unicodedata.normalize("NFKC", text)).lower()


@dataclass(frozen=True)
class Wording:
    """The responses of the domain, looked up by what they are for."""

    responses: Mapping[str, tuple[str, ...]]
    choices: Mapping[str, str]
    demands: Mapping[str, str]
    labels: Mapping[str, tuple[str, ...]]

    @classmethod
    def from_responses(cls, responses: Mapping[str, tuple[str, ...]]) -> "Wording":
        """Index the texts of responses by the meaning that their names give them."""
        return cls(
            responses=responses,
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


def read_responses(directory: Path) -> dict[str, tuple[str, ...]]:
    """Return the texts of all responses in a folder of domain files."""
    yaml = YAML(typ="safe", pure=True)
    responses: dict[str, tuple[str, ...]] = {}
    for path in sorted(directory.glob("*.yml")):
        content = yaml.load(path.read_text(encoding="utf-8")) or {}
        for name, variations in (content.get("responses") or {}).items():
            responses[name] = tuple(variation["text"] for variation in variations if "text" in variation)
    return responses


@lru_cache(maxsize=1)
def domain_wording() -> Wording:
    """Return the wording of this project's domain, read once."""
    return Wording.from_responses(read_responses(DOMAIN_DIRECTORY))
