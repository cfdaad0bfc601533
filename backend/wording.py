"""The sentences that the backend itself says, read from `domain/_system.yml`.

The file is also part of the bot's domain, so that all wording has one home.
"""

from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from backend.yaml_files import read_yaml

PREFIX = "utter_system_"
MALFORMED = (AttributeError, KeyError, TypeError, IndexError, ValueError)


class WordingError(Exception):
    """The wording file is missing, malformed, or lacks a sentence."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, with the short answers that may be tapped."""

    text: str
    quick_replies: tuple[str, ...] = ()


class Wording:
    """Sentences by name, without their common prefix."""

    def __init__(self, sentences: dict[str, Sentence]) -> None:
        self._sentences = MappingProxyType(dict(sentences))

    @classmethod
    def load(cls, path: Path) -> "Wording":
        """Read a domain file's `responses`.

        Raises:
            WordingError: the file cannot be read or has no responses.
        """
        try:
            document: Any = read_yaml(path)
            responses = document["responses"]
            sentences = {
                name.removeprefix(PREFIX): _sentence(variants[0])
                for name, variants in responses.items()
                if name.startswith(PREFIX)
            }
        except (OSError, UnicodeDecodeError, yaml.YAMLError, *MALFORMED) as error:
            raise WordingError(f"{path}: {error}") from error
        return cls(sentences)

    def say(self, name: str, /, **values: object) -> str:
        """The sentence of that name with its placeholders filled.

        Raises:
            WordingError: no such sentence, or a placeholder without a value.
        """
        try:
            return self._sentences[name].text.format_map(values)
        except KeyError as error:
            raise WordingError(f"{PREFIX}{name}: {error} is missing") from error

    def quick_replies(self, name: str) -> list[str]:
        """The short answers that go with the sentence of that name.

        Raises:
            WordingError: no such sentence.
        """
        if name not in self._sentences:
            raise WordingError(f"{PREFIX}{name} is missing")
        return list(self._sentences[name].quick_replies)


def _sentence(variant: dict[str, Any]) -> Sentence:
    text, buttons = variant["text"], variant.get("buttons") or []
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f"{text!r} is no sentence")
    return Sentence(text.strip(), tuple(str(button["title"]) for button in buttons))
