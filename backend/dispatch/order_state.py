"""The service order as its machine sees it, and what a step is judged by. Pure.

The fields of `OrderState` are named as the columns of `ServiceOrder`; see there for each.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from backend.dispatch.fees import Quoted
from backend.dispatch.kinds import Area, OrderStage, Way
from backend.policy import Policy
from backend.tickets.deeds import By
from backend.warranty.facts import Cause
from backend.warranty.outcome import ServiceClass


@dataclass(frozen=True, slots=True)
class OrderState:
    """All that decides which step may follow. Amounts in yuan, times aware."""

    number: str
    stage: OrderStage = OrderStage.OPENED
    family: str | None = None
    service_class: ServiceClass = ServiceClass.UNKNOWN
    parts_charged: bool = False
    parts_discount: int = 0
    dealer_sold: bool = False
    parts_urgent: bool = False
    region: str | None = None
    area: Area | None = None
    distance_km: Decimal | None = None

    cause: Cause | None = None
    plan: str | None = None
    planned_at: datetime | None = None
    open_quote: UUID | None = None
    quoted_total: Decimal | None = None
    agreed_total: Decimal | None = None
    confirmed_at: datetime | None = None
    fee_refused: bool = False
    waived_by: str | None = None
    dealer_told_at: datetime | None = None
    dealer_told_to: str | None = None

    technician_id: UUID | None = None
    visit_at: datetime | None = None
    dispatched_at: datetime | None = None
    departed_at: datetime | None = None
    arrived_at: datetime | None = None
    diagnosis: str | None = None
    work_done: str | None = None
    hours: Decimal | None = None
    nights: int = 0
    bill_total: Decimal = Decimal(0)
    card_entry: str | None = None
    receipt: str | None = None
    promised_on: date | None = None
    overdue_at: datetime | None = None
    receipt_voided: bool = False
    done_at: datetime | None = None

    sign_code_digest: str | None = None
    signed_at: datetime | None = None
    signed_how: Way | None = None
    signed_by: str | None = None
    opinion: str | None = None
    invoice: str | None = None
    report: str | None = None
    reported_at: datetime | None = None
    satisfied: bool | None = None
    audited_cost: Decimal | None = None
    audited_at: datetime | None = None
    record: str | None = None
    record_filed_at: datetime | None = None

    @property
    def charged(self) -> bool:
        """Whether the customer pays, unless the general manager waived it."""
        return self.waived_by is None and self.service_class is ServiceClass.CHARGED

    @property
    def pays_parts(self) -> bool:
        """Whether the customer pays for parts: charged work, or a contract without them (R3b-6 B)."""
        return self.charged or (self.waived_by is None and self.parts_charged)


@dataclass(frozen=True, slots=True)
class Warranty:
    """What the warranty decision says for the order, with what is kept of it."""

    service_class: ServiceClass
    parts_charged: bool = False
    parts_discount: int = 0
    dealer_sold: bool = False
    family: str | None = None
    kept: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Worker:
    """A technician who may be sent."""

    id: UUID
    name: str
    active: bool
    regions: frozenset[str]
    skills: frozenset[str]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a step is judged by, apart from the order.

    Attributes:
        warranty: the decision, when planning, or when the cause is known on site.
        worker: the technician named, when dispatching.
        pictures: whether the order has pictures of the signed record.
        quote_id: the quote that is sent; with `fees`, what it or the parts used come to.
        quote_valid: whether the quote that is answered still holds.
        code_digest: of the signing code the step brings; `new_code_digest`: of the one it sends.
    """

    by: By
    now: datetime
    policy: Policy
    warranty: Warranty | None = None
    worker: Worker | None = None
    pictures: bool = False
    quote_id: UUID | None = None
    fees: Quoted | None = None
    quote_valid: bool = True
    code_digest: str | None = None
    new_code_digest: str | None = None
