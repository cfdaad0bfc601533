"""What a form finds out after a ticket was already filed of what it knew: the ticket takes it up."""

from typing import Any

from backend.tickets.cases import Acting, add_words, applied_to, locked, record
from backend.tickets.commands import CorrectFacts
from backend.tickets.kinds import Intake, Severity, Stage
from backend.tickets.models import Ticket
from backend.tickets.schemas import NewTicket

UNDECIDED = "handle"
"""The demand that stands where the customer named none."""

_CONTACT = {"customer_name": "name", "phone": "phone", "address": "address"}


async def complete(acting: Acting, number: str, request: NewTicket) -> Ticket:
    """Take up what the request knows and its ticket does not; what people put right stays.

    A ticket that is over, or was complete from the beginning, stays as it is. The same request again changes
    nothing.

    Raises:
        NotFoundError: there is no such ticket.
    """
    ticket = await locked(acting.uow, number)
    if Stage(ticket.stage).closed or ticket.intake != Intake.INCOMPLETE:
        return ticket
    facts = _news(ticket, request)
    if facts:
        command = CorrectFacts(version=ticket.version, **facts)
        await record(acting, ticket, await applied_to(acting, ticket, command))
    words = _new_words(ticket.description, request.description)
    if words:
        await add_words(acting, ticket, words)
    return ticket


def _news(ticket: Ticket, request: NewTicket) -> dict[str, Any]:
    """The facts that the request brings, as a correction."""
    untouched = Stage(ticket.stage) is Stage.RECORDED and ticket.assignee is None
    details = {
        name: value
        for name, value in request.details.items()
        if value != ticket.details.get(name) and (untouched or name not in ticket.details)
    }
    told: dict[str, Any] = {name: getattr(request.contact, told) for name, told in _CONTACT.items()}
    told["demand"] = request.demand
    facts = {
        name: value
        for name, value in told.items()
        if value and value != getattr(ticket, name) and (untouched or _open(getattr(ticket, name)))
    }
    if request.hazard and not ticket.hazard:
        facts |= {"hazard": True, "severity": Severity.GRAVE}
    return facts | ({"details": details} if details else {})


def _open(value: str | None) -> bool:
    return value is None or value == UNDECIDED


def _new_words(kept: str, told: str) -> str:
    """The lines that are not on the ticket yet."""
    return "\n".join(line for line in told.splitlines() if line.strip() and line not in kept)
