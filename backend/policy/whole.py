"""All that `policy/` says, as one frozen object."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from backend.policy.reading import CLAUSE, content, version
from backend.policy.routing import RoutingRule, read_routing


class _HazardFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    source: str = Field(pattern=CLAUSE)
    words: list[Annotated[str, Field(min_length=1)]] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Policy:
    """The regulations in force, with the version that is stamped on each ticket."""

    version: str
    routing: tuple[RoutingRule, ...]
    hazard_words: tuple[str, ...]

    def sounds_hazardous(self, text: str) -> bool:
        """Whether a text that nobody has understood yet names a danger (R7-4.4.5)."""
        return any(word in text for word in self.hazard_words)

    def route(self, ticket: Mapping[str, Any]) -> RoutingRule:
        """The first routing rule that holds for the ticket's facts; the last rule always holds."""
        return next(rule for rule in self.routing if rule.condition.execute({"ticket": dict(ticket)}) is True)

    def routing_rule(self, rule_id: str) -> RoutingRule:
        """The routing rule of that id."""
        return next(rule for rule in self.routing if rule.id == rule_id)


def load(directory: Path) -> Policy:
    """Read and check all policy files.

    Raises:
        PolicyError: a file is missing or malformed, or a condition does not compile or evaluate.
    """
    return Policy(
        version=version(directory),
        routing=read_routing(directory / "routing.yml"),
        hazard_words=tuple(content(directory / "hazards.yml", _HazardFile).words),
    )
