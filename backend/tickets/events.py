"""What a ticket tells the rest of the house.

All are published inside the transaction. Every change of a ticket publishes `TicketChanged`; those
that others count from or escalate by publish an event of their own before it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backend.tickets.kinds import Stage
from backend.tickets.models import Ticket
from backend.unit_of_work import Event


@dataclass(frozen=True, slots=True)
class TicketFiled(Event):
    """A new ticket exists."""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class TicketChanged(Event):
    """A ticket was moved on, corrected or added to."""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class StageChanged(Event):
    """A ticket went from one stage of R1-1.3 to another."""

    ticket: Ticket
    before: Stage
    after: Stage


@dataclass(frozen=True, slots=True)
class TicketReclassified(Event):
    """Kind, severity, hazard, subject or cause class are not what they were; only what changed is listed."""

    ticket: Ticket
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FactsPutRight(Event):
    """A person classified a ticket otherwise or corrected what was taken down; `by` is their user name."""

    ticket: Ticket
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    by: str


@dataclass(frozen=True, slots=True)
class AwaitingCustomer(Event):
    """We can do nothing until the customer answers; clocks pause."""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class CustomerAnswered(Event):
    """The customer whom we waited for has answered; clocks go on."""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class CalledBack(Event):
    """The customer was called back after a service, and said how it was (R1-4.3(6), R3b-22..25)."""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class ContactMade(Event):
    """A person reached the customer for the first time (R10-6.1.3)."""

    ticket: Ticket
