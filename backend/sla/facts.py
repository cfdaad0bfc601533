"""What clocks ask of a ticket, as policy/sla.yml names it. What is not known is an empty text, or nothing."""

import math
from collections.abc import Mapping
from typing import Any

from backend.policy.clock_rules import FACTS
from backend.tickets.models import Ticket


def facts_of(ticket: Ticket) -> dict[str, Any]:
    """The facts for conditions, for tables of amounts, and for the calendar."""
    return {
        "kind": ticket.kind,
        "hazard": ticket.hazard,
        "severity": ticket.severity,
        "intake": ticket.intake,
        "stage": ticket.stage,
        "priority": ticket.priority,
        "reply_required": ticket.reply_required,
        "callback": ticket.callback_outcome or "",
        "department": ticket.department or "",
        "channel": ticket.channel,
        "area": _one_of("area", ticket.details),
        "service_class": _one_of("service_class", ticket.details),
        "distance_km": _kilometres(ticket.details),
    }


def _one_of(name: str, details: Mapping[str, Any]) -> str:
    value = details.get(name, "")
    return value if value in FACTS[name] else ""


def _kilometres(details: Mapping[str, Any]) -> float | None:
    """The distance that was told, if it is one: details are free text."""
    try:
        distance = float(details.get("distance_km", ""))
    except ValueError:
        return None
    return distance if math.isfinite(distance) and distance >= 0 else None
