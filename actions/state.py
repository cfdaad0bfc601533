"""How the taking down stands: kept as plain data in the slot ``intake``."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from actions.turn import Signals

FULL = "full"
BRIEF = "brief"
HAZARD = "hazard"


@dataclass(frozen=True)
class IntakeState:
    """State of one run of a form, and what outlives it in the conversation.

    ``run`` numbers the forms of a conversation, so that a retried filing is recognised. ``asked`` and
    ``declined`` count per slot. ``stalls`` counts turns in a row that brought nothing, ``misses`` those among
    them that were not understood. ``told`` says that the matter itself has been told. ``waiting`` holds
    messages that open another matter, to be taken down next; ``filed`` the numbers of this conversation;
    ``pending`` a sentence of two readings, while the customer is asked which one is meant.
    """

    run: int = 0
    mode: str = FULL
    asked: Mapping[str, int] = field(default_factory=dict)
    declined: Mapping[str, int] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    stalls: int = 0
    misses: int = 0
    told: bool = False
    opening_words: str = ""
    secondary_kind: str | None = None
    questions: tuple[str, ...] = ()
    signals: Signals = field(default_factory=Signals)
    apologies: int = 0
    openings: Mapping[str, int] = field(default_factory=dict)
    waiting: tuple[Mapping[str, Any], ...] = ()
    filed: tuple[str, ...] = ()
    pending: Mapping[str, Any] | None = None

    def next_run(self) -> "IntakeState":
        """Return the state in which another form starts."""
        return IntakeState(
            run=self.run + 1,
            apologies=self.apologies,
            openings=self.openings,
            waiting=self.waiting,
            filed=self.filed,
        )

    def but(self, **changes: Any) -> "IntakeState":
        """Return a copy with some fields changed."""
        return replace(self, **changes)

    @classmethod
    def from_slot(cls, data: Mapping[str, Any] | None) -> "IntakeState":
        """Read the state from its slot; an empty slot is a conversation in which nothing was taken down."""
        if not data:
            return cls()
        fields = dict(data)
        fields["signals"] = Signals.from_mapping(fields.get("signals"))
        for name in ("left_out", "questions", "waiting", "filed"):
            fields[name] = tuple(fields.get(name) or ())
        return cls(**fields)

    def to_slot(self) -> dict[str, Any]:
        """Return the state as plain data."""
        return {
            "run": self.run,
            "mode": self.mode,
            "asked": dict(self.asked),
            "declined": dict(self.declined),
            "left_out": list(self.left_out),
            "stalls": self.stalls,
            "misses": self.misses,
            "told": self.told,
            "opening_words": self.opening_words,
            "secondary_kind": self.secondary_kind,
            "questions": list(self.questions),
            "signals": self.signals.to_mapping(),
            "apologies": self.apologies,
            "openings": dict(self.openings),
            "waiting": [dict(message) for message in self.waiting],
            "filed": list(self.filed),
            "pending": dict(self.pending) if self.pending else None,
        }
