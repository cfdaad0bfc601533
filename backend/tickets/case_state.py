"""The case as the workflow sees it, and what a step is judged by. Pure.

The fields of `CaseState` are named as the columns of `Ticket`, so that loading and storing need no table.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from backend.policy import Policy
from backend.tickets.deeds import By
from backend.tickets.kinds import (
    CallbackOutcome,
    CauseClass,
    Grounds,
    Intake,
    Kind,
    Level,
    Notice,
    ReplyRequired,
    Severity,
    SoldBy,
    Stage,
    Subject,
)


@dataclass(frozen=True, slots=True)
class CaseState:
    """All that decides which step may follow. Amounts in yuan, times aware; see `Ticket` for each field."""

    number: str
    kind: Kind
    stage: Stage = Stage.RECORDED
    secondary_kind: Kind | None = None
    severity: Severity = Severity.MINOR
    hazard: bool = False
    intake: Intake = Intake.COMPLETE
    description: str = ""
    demand: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    customer_name: str | None = None
    phone: str | None = None
    address: str | None = None
    department: str | None = None
    routing_rule: str | None = None

    assignee: str | None = None
    reply_required: ReplyRequired = ReplyRequired.NONE
    emergency_open: bool = False
    repeats: int = 0
    urged: int = 0
    reopened: int = 0
    first_contact_at: datetime | None = None
    awaiting_customer_since: datetime | None = None

    subject: Subject | None = None
    sold_by: SoldBy | None = None
    grounds: Grounds | None = None
    demand_reasonable: bool | None = None
    claim_amount: Decimal | None = None
    rejection_reason: str | None = None
    rejection_evidence: str | None = None

    responsible_person: str | None = None
    direct_cause: str | None = None
    unsolved_cause: str | None = None
    supplier: str | None = None

    cause_class: CauseClass | None = None
    findings: str | None = None
    quality_disputed: bool = False
    inspection_body: str | None = None

    solution: str | None = None
    solution_amount: Decimal | None = None
    concession: Decimal | None = None
    compensate_first: bool = False
    proposed_by: str | None = None
    approved_by: str | None = None
    approval_level: Level | None = None
    approved_at: datetime | None = None

    notified_at: datetime | None = None
    notified_how: Notice | None = None
    notice_id: UUID | None = None
    carried_out: str | None = None
    settled_at: datetime | None = None
    customer_accepted: bool | None = None
    reaction: str | None = None

    callback_attempts: int = 0
    callback_at: datetime | None = None
    callback_outcome: CallbackOutcome | None = None
    rated_attitude: int | None = None
    rated_skill: int | None = None
    rated_arrival: int | None = None
    rated_promises: int | None = None
    customer_suggestion: str | None = None

    corrective_action: str | None = None
    preventive_action: str | None = None
    action_owner: str | None = None
    action_due: date | None = None
    action_verified_at: datetime | None = None

    merged_into: str | None = None
    stage_before_merge: Stage | None = None

    @property
    def cost(self) -> Decimal:
        """What the proposed solution costs, goodwill included."""
        return self.solution_amount or Decimal(0)

    @property
    def goodwill(self) -> Decimal:
        """The part of the cost that is granted without being owed (R8-3)."""
        return self.concession or Decimal(0)

    def facts(self) -> dict[str, Any]:
        """What conditions of the policy may ask about; empty text for what is not known yet."""
        return {
            "kind": self.kind.value,
            "hazard": self.hazard,
            "severity": self.severity.value,
            "intake": self.intake.value,
            "subject": self.subject or "",
            "cause_class": self.cause_class or "",
            "sold_by": self.sold_by or "",
            "supplier_part": self.supplier is not None,
        }


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a step is judged by, apart from the case.

    Attributes:
        granted_this_month: goodwill that other tickets were granted since the month began, in yuan (R8-3).
        notice_id: the message that tells the customer, if the step sends one.
    """

    by: By
    now: datetime
    policy: Policy
    granted_this_month: Decimal = Decimal(0)
    notice_id: UUID | None = None
