"""When clocks would have started, by what a ticket's timeline has on record (invariant 6). Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Protocol

from backend.policy.clock_rules import ClockRule
from backend.sla.deadlines import Pause
from backend.tickets.kinds import Stage

RECORDED_TIMES = MappingProxyType(
    {"approved_at": "approved", "notified_at": "customer_told", "callback_at": "callback_done"}
)
"""Times that a ticket keeps, and what they are to clocks."""
SERVICE_VERBS = MappingProxyType(
    {
        "arrived": "arrived",
        "fee_confirmed": "fee_confirmed",
        "fee_waived": "fee_confirmed",
        "signed": "service_done",
        "guided_by_phone": "advised",
        "reported": "report_written",
        "audited": "audit_done",
        "record_filed": "record_filed",
        "human_promised": "human_promised",
        "taken_over": "handed_over",
    }
)
"""What service orders and conversations note on a ticket's timeline, and what it is to clocks."""
FEES_VOID = frozenset({"order_planned", "quote_sent"})
"""After these a fee that was agreed to must be agreed to anew."""

MERGED, UNMERGED = "merged", "unmerged"


class Entry(Protocol):
    """What is read of a timeline entry."""

    @property
    def verb(self) -> str:
        """What was done."""
        ...

    @property
    def at(self) -> datetime:
        """When."""
        ...

    @property
    def after(self) -> Mapping[str, Any] | None:
        """What it made of the ticket."""
        ...


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that clocks count from or end with."""

    trigger: str
    at: datetime


def moments(timeline: Iterable[Entry]) -> list[Moment]:
    """What happened to a ticket, in order; a merger that was undone never was."""
    found: list[tuple[str, Moment]] = []
    for entry in timeline:
        if entry.verb == UNMERGED:
            found = [(verb, moment) for verb, moment in found if verb != MERGED]
        elif entry.verb in FEES_VOID and "order_stage" in (entry.after or {}):
            found = [(verb, moment) for verb, moment in found if moment.trigger != "fee_confirmed"]
        else:
            found += [(entry.verb, moment) for moment in _of(entry)]
    return [moment for _, moment in found]


def _of(entry: Entry) -> Iterator[Moment]:
    after = entry.after or {}
    if entry.verb == "filed":
        yield Moment("filed", entry.at)
    elif "stage" in after:
        yield Moment(f"stage:{after['stage']}", entry.at)
        if Stage(after["stage"]).closed:
            yield Moment("closed", entry.at)
    if after.get("first_contact_at"):
        yield Moment("contact", entry.at)
    for name, trigger in RECORDED_TIMES.items():
        if after.get(name):
            yield Moment(trigger, datetime.fromisoformat(after[name]))
    if entry.verb in SERVICE_VERBS:
        noted = after.get("arrived_at") if entry.verb == "arrived" else None
        yield Moment(SERVICE_VERBS[entry.verb], datetime.fromisoformat(noted) if noted else entry.at)
    if entry.verb == "escalated" and after.get("called"):
        yield Moment(f"escalated:{after['called']}", entry.at)
    if entry.verb == "acknowledged":
        yield Moment("acknowledged", entry.at)


def beginning(rule: ClockRule, happened: Iterable[Moment]) -> datetime | None:
    """Since when the clock would be running now; nothing if nothing started it, or it is over."""
    since = None
    for moment in happened:
        if moment.trigger in rule.stops:
            since = None
        elif moment.trigger in rule.starts and since is None:
            since = moment.at
    return since


def waits(timeline: Iterable[Entry], since: datetime) -> list[Pause]:
    """From then on, when we waited for the customer and the customer answered."""
    found, begun = [], None
    for entry in timeline:
        changed = entry.after or {}
        if "awaiting_customer_since" not in changed:
            continue
        if changed["awaiting_customer_since"] is not None:
            begun = entry.at
        elif begun is not None:
            if entry.at > since:
                found.append(Pause(max(begun, since), entry.at))
            begun = None
    return found
