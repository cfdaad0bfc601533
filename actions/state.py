"""How the taking down stands: kept as plain data in the slot ``intake``."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
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
    ``pending`` a sentence of two readings, while the customer is asked which one is meant. ``wish`` is what
    is wanted of a ticket that exists, ``offered`` what the customer was given to choose from (entries of
    answers, or ticket numbers), ``tries`` how often something was looked up or asked in vain, ``facts`` what
    was told that no slot holds, ``related`` the open ticket of the same matter beside which this is filed.

    ``answered`` are the slots answered, in order, to go back by; ``read_back`` the one whose value was read
    back with the last question. ``outbursts`` counts angry messages. ``kept`` says that the customer gave up
    but wants what was told on record. ``warranty_told`` names the facts by which the warranty was told,
    ``models`` those near to the one that was named, ``model_checked`` the one that was looked up.
    ``draft`` is the number of the ticket under which what was told is kept already, ``warranty`` the sentence
    by which it was told, ``understood`` the mark of what the desk was last shown.
    ``spoke_at`` is when the customer last spoke, in seconds of the epoch. ``said`` counts how often each
    response was said in this conversation, so that it is said in another way the next time.
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
    wish: str | None = None
    offered: tuple[str, ...] = ()
    tries: int = 0
    facts: Mapping[str, str] = field(default_factory=dict)
    related: str | None = None
    answered: tuple[str, ...] = ()
    read_back: str | None = None
    outbursts: int = 0
    kept: bool = False
    warranty_told: str | None = None
    models: tuple[str, ...] = ()
    model_checked: str | None = None
    spoke_at: float = 0.0
    said: Mapping[str, int] = field(default_factory=dict)
    draft: str | None = None
    warranty: str | None = None
    understood: str = ""

    def next_run(self) -> "IntakeState":
        """Return the state in which another form starts."""
        return IntakeState(
            run=self.run + 1,
            apologies=self.apologies,
            openings=self.openings,
            waiting=self.waiting,
            filed=self.filed,
            spoke_at=self.spoke_at,
            said=self.said,
            understood=self.understood,
        )

    def but(self, **changes: Any) -> "IntakeState":
        """Return a copy with some fields changed."""
        return replace(self, **changes)

    @classmethod
    def from_slot(cls, data: Mapping[str, Any] | None) -> "IntakeState":
        """Read the state from its slot; an empty slot is a conversation in which nothing was taken down."""
        if not data:
            return cls()
        known = {each.name: each.default for each in fields(cls)}
        values = {name: value for name, value in data.items() if name in known}
        values["signals"] = Signals.from_mapping(values.get("signals"))
        lists = {name: tuple(value or ()) for name, value in values.items() if known[name] == ()}
        return cls(**{**values, **lists})

    def to_slot(self) -> dict[str, Any]:
        """Return the state as plain data."""
        return {each.name: _plain(getattr(self, each.name)) for each in fields(self)}


def _plain(value: Any) -> Any:
    if isinstance(value, Signals):
        return value.to_mapping()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return dict(value) if isinstance(value, Mapping) else value
