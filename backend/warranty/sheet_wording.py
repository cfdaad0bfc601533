"""What columns and cells of the register's files are called (data/register/sheets.yml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from backend.settings import PROJECT_ROOT
from backend.yaml_files import read_yaml

FILE = PROJECT_ROOT / "data" / "register" / "sheets.yml"


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Kind(_Shape):
    name: str
    columns: dict[str, list[str]]


class _File(_Shape):
    kinds: dict[str, _Kind]
    words: dict[str, dict[str, list[str]]]
    list_separators: str
    money_signs: str
    problems: dict[str, str]
    files: dict[str, str]


@dataclass(frozen=True, slots=True)
class SheetWording:
    """Names of columns by kind of file and field, words in cells by field and value, and what is said."""

    kinds: Mapping[str, str]
    columns: Mapping[str, Mapping[str, tuple[str, ...]]]
    words: Mapping[str, Mapping[str, tuple[str, ...]]]
    list_separators: str
    money_signs: str
    problems: Mapping[str, str]
    files: Mapping[str, str]

    def header(self, kind: str, field: str) -> str:
        """The name of a column as it is written."""
        return self.columns[kind][field][0]

    def word(self, field: str, value: object) -> str:
        """A value of a cell as it is written; the value itself where there is no word for it."""
        written = str(value).lower() if isinstance(value, bool) else str(value)
        return self.words[field].get(written, (written,))[0]


@cache
def sheet_wording(path: Path = FILE) -> SheetWording:
    """The wording, read once."""
    file = _File.model_validate(read_yaml(path))
    return SheetWording(
        kinds={kind: entry.name for kind, entry in file.kinds.items()},
        columns={
            kind: {field: tuple(names) for field, names in entry.columns.items()}
            for kind, entry in file.kinds.items()
        },
        words={
            field: {value: tuple(words) for value, words in values.items()}
            for field, values in file.words.items()
        },
        list_separators=file.list_separators,
        money_signs=file.money_signs,
        problems=file.problems,
        files=file.files,
    )
