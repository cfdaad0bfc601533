"""Reads a policy file into a checked shape. A mistake is an error that names file, rule and field."""

import hashlib
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from backend.yaml_files import read_yaml

VERSION_CHARACTERS = 12
CLAUSE = r"^(R\d+[a-c]?(-|$)|law:)"
"""A source: a clause of the regulations (R10-6.1.3), or a law with its article (law:consumer-rights-24)."""

Shape = TypeVar("Shape", bound=BaseModel)


class PolicyError(Exception):
    """A policy file is wrong. The message names file, rule and field."""

    def __init__(self, file: str, rule: str, field: str, problem: str) -> None:
        super().__init__(f"{file}: rule {rule!r}, field {field!r}: {problem}")
        self.file, self.rule, self.field, self.problem = file, rule, field, problem


def version(directory: Path) -> str:
    """What identifies the policy in force: it changes with any change of any file."""
    digest = hashlib.sha256()
    for path in sorted(directory.glob("*.yml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:VERSION_CHARACTERS]


def content(path: Path, shape: type[Shape]) -> Shape:
    """The file's content in its shape.

    Raises:
        PolicyError: the file is missing, is no YAML, or does not have the shape.
    """
    document: Any = None
    try:
        document = read_yaml(path)
        return shape.model_validate(document)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PolicyError(path.name, "-", "-", str(error)) from error
    except ValidationError as error:
        raise _located(path.name, document, error) from error


def _located(file: str, document: Any, error: ValidationError) -> PolicyError:
    first = error.errors()[0]
    location = [str(part) for part in first["loc"]]
    field = location[-1] if location else "-"
    return PolicyError(file, _rule_at(document, location), field, f"{first['msg']} (at {'.'.join(location)})")


def _rule_at(document: Any, location: list[str]) -> str:
    """The rule at a location: an entry of a list by its id, an entry of a mapping of rules by its key."""
    if len(location) <= 1:
        return "-"
    section, place = document[location[0]], location[1]
    if isinstance(section, list):
        entry = section[int(place)]
        return str(entry.get("id", place)) if isinstance(entry, dict) else place
    return place if isinstance(section, dict) and isinstance(section.get(place), dict) else "-"
