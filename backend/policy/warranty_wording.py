"""What is said about a warranty decision (policy/warranty_wording.yml)."""

import string
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, RootModel

from backend.policy.reading import PolicyError, content

Text = Annotated[str, Field(min_length=1)]


class _Phrase(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: Text
    spoken: Text


class _WordingFile(RootModel[dict[str, dict[str, Text | _Phrase]]]):
    """Phrases by section and name."""


@dataclass(frozen=True, slots=True)
class WarrantyWording:
    """Phrases by section and name; each as it is written and as it is spoken."""

    written: Mapping[tuple[str, str], str]
    spoken: Mapping[tuple[str, str], str]

    def has(self, section: str, name: str) -> bool:
        """Whether there is such a phrase."""
        return (section, name) in self.written

    def phrase(self, section: str, name: str, /, *, aloud: bool = False, **values: object) -> str:
        """The phrase with its placeholders filled.

        Raises:
            KeyError: there is no such phrase, or a placeholder has no value.
        """
        phrases = self.spoken if aloud else self.written
        return phrases[section, name].format_map(values)


def read_warranty_wording(path: Path) -> WarrantyWording:
    """The phrases.

    Raises:
        PolicyError: the file is wrong, or a phrase has a malformed placeholder.
    """
    written: dict[tuple[str, str], str] = {}
    spoken: dict[tuple[str, str], str] = {}
    for section, phrases in content(path, _WordingFile).root.items():
        for name, phrase in phrases.items():
            whole = phrase if isinstance(phrase, _Phrase) else _Phrase(text=phrase, spoken=phrase)
            written[section, name], spoken[section, name] = whole.text, whole.spoken
            for text in (whole.text, whole.spoken):
                _require_format(path.name, section, name, text)
    return WarrantyWording(written, spoken)


def _require_format(file: str, section: str, name: str, text: str) -> None:
    try:
        fields = [field for _, field, _, _ in string.Formatter().parse(text) if field is not None]
    except ValueError as error:
        raise PolicyError(file, section, name, str(error)) from error
    for field in fields:
        if not field.isidentifier():
            raise PolicyError(file, section, name, f"{{{field}}} is no placeholder")
