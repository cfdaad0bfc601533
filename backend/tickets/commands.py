"""The steps as they are asked for: each a request with the facts that it may bring.

A fact that is left out stays as it is on record; what is still missing then is said by `gates`. So a request
is never refused by its shape alone when the workflow can say better what is lacking. Pure.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from backend.masking import is_masked
from backend.text import Text, TextMap
from backend.tickets.kinds import CauseClass, Grounds, Kind, Notice, Severity, SoldBy, Subject

MAX_FIELD = 2_000
MAX_WORDS = 20_000
MAX_LINKS = 200

Words = Annotated[Text, Field(min_length=1, max_length=MAX_WORDS)]
Line = Annotated[Text, Field(min_length=1, max_length=MAX_FIELD)]
CENT = Decimal("0.01")
Yuan = Annotated[
    Decimal,
    Field(ge=0, max_digits=12, decimal_places=2),
    AfterValidator(lambda amount: amount.quantize(CENT)),
]
"""An amount as it is stored, with its cents, so that what is answered is what is read again."""
Number = Annotated[str, Field(pattern="^[0-9]{11,20}$")]


def _unmasked(text: str) -> str:
    """Refuse a number or address as onlookers see it: it would overwrite the whole one."""
    if is_masked(text):
        raise ValueError("masked")
    return text


Unmasked = AfterValidator(_unmasked)


class Step(StrEnum):
    """What can be done to a ticket; policy/workflow.yml says by whom."""

    JUDGE = "judge"
    REJECT = "reject"
    SET_RESPONSIBILITY = "set_responsibility"
    INVESTIGATE = "investigate"
    PROPOSE = "propose"
    APPROVE = "approve"
    DECLINE = "decline"
    NOTIFY_CUSTOMER = "notify_customer"
    SETTLE = "settle"
    RECORD_CALLBACK = "record_callback"
    IMPROVE = "improve"
    VERIFY_IMPROVEMENT = "verify_improvement"
    CORRECT_FACTS = "correct_facts"
    ASSIGN = "assign"
    CONTACT = "contact"
    AWAIT_CUSTOMER = "await_customer"
    CUSTOMER_ANSWERED = "customer_answered"
    ADD_WORDS = "add_words"
    URGE = "urge"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    LINK = "link"
    UNLINK = "unlink"
    MERGE = "merge"
    UNMERGE = "unmerge"
    SPLIT = "split"


class Command(BaseModel):
    """A step, by somebody who has seen the ticket at `version`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    step: ClassVar[Step]

    version: int = Field(ge=1, description="The ticket's version that the caller has seen")
    note: Words | None = Field(default=None, description="Reason or remark, kept on the timeline")


class Judge(Command):
    """(2) Its class, whether the grounds suffice, whether the demand is reasonable."""

    step: ClassVar[Step] = Step.JUDGE

    kind: Kind | None = None
    secondary_kind: Kind | None = None
    severity: Severity | None = None
    hazard: bool | None = None
    subject: Subject | None = None
    sold_by: SoldBy | None = None
    grounds: Grounds | None = None
    demand_reasonable: bool | None = None
    claim_amount: Yuan | None = None


class Reject(Command):
    """It does not stand: with reason and evidence, and a tactful reply to the customer (R3a-4.2)."""

    step: ClassVar[Step] = Step.REJECT

    rejection_reason: Line | None = None
    rejection_evidence: Line | None = None
    how: Notice | None = None
    text: Words | None = Field(default=None, description="The reply, or what was said on the phone")


class SetResponsibility(Command):
    """(3) Department, by policy unless named with a reason, and the person who answers for it."""

    step: ClassVar[Step] = Step.SET_RESPONSIBILITY

    department: Line | None = None
    responsible_person: Line | None = None
    direct_cause: Line | None = None
    unsolved_cause: Line | None = None
    supplier: Line | None = None


class Investigate(Command):
    """(4) Cause class, findings, who caused it and who left it unsolved."""

    step: ClassVar[Step] = Step.INVESTIGATE

    cause_class: CauseClass | None = None
    findings: Words | None = None
    direct_cause: Line | None = None
    unsolved_cause: Line | None = None
    supplier: Line | None = None
    quality_disputed: bool | None = None
    inspection_body: Line | None = None


class Propose(Command):
    """(5) A solution against the customer's demand, what it costs, and how much of that is goodwill."""

    step: ClassVar[Step] = Step.PROPOSE

    solution: Words | None = None
    solution_amount: Yuan | None = None
    concession: Yuan | None = None
    compensate_first: bool | None = None


class Approve(Command):
    """The proposed solution may be told to the customer."""

    step: ClassVar[Step] = Step.APPROVE


class Decline(Command):
    """The proposed solution is to be worked out again; the note says why."""

    step: ClassVar[Step] = Step.DECLINE


class NotifyCustomer(Command):
    """(6) The customer is told of the approved solution."""

    step: ClassVar[Step] = Step.NOTIFY_CUSTOMER

    how: Notice | None = None
    text: Words | None = Field(default=None, description="What is written, or was said on the phone")


class Settle(Command):
    """Carried out, and what the customer said to it; not accepted leads back to the solution."""

    step: ClassVar[Step] = Step.SETTLE

    customer_accepted: bool | None = None
    carried_out: Words | None = None
    reaction: Words | None = None


class Improve(Command):
    """(8) What is put right and what prevents a repeat, by whom and until when."""

    step: ClassVar[Step] = Step.IMPROVE

    corrective_action: Words | None = None
    preventive_action: Words | None = None
    action_owner: Line | None = None
    action_due: date | None = None
    same_cause_as: list[Number] = Field(default_factory=list, max_length=MAX_LINKS)


class VerifyImprovement(Command):
    """The improvement was checked; the note says how."""

    step: ClassVar[Step] = Step.VERIFY_IMPROVEMENT


class CorrectFacts(Command):
    """What was taken down wrongly or not at all. An explicit null clears a fact that may be unknown."""

    step: ClassVar[Step] = Step.CORRECT_FACTS

    kind: Kind | None = None
    secondary_kind: Kind | None = None
    severity: Severity | None = None
    hazard: bool | None = None
    demand: Line | None = None
    details: dict[Line, Line | None] = Field(default_factory=dict, max_length=40)
    customer_name: Line | None = None
    phone: Annotated[Text, Field(min_length=1, max_length=40), Unmasked] | None = None
    address: Annotated[Line, Unmasked] | None = None
    subject: Subject | None = None
    sold_by: SoldBy | None = None
    claim_amount: Yuan | None = None


class Assign(Command):
    """Somebody at the desk sees to it (R3b-28)."""

    step: ClassVar[Step] = Step.ASSIGN

    assignee: Line | None = Field(default=None, description="User name")


class NoteContact(Command):
    """A person reached the customer."""

    step: ClassVar[Step] = Step.CONTACT


class AwaitCustomer(Command):
    """Nothing can be done until the customer answers; the note says what was asked."""

    step: ClassVar[Step] = Step.AWAIT_CUSTOMER


class NoteAnswer(Command):
    """The customer whom we waited for has answered."""

    step: ClassVar[Step] = Step.CUSTOMER_ANSWERED


class AddWords(Command):
    """Something is added to what the customer said."""

    step: ClassVar[Step] = Step.ADD_WORDS

    text: Words | None = None


class Urge(Command):
    """The customer asks to hurry."""

    step: ClassVar[Step] = Step.URGE


class Withdraw(Command):
    """The customer takes it back, or it was filed by mistake; the note says why."""

    step: ClassVar[Step] = Step.WITHDRAW


class Reopen(Command):
    """It was not over after all; the note says why."""

    step: ClassVar[Step] = Step.REOPEN


class Merge(Command):
    """It is the same matter as another ticket, which carries it on. This one's timeline stays."""

    step: ClassVar[Step] = Step.MERGE

    other: Number | None = None


class Unmerge(Command):
    """It was merged by mistake and goes on where it stood."""

    step: ClassVar[Step] = Step.UNMERGE


class Split(Command):
    """A second matter in it becomes a ticket of its own."""

    step: ClassVar[Step] = Step.SPLIT

    kind: Kind | None = None
    description: Words | None = None
    demand: Line | None = None
    severity: Severity = Severity.MINOR
    hazard: bool = False
    details: TextMap = Field(default_factory=dict, max_length=40)
