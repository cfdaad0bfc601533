"""What an order's work comes to: quoted before, or used on site."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from backend.clock import SHANGHAI
from backend.dispatch import fees
from backend.dispatch.commands import Fix, OrderCommand, PartAsked, Return, SendQuote
from backend.dispatch.fees import FeeLine, Job, Quoted, UnknownPriceError
from backend.dispatch.gates import PRICE
from backend.dispatch.models import PartUsed, ServiceOrder
from backend.dispatch.order_state import OrderState
from backend.errors import IllegalStepError
from backend.policy import Policy
from backend.unit_of_work import UnitOfWork


def fees_of(policy: Policy, state: OrderState, command: OrderCommand, now: datetime) -> Quoted | None:
    """The fees that a step quotes or bills; nothing when the step does neither or nobody pays.

    Raises:
        IllegalStepError: a part has no price.
    """
    if not isinstance(command, SendQuote | Fix | Return) or not state.pays_parts:
        return None
    nights = command.nights if isinstance(command, SendQuote) else state.nights
    job = Job(
        work=state.charged,
        family=state.family,
        discount=state.parts_discount,
        distance_km=state.distance_km,
        hours=command.hours or Decimal(0),
        nights=nights,
        parts=command.parts,
    )
    try:
        return fees.quoted(policy.fees.of(today(now).year), job)
    except UnknownPriceError as error:
        raise IllegalStepError(str(error), (PRICE,)) from error


def use_parts(uow: UnitOfWork, policy: Policy, order: ServiceOrder, parts: Sequence[PartAsked]) -> None:
    """Note the parts that went into the product, by the table's names."""
    table = policy.fees.of(today(uow.now).year)
    for part in parts:
        listed = table.part(order.family, part.name)
        uow.session.add(
            PartUsed(
                order_id=order.id,
                name=listed.name if listed is not None else part.name,
                quantity=part.quantity,
                unit_price=listed.price if listed is not None else part.unit_price,
                at=uow.now,
            )
        )


def valid_until(policy: Policy, now: datetime) -> datetime:
    """When a quote made now ends: with the last of its days (the first day does not count)."""
    last = today(now) + timedelta(days=policy.fees.valid_days)
    return datetime.combine(last, time.max, SHANGHAI)


def today(now: datetime) -> date:
    """The date where the customers are."""
    return now.astimezone(SHANGHAI).date()


def kept(line: FeeLine) -> dict[str, Any]:
    """A line as it is stored."""
    return {
        "kind": line.kind,
        "amount": str(line.amount),
        "name": line.name,
        "quantity": str(line.quantity),
        "unit_price": None if line.unit_price is None else str(line.unit_price),
    }
