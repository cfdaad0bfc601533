"""What the backend answers to actions, as values; a shape that is not as agreed is an error (ValueError)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

Answer = TypeVar("Answer")


class ShapeError(ValueError):
    """An answer lacks what was agreed upon."""


def read(reader: Callable[[Mapping[str, Any]], Answer], answer: Any) -> Answer:
    """Read an answer.

    Raises:
        ShapeError: it is not as agreed.
    """
    try:
        return reader(answer)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise ShapeError(f"the backend's answer is not as agreed: {error!r}") from error


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


@dataclass(frozen=True)
class Promise:
    """What will have happened by when: within ``amount`` of ``unit``, e.g. 4 working_hours.

    ``counts_now`` is False while working time does not pass: outside of working hours.
    """

    clock_id: str
    what: str
    due_at: datetime
    amount: float
    unit: str
    counts_now: bool = True

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> "Promise":
        """Read it from JSON."""
        return cls(
            clock_id=str(data["clock_id"]),
            what=str(data["what"]),
            due_at=_moment(data["due_at"]),
            amount=float(data["amount"]),
            unit=str(data["unit"]),
            counts_now=bool(data["counts_now"]),
        )


@dataclass(frozen=True)
class FiledTicket:
    """What the backend answers to a filed ticket."""

    number: str
    kind: str
    stage: str
    promises: tuple[Promise, ...] = ()

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> "FiledTicket":
        """Read it from JSON."""
        return cls(
            number=str(data["number"]),
            kind=str(data["kind"]),
            stage=str(data["stage"]),
            promises=tuple(Promise.from_mapping(row) for row in data.get("promises") or []),
        )


@dataclass(frozen=True)
class Progress:
    """How a ticket stands, in words that may be told to its customer."""

    number: str
    title: str
    open: bool
    status: str
    next_step: str
    promise: Promise | None
    awaiting_customer: bool
    urged: int

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> "Progress":
        """Read it from JSON."""
        promise = data["promise"]
        return cls(
            number=str(data["number"]),
            title=str(data["title"]),
            open=bool(data["open"]),
            status=str(data["status"]),
            next_step=str(data["next_step"]),
            promise=Promise.from_mapping(promise) if promise else None,
            awaiting_customer=bool(data["awaiting_customer"]),
            urged=int(data["urged"]),
        )


def progress_list(data: Mapping[str, Any]) -> tuple[Progress, ...]:
    """Read tickets of one customer, newest first."""
    return tuple(Progress.from_mapping(row) for row in data["items"])


def first_progress(data: Mapping[str, Any]) -> Progress:
    """Read the first of the tickets of one customer, of which there must be one."""
    return Progress.from_mapping(data["items"][0])


@dataclass(frozen=True)
class OwnTickets:
    """What a conversation may be told unasked; ``phone`` is the caller's, if the network vouches for it."""

    phone: str | None = None
    tickets: tuple[Progress, ...] = ()

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> "OwnTickets":
        """Read it from JSON."""
        return cls(phone=data["phone"] or None, tickets=progress_list(data))


@dataclass(frozen=True)
class Duplicate:
    """An open ticket of the same matter; its number may be said only if ``may_be_told``."""

    number: str
    title: str
    may_be_told: bool


def duplicates(data: Mapping[str, Any]) -> tuple[Duplicate, ...]:
    """Read open tickets of the same matter, newest first."""
    return tuple(
        Duplicate(str(row["number"]), str(row["title"]), bool(row["may_be_told"])) for row in data["items"]
    )


@dataclass(frozen=True)
class Decision:
    """Where a warranty stands: ``sentence`` in writing, ``spoken`` for the ear; ``question`` ends both.

    ``fact`` is what the question asks for; None when state and fees are settled. ``family`` is None for a
    product that nobody knows.
    """

    state: str
    sentence: str
    spoken: str
    family: str | None
    fact: str | None
    question: str | None
    models_alike: tuple[str, ...] = ()

    def told(self, *, spoken: bool) -> str:
        """Return the sentence without the question."""
        return (self.spoken if spoken else self.sentence).removesuffix(self.question or "").strip()

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> "Decision":
        """Read it from JSON. The backend's sentence ends with the first question that settles anything."""
        asked = next((row for row in data["unknown"] if data["sentence"].endswith(row["question"])), None)
        return cls(
            state=str(data["state"]),
            sentence=str(data["sentence"]),
            spoken=str(data["spoken"]),
            family=data["family"] or None,
            fact=str(asked["fact"]) if asked else None,
            question=str(asked["question"]) if asked else None,
            models_alike=tuple(map(str, data.get("models_alike") or [])),
        )


@dataclass(frozen=True)
class RegisterAnswer:
    """What the register may tell: whether a purchase is known, and whether digits are needed to tell it."""

    known: bool
    needs_last4: bool
    models_alike: tuple[str, ...] = ()

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> "RegisterAnswer":
        """Read it from JSON; ``models_alike`` look or sound like a model that is not on record."""
        return cls(
            known=bool(data["sales"]),
            needs_last4=bool(data["needs_last4"]),
            models_alike=tuple(str(row["model"]) for row in data["models_alike"]),
        )


@dataclass(frozen=True)
class OpenQuote:
    """A quote that waits for the customer: its id, the service order's number, the sum in yuan."""

    id: str
    order: str
    total: str


def open_quotes(data: Mapping[str, Any]) -> tuple[OpenQuote, ...]:
    """Read the quotes of a conversation from JSON."""
    return tuple(
        OpenQuote(str(row["quote"]["id"]), str(row["order"]), str(row["quote"]["total"]))
        for row in data["items"]
    )
