"""What a ticket of a kind needs to be complete: read from `policy/workflow.yml` (R10-6.1.5)."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

POLICY_FILE = Path(__file__).resolve().parent.parent / "policy" / "workflow.yml"

Needs = tuple[tuple[str, ...], ...]
"""Of each group, one fact is enough."""


@lru_cache(maxsize=1)
def needs_by_kind() -> Mapping[str, Needs]:
    """Return the facts that a ticket of each kind needs; read once."""
    table = YAML(typ="safe").load(POLICY_FILE.read_text(encoding="utf-8"))["intake"]["required"]
    return {kind: tuple(_group(need) for need in needs) for kind, needs in table.items()}


def _group(need: str | list[str]) -> tuple[str, ...]:
    return (need,) if isinstance(need, str) else tuple(need)


def lacking(kind: str, facts: Mapping[str, str | None]) -> Needs:
    """Return what is still unknown of what a ticket of this kind needs."""
    return tuple(group for group in needs_by_kind()[kind] if not any(facts.get(name) for name in group))
