"""The steps of a service order as they are asked for: each a request with the facts that it may bring. Pure.

What is left out stays as it is on record; what is still missing then is said by `gates`.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from backend.dispatch.kinds import Answer, Way
from backend.text import Text
from backend.tickets.commands import Line, Words, Yuan
from backend.warranty.facts import Cause
from backend.warranty.outcome import ServiceClass

MAX_PARTS = 100
Kilometres = Annotated[Decimal, Field(ge=0, le=10_000, max_digits=7, decimal_places=2)]
Hours = Annotated[Decimal, Field(ge=0, le=1_000, max_digits=6, decimal_places=2)]
Name = Annotated[Text, Field(min_length=1, max_length=100)]


class OrderStep(StrEnum):
    """What can be done with a service order; policy/dispatch.yml says by whom."""

    PLAN = "plan"
    GUIDE = "guide"
    QUOTE = "quote"
    ANSWER = "answer"
    WAIVE = "waive"
    TELL_DEALER = "tell_dealer"
    DISPATCH = "dispatch"
    DEPART = "depart"
    ARRIVE = "arrive"
    DIAGNOSE = "diagnose"
    FIX = "fix"
    TAKE_IN = "take_in"
    RETURN = "return"
    SIGN = "sign"
    REPORT = "report"
    AUDIT = "audit"
    FILE_RECORD = "file_record"
    CANCEL = "cancel"


class PartAsked(BaseModel):
    """A part to be quoted, or used: one of the yearly table by its id, or another with its price."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Name = Field(description="Id of the family's part in policy/fees.yml, or any name with a price")
    quantity: int = Field(default=1, ge=1, le=1_000)
    unit_price: Yuan | None = None


Parts = Annotated[tuple[PartAsked, ...], Field(max_length=MAX_PARTS)]


class OrderCommand(BaseModel):
    """A step, by somebody who has seen the order at `version`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    step: ClassVar[OrderStep]

    version: int = Field(ge=1, description="The order's version that the caller has seen")
    note: Words | None = Field(default=None, description="Reason or remark, kept on the timeline")
    action_id: UUID | None = Field(default=None, description="The same action sent again is taken once")


class Plan(OrderCommand):
    """What is to be done, by whose cost: the warranty is looked up first (R10-6.2.2).

    `service_class` overrides what the warranty decision says, with a note.
    """

    step: ClassVar[OrderStep] = OrderStep.PLAN

    plan: Words | None = None
    cause: Cause | None = Field(default=None, description="Of the fault, as far as known (R10-4.1.2)")
    part: Name | None = Field(default=None, description="The part affected")
    service_class: ServiceClass | None = None
    region: Name | None = None
    distance_km: Kilometres | None = None
    parts_urgent: bool | None = None


class Guide(OrderCommand):
    """Solved by advice on the phone, without parts, free of charge (R10-4.2, R10-6.2.3)."""

    step: ClassVar[OrderStep] = OrderStep.GUIDE

    work_done: Words | None = Field(default=None, description="What the customer was told to do")


class SendQuote(OrderCommand):
    """The fees by the yearly table, told to the customer first (R10-4.2.1.5)."""

    step: ClassVar[OrderStep] = OrderStep.QUOTE

    hours: Hours = Decimal(1)
    nights: int = Field(default=0, ge=0, le=60)
    parts: Parts = ()


class AnswerQuote(OrderCommand):
    """What the customer said to the quote (R10-6.2.4)."""

    step: ClassVar[OrderStep] = OrderStep.ANSWER

    quote_id: UUID
    answer: Answer
    how: Way = Way.PHONE


class Waive(OrderCommand):
    """The general manager lets a customer be served who declined to pay (R10-6.2.4)."""

    step: ClassVar[OrderStep] = OrderStep.WAIVE


class TellDealer(OrderCommand):
    """The dealer who sold the product is told before anybody is sent (R10-3.2, R10-4.1.3)."""

    step: ClassVar[OrderStep] = OrderStep.TELL_DEALER

    told_to: Line | None = None


class Dispatch(OrderCommand):
    """A technician of the region is sent, at a time agreed with the customer (R1-4.2, R3b-8)."""

    step: ClassVar[OrderStep] = OrderStep.DISPATCH

    technician_id: UUID | None = None
    visit_at: AwareDatetime | None = None


class Depart(OrderCommand):
    """Before leaving, the customer is told the plan again; the technician takes the form (R10-6.2.5)."""

    step: ClassVar[OrderStep] = OrderStep.DEPART

    plan_told: bool | None = None
    departed_at: AwareDatetime | None = Field(default=None, description="Now, unless noted later")


class Arrive(OrderCommand):
    """On site."""

    step: ClassVar[OrderStep] = OrderStep.ARRIVE

    arrived_at: AwareDatetime | None = Field(default=None, description="Now, unless noted later")


class Diagnose(OrderCommand):
    """What is wrong, as seen on site; a cause that is known now decides anew who pays (R1-4.2, R10-4.1.2)."""

    step: ClassVar[OrderStep] = OrderStep.DIAGNOSE

    diagnosis: Words | None = None
    cause: Cause | None = None
    part: Name | None = Field(default=None, description="The part affected")


class _Worked(OrderCommand):
    work_done: Words | None = None
    hours: Hours | None = None
    parts: Parts = ()
    card_entry: Line | None = Field(default=None, description="On the warranty card (R1-4.2(6))")


class Fix(_Worked):
    """Repaired on site, the cause explained (R1-4.2(3))."""

    step: ClassVar[OrderStep] = OrderStep.FIX


class TakeIn(OrderCommand):
    """Taken away against a receipt, with a promised day (R1-4.2(4), R3b-11)."""

    step: ClassVar[OrderStep] = OrderStep.TAKE_IN

    receipt: Line | None = None
    promised_on: date | None = None


class Return(_Worked):
    """Repaired and handed back in writing, the receipt voided (R1-4.2(5), R3b-12, R3b-13)."""

    step: ClassVar[OrderStep] = OrderStep.RETURN

    receipt_voided: bool | None = None


class Sign(OrderCommand):
    """The customer signs: by the code that was sent, or on paper (R1-4.2(7), R10-6.2.6)."""

    step: ClassVar[OrderStep] = OrderStep.SIGN

    code: Name | None = None
    signed_by: Name | None = Field(default=None, description="Who signed by hand")
    opinion: Words | None = None


class Report(OrderCommand):
    """The written report, within three working days (R10-6.2.7)."""

    step: ClassVar[OrderStep] = OrderStep.REPORT

    report: Words | None = None
    invoice: Line | None = Field(default=None, description="Number, of charged work (R1-4.2(8))")


class Audit(OrderCommand):
    """Satisfaction confirmed and costs audited, within five working days (R10-6.2.7)."""

    step: ClassVar[OrderStep] = OrderStep.AUDIT

    satisfied: bool | None = None
    cost: Yuan | None = None


class FileRecord(OrderCommand):
    """The signed service record is filed: its pictures, or where it is kept (R3a-3)."""

    step: ClassVar[OrderStep] = OrderStep.FILE_RECORD

    record: Line | None = None


class Cancel(OrderCommand):
    """Nobody goes, with the reason."""

    step: ClassVar[OrderStep] = OrderStep.CANCEL


COMMANDS: tuple[type[OrderCommand], ...] = (
    Plan,
    Guide,
    SendQuote,
    AnswerQuote,
    Waive,
    TellDealer,
    Dispatch,
    Depart,
    Arrive,
    Diagnose,
    Fix,
    TakeIn,
    Return,
    Sign,
    Report,
    Audit,
    FileRecord,
    Cancel,
)
