"""The words a ticket is described with (DESIGN, table of words; R1-1.1, R1-1.3, R3b-26)."""

from enum import StrEnum


class Kind(StrEnum):
    """What the customer wants of us. The first three are the kinds of R1-1.1."""

    QUALITY_COMPLAINT = "quality_complaint"
    SERVICE_COMPLAINT = "service_complaint"
    SUGGESTION = "suggestion"
    REPAIR_REQUEST = "repair_request"
    RETURN_EXCHANGE = "return_exchange"
    INQUIRY = "inquiry"


class Severity(StrEnum):
    """How serious; a grave one goes to the deputy general manager (R3b-26)."""

    MINOR = "minor"
    SERIOUS = "serious"
    GRAVE = "grave"


class Stage(StrEnum):
    """Where a ticket stands: the eight steps of R1-1.3, and the ways out of them."""

    RECORDED = "recorded"
    JUDGED = "judged"
    RESPONSIBILITY_SET = "responsibility_set"
    INVESTIGATED = "investigated"
    SOLUTION_PROPOSED = "solution_proposed"
    CUSTOMER_NOTIFIED = "customer_notified"
    SETTLED = "settled"
    IMPROVED = "improved"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    REOPENED = "reopened"


class Intake(StrEnum):
    """How much is known: all that is asked for (R10-6.1.5), part of it, or the bare transcript."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    RAW = "raw"


class Actor(StrEnum):
    """Who did it."""

    CUSTOMER = "customer"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"


class Visibility(StrEnum):
    """Who may read a timeline entry."""

    INTERNAL = "internal"
    CUSTOMER = "customer"
