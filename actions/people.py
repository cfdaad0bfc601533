"""Who is there for customers now, and what a person who hands a conversation back says."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

CUSTOMER_ASKED = "customer_asked"
BOT_UNSURE = "bot_unsure"
ABUSE = "abuse"
HAZARD = "hazard"
RULE = "rule"
"""Why a person is wanted, in the words of `backend/handover/kinds.py`."""

HAND_BACK = "hand_back"
"""Intent and metadata with which the backend lets the bot go on; without the metadata it is mere text."""


@dataclass(frozen=True)
class People:
    """Whether somebody should be there, and how many are; the backend says so with every message."""

    open: bool
    online: int

    @property
    def there(self) -> bool:
        """Tell whether somebody can take over at once."""
        return self.open and self.online > 0

    @classmethod
    def from_metadata(cls, data: Any) -> "People | None":
        """Read it from metadata; None where nobody said so."""
        if not isinstance(data, Mapping):
            return None
        return cls(open=bool(data.get("open")), online=int(data.get("online") or 0))

    def to_mapping(self) -> dict[str, Any]:
        """Return plain data from which it can be read again."""
        return asdict(self)


@dataclass(frozen=True)
class HandedBack:
    """What a person leaves to the bot: ``facts`` by slot as they are now; None takes one back."""

    facts: Mapping[str, str | None] = field(default_factory=dict)

    @classmethod
    def from_metadata(cls, data: Any) -> "HandedBack | None":
        """Read it from metadata; None where nobody handed anything back."""
        if not isinstance(data, Mapping):
            return None
        facts = data.get("facts")
        told = facts.items() if isinstance(facts, Mapping) else ()
        return cls({str(slot): str(value) if value is not None else None for slot, value in told})
