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

    @property
    def closed(self) -> bool:
        """Whether nothing more is owed to the customer."""
        return self in {Stage.SETTLED, Stage.IMPROVED, Stage.REJECTED, Stage.CANCELLED}


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


class Priority(StrEnum):
    """What is seen to first."""

    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Level(StrEnum):
    """How high a matter has gone, and who may approve; in rising order (R1-4.3(8), R3b-26)."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    DEPUTY_GM = "deputy_gm"
    GM = "gm"

    @property
    def rank(self) -> int:
        """Its place in the order, from 0."""
        return list(Level).index(self)


class ReplyRequired(StrEnum):
    """Whether the result must go to the customer in writing (R3b-26)."""

    NONE = "none"
    WRITTEN = "written"


class CauseClass(StrEnum):
    """The cause classes of R3a-4.1."""

    QUALITY = "quality"
    HUMAN = "human"
    OTHER = "other"


class Grounds(StrEnum):
    """Whether the complaint stands (R1-1.3 step 2)."""

    SUFFICIENT = "sufficient"
    INSUFFICIENT = "insufficient"


class Subject(StrEnum):
    """What a dispute is about; it decides who answers (R1-1.3 step 3)."""

    QUALITY = "quality"
    SERVICE = "service"
    CONTRACT = "contract"
    TRANSPORT = "transport"
    OTHER = "other"


class SoldBy(StrEnum):
    """Who sold the product (R10-3)."""

    US = "us"
    DEALER = "dealer"


class Notice(StrEnum):
    """How the customer is told: a letter, a call, or a message in the channel they wrote in (R3b-26)."""

    WRITTEN = "written"
    PHONE = "phone"
    CHANNEL = "channel"


class CallbackOutcome(StrEnum):
    """How the call-back ended (R1-4.3(6))."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"


class Relation(StrEnum):
    """How a ticket belongs to an earlier one."""

    RELATED = "related"
    SAME_CAUSE = "same_cause"
    SPLIT_FROM = "split_from"
