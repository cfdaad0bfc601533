"""What the desk and the backend exchange about escalations, emergencies, notices and policy."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from backend.escalation.models import Escalation
from backend.policy import Policy
from backend.text import Text

MAX_NOTE = 2_000


class Remark(BaseModel):
    """A remark that goes with what somebody does."""

    model_config = ConfigDict(extra="forbid")

    note: Text | None = Field(default=None, max_length=MAX_NOTE)


class FactOut(BaseModel):
    """A fact that mattered, as it is and as people say it."""

    path: str
    value: Any
    name: str
    words: str


class EscalationOut(BaseModel):
    """A rule that fired. It waits while `ack_due_at` is set and neither of the two times after it."""

    id: UUID
    rule: str
    name: str
    level: str
    source: str
    clause: str | None
    policy_version: str
    event: str
    facts: list[FactOut]
    actions: dict[str, Any]
    fired_at: datetime
    ack_due_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    passed_on_at: datetime | None
    raised_from: UUID | None


class Escalations(BaseModel):
    """A ticket's escalations, latest first."""

    items: list[EscalationOut]


class WaitingEscalation(EscalationOut):
    """An escalation with the ticket that it is on."""

    ticket_number: str
    title: str
    severity: str


class WaitingEscalations(BaseModel):
    """Escalations over all tickets: those that wait by when they must be taken up, else the latest first.

    `total` counts those beyond the items, too.
    """

    items: list[WaitingEscalation]
    total: int


class EmergencyTaskOut(BaseModel):
    """One thing to do."""

    model_config = ConfigDict(from_attributes=True)

    task: str
    name: str
    done_at: datetime | None
    done_by: str | None
    note: str | None


class EmergencyOut(BaseModel):
    """A ticket's emergency; no tasks: it never had one."""

    open: bool
    source: str
    clause: str | None
    tasks: list[EmergencyTaskOut]


class NoticeOut(BaseModel):
    """A notice and how it stands."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    escalation_id: UUID | None
    ticket_number: str | None
    target: str
    transport: str
    title: str
    state: str
    attempts: int
    last_error: str | None
    updated_at: datetime


class Notices(BaseModel):
    """Notices, latest first; `total` counts those beyond the items, too."""

    items: list[NoticeOut]
    total: int


class ClauseOut(BaseModel):
    """A clause, and which rules cite it."""

    id: str
    text: str
    cited_by: list[str]


class Clauses(BaseModel):
    """Clauses in the order of the regulations."""

    items: list[ClauseOut]


class SourceOut(BaseModel):
    """A clause that something rests on; no text: it is not in clauses.yml."""

    id: str
    text: str | None


class PolicyEntryOut(BaseModel):
    """A rule or setting: its fields as text, and the clauses it rests on."""

    id: str
    name: str | None
    condition: str | None
    fields: dict[str, str]
    sources: list[SourceOut]


class PolicySectionOut(BaseModel):
    """A section of a file."""

    name: str
    entries: list[PolicyEntryOut]


class PolicyFileOut(BaseModel):
    """A file of policy/."""

    name: str
    sections: list[PolicySectionOut]


class PolicyOut(BaseModel):
    """The policy in force."""

    version: str
    files: list[PolicyFileOut]


def escalation_out(policy: Policy, row: Escalation) -> EscalationOut:
    """A firing as the desk reads it. Facts that policy no longer knows keep their own names."""
    names = policy.escalation.facts
    facts = []
    for path, value in row.facts.items():
        name, words = policy.escalation.worded(path, value) if path in names else (path, str(value))
        facts.append(FactOut(path=path, value=value, name=name, words=words))
    computed = {"facts": facts, "clause": policy.clauses.get(row.source)}
    stored = {name: getattr(row, name) for name in EscalationOut.model_fields if name not in computed}
    return EscalationOut.model_validate(stored | computed)
