"""The wording of the clauses that rules cite (policy/clauses.yml): why something was done, for people."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from backend.policy.reading import CLAUSE, PolicyError, content


class _ClausesFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    clauses: dict[Annotated[str, Field(pattern=CLAUSE)], Annotated[str, Field(min_length=1)]] = Field(
        min_length=1
    )


def read_clauses(path: Path) -> Mapping[str, str]:
    """Each clause's short wording by its id.

    Raises:
        PolicyError: the file is wrong.
    """
    return MappingProxyType(content(path, _ClausesFile).clauses)


def require_clause(clauses: Mapping[str, str], file: str, rule: str, source: str) -> None:
    """Refuse a source that leads nowhere.

    Raises:
        PolicyError: the clause has no wording.
    """
    if source not in clauses:
        raise PolicyError(file, rule, "source", f"{source} is not among the clauses of clauses.yml")
