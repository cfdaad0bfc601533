"""The warranty decision that a plan goes by, from the ticket, the register and what the planner knows."""

from typing import Any

from pydantic import ValidationError

from backend.clock import SHANGHAI
from backend.dispatch.commands import Diagnose, Plan
from backend.dispatch.order_state import Warranty
from backend.policy import Policy
from backend.tickets.kinds import SoldBy
from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork
from backend.warranty import asking
from backend.warranty.asking import Inquiry
from backend.warranty.facts import Seller
from backend.warranty.schemas import DecisionOut

TOLD = {"product": "product", "model": "model", "serial": "serial_number", "purchase_date": "purchase_date"}
"""Facts by the names of a ticket's details."""
KEPT = frozenset(
    {"state", "today", "family", "until", "service_class", "dealer_first", "sentence", "reasons"}
)
PARTS_EXTRA = "contract_without_parts"
DISCOUNT = "parts_discount"


async def found(uow: UnitOfWork, policy: Policy, ticket: Ticket, command: Plan | Diagnose) -> Warranty:
    """Where the warranty of the ticket's product stands today, and who pays (R10-6.2.2)."""
    inquiry = inquiry_of(ticket, command)
    today = uow.now.astimezone(SHANGHAI).date()
    sale = await asking.sold_unit(uow.session, inquiry)
    decision = await asking.answer(uow.session, inquiry, policy, today, sale=sale)
    return warranty_of(decision)


def warranty_of(decision: DecisionOut) -> Warranty:
    """What of a decision a service order goes by."""
    fees = {fee.code: fee for fee in decision.fees}
    percent = fees[DISCOUNT].parameters.get("percent", 0) if DISCOUNT in fees else 0
    return Warranty(
        service_class=decision.service_class,
        parts_charged=PARTS_EXTRA in fees,
        parts_discount=int(str(percent)),
        dealer_sold=decision.dealer_first,
        family=decision.family,
        kept=decision.model_dump(mode="json", include=set(KEPT)),
    )


def inquiry_of(ticket: Ticket, command: Plan | Diagnose) -> Inquiry:
    """What the ticket tells, as far as it makes sense: details are free text. The planner knows better."""
    told: dict[str, Any] = {
        fact: ticket.details[detail]
        for fact, detail in TOLD.items()
        if ticket.details.get(detail) and _sensible(fact, ticket.details[detail])
    }
    if ticket.sold_by is not None:
        told["sold_by"] = Seller.DEALER if ticket.sold_by == SoldBy.DEALER else Seller.OWN
    return Inquiry.model_validate(told | {"cause": command.cause, "part": command.part})


def _sensible(fact: str, value: Any) -> bool:
    try:
        Inquiry.model_validate({fact: value})
    except ValidationError:
        return False
    return True
