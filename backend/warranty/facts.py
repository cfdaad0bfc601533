"""What is known when a warranty is asked about. Everything may be unknown, null. Pure."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from backend.policy.warranty import Exclusion
from backend.text import Text
from backend.warranty.spans import SpanField, sensible

Day = Annotated[date, AfterValidator(sensible)]
Name = Annotated[Text, Field(min_length=1, max_length=100)]


class Seller(StrEnum):
    """Who sold it (R10-3): we ourselves (3.1), or a dealer (3.2)."""

    OWN = "own"
    DEALER = "dealer"


class Proof(StrEnum):
    """What shows the purchase."""

    INVOICE = "invoice"
    ORDER = "order"
    RECEIPT = "receipt"
    PAYMENT = "payment"
    WARRANTY_CARD = "warranty_card"
    REGISTER = "register"
    NONE = "none"


class Cause(StrEnum):
    """Why it broke, as far as known (R10-4.1.1, R10-4.1.2)."""

    QUALITY = "quality"
    MISUSE = "misuse"
    TAMPERED = "tampered"
    FORCE_MAJEURE = "force_majeure"
    WEAR = "wear"


class Service(StrEnum):
    """What is asked for: advice by phone or a plan the user carries out (R10-4.2), or work on the product."""

    ADVICE = "advice"
    WORK = "work"


class _Fact(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Repair(_Fact):
    """A repair in the past or going on; dates are the days of handing in and of getting back."""

    handed_in: Day
    back: Day | None = None
    fixed: bool | None = None


class Contract(_Fact):
    """A maintenance contract (R3b-6 B)."""

    start: Day
    end: Day
    parts_free: bool = True


class Facts(_Fact):
    """Facts about one product of one customer. Dates may be a month or a year: `2025-03`, `2025`."""

    today: Day | None = Field(default=None, description="Decide as of this day; otherwise now")
    product: Name | None = Field(default=None, description="Family or any name of the product")
    model: Name | None = None
    model_on_record: bool | None = Field(
        default=None, description="Whether the register knows the model; null: nobody looked"
    )
    model_family: Name | None = Field(
        default=None, description="The family that the register has for the model"
    )
    sold_by: Seller | None = None
    remote: bool | None = Field(default=None, description="Bought online, by phone, by mail, from television")
    purchase_date: SpanField | None = None
    delivery_date: SpanField | None = None
    manufactured_on: SpanField | None = None
    exchanged_on: SpanField | None = Field(default=None, description="When a new one was given for it")
    proof: Proof | None = None
    gift: bool = False
    second_hand: bool = False
    first_sold_on: SpanField | None = Field(
        default=None, description="Of second-hand goods: when they were sold as new"
    )
    part: Name | None = Field(default=None, description="The part affected")
    cause: Cause | None = None
    safety_fault: bool | None = None
    mileage_km: Annotated[int, Field(ge=0, le=10_000_000)] | None = None
    failed_repairs: Annotated[int, Field(ge=0, le=1000)] | None = Field(
        default=None, description="Repairs after which it still did not work, as told"
    )
    repairs: tuple[Repair, ...] = Field(default=(), max_length=200)
    contract: Contract | None = None
    no_reason_exclusion: Exclusion | None = None
    intact: bool | None = Field(default=None, description="Complete and as good as new")
    service: Service | None = None

    def count_of_failed_repairs(self) -> int:
        """Repairs that did not help: as told, or as the list of repairs has it, whichever is more."""
        return max(self.failed_repairs or 0, sum(repair.fixed is False for repair in self.repairs))
