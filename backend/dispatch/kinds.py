"""The words a service order is described with (R1-4.2, R3b-6, R10-4, R10-6.2). Pure."""

from enum import StrEnum


class OrderStage(StrEnum):
    """Where a service order stands."""

    OPENED = "opened"
    PLANNED = "planned"
    QUOTED = "quoted"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    DISPATCHED = "dispatched"
    DEPARTED = "departed"
    ARRIVED = "arrived"
    FIXED = "fixed"
    TAKEN_IN = "taken_in"
    RETURNED = "returned"
    SIGNED = "signed"
    REPORTED = "reported"
    AUDITED = "audited"
    CANCELLED = "cancelled"
    GUIDED = "guided_by_phone"

    @property
    def closed(self) -> bool:
        """Whether nothing more is done with it."""
        return self in {OrderStage.AUDITED, OrderStage.CANCELLED, OrderStage.GUIDED}


class Area(StrEnum):
    """What decides how soon somebody must be there (R3b-19)."""

    CITY = "city"
    SUBURB = "suburb"


class Answer(StrEnum):
    """What a customer says to a quote."""

    AGREED = "agreed"
    DECLINED = "declined"


class Way(StrEnum):
    """How a customer answered a quote, or signed."""

    BOT = "bot"
    CODE = "code"
    PHONE = "phone"
    PAPER = "paper"
    ON_SITE = "on_site"


class PictureKind(StrEnum):
    """What a picture of a service order shows."""

    WORK = "work"
    RECORD = "record"
    SIGNATURE = "signature"
