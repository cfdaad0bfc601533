"""What a warranty decision consists of. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Parameter = date | int | str


class State(StrEnum):
    """Whether the warranty runs."""

    IN = "in"
    OUT = "out"
    UNKNOWN = "unknown"
    CONTRADICTORY = "contradictory"


class ServiceClass(StrEnum):
    """Who pays for work on the product (R3b-6 A, B, C; R1-4.1)."""

    CHARGED = "charged"
    CONTRACT = "contract"
    FREE = "free"
    UNKNOWN = "unknown"


class RemedyKind(StrEnum):
    """What the customer may demand."""

    RETURN = "return"
    EXCHANGE = "exchange"
    REPAIR = "repair"
    RETURN_NO_REASON = "return_no_reason"


class Bearer(StrEnum):
    """Who has to prove that a defect is one, or is none."""

    SELLER = "seller"
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why. `code` names its wording in policy/warranty_wording.yml, `parameters` fill it in."""

    code: str
    source: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remedy:
    """A remedy open today.

    `until` is the last day on which it is open for certain; None: no end. `if_quality`: it depends on the
    cause, which is not known yet. `charged` tells of a repair whether it costs; None: unknown.
    """

    remedy: RemedyKind
    until: date | None
    source: str
    if_quality: bool = False
    charged: bool | None = False


@dataclass(frozen=True, slots=True)
class Question:
    """A fact that is missing, and what knowing it would settle; its key names the wording."""

    fact: str
    settles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Facts that cannot all be true; `code` names the wording."""

    code: str
    facts: tuple[str, ...]
    parameters: Mapping[str, Parameter] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PartStanding:
    """A part whose warranty stands otherwise than that of the whole unit."""

    part: str
    name: str
    state: State
    until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Burden:
    """Who bears the burden of proof, the seller until when."""

    bearer: Bearer
    until: date
    source: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Where the warranty of one product stands on one day, and what follows.

    `called` is the product's name as the customer said it, else its family's.
    `until` is the last day under warranty, of the part affected if it is known. Where it is not known
    exactly, `until_between` has the first and last day it can be. `dealer_first`: the dealer who sold it is
    told before anybody is sent (R10-4.1.3).
    """

    state: State
    today: date
    reasons: tuple[Reason, ...]
    family: str | None = None
    family_name: str | None = None
    called: str | None = None
    part: str | None = None
    part_name: str | None = None
    until: date | None = None
    until_between: tuple[date, date] | None = None
    service_class: ServiceClass = ServiceClass.UNKNOWN
    remedies: tuple[Remedy, ...] = ()
    fees: tuple[Reason, ...] = ()
    burden_of_proof: Burden | None = None
    parts: tuple[PartStanding, ...] = ()
    unknown: tuple[Question, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    dealer_first: bool = False
