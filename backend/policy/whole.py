"""All that `policy/` says, as one frozen object."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from backend.policy.calendar import CalendarPolicy, read_calendar
from backend.policy.clauses import read_clauses
from backend.policy.clock_rules import SlaPolicy
from backend.policy.desk import DeskRules, read_desk
from backend.policy.dispatch import DispatchRules, read_dispatch
from backend.policy.documents import Document, read_documents
from backend.policy.escalation import EscalationPolicy, read_escalation
from backend.policy.fees import Fees, read_fees
from backend.policy.reading import CLAUSE, content, version
from backend.policy.routing import UNKNOWN_YET, RoutingRule, read_routing
from backend.policy.sla import read_sla
from backend.policy.warranty import WarrantyTerms, read_warranty
from backend.policy.warranty_wording import WarrantyWording, read_warranty_wording
from backend.policy.wechat_menu import WechatMenu, read_wechat_menu
from backend.policy.workflow import WorkflowRules, read_workflow


class _HazardFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    source: str = Field(pattern=CLAUSE)
    words: list[Annotated[str, Field(min_length=1)]] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Policy:
    """The regulations in force, with the version that is stamped on each ticket."""

    version: str
    routing: tuple[RoutingRule, ...]
    hazard_words: tuple[str, ...]
    workflow: WorkflowRules
    clauses: Mapping[str, str]
    calendar: CalendarPolicy
    sla: SlaPolicy
    escalation: EscalationPolicy
    documents: tuple[Document, ...]
    warranty: WarrantyTerms
    warranty_wording: WarrantyWording
    fees: Fees
    dispatch: DispatchRules
    wechat_menu: WechatMenu
    desk: DeskRules

    def sounds_hazardous(self, text: str) -> bool:
        """Whether a text that nobody has understood yet names a danger (R7-4.4.5)."""
        return any(word in text for word in self.hazard_words)

    def route(self, ticket: Mapping[str, Any]) -> RoutingRule:
        """The first routing rule that holds for the ticket's facts; the last rule always holds."""
        facts = {"ticket": {**UNKNOWN_YET, **ticket}}
        return next(rule for rule in self.routing if rule.condition.execute(facts) is True)

    def routing_rule(self, rule_id: str) -> RoutingRule:
        """The routing rule of that id."""
        return next(rule for rule in self.routing if rule.id == rule_id)


def load(directory: Path) -> Policy:
    """Read and check all policy files; the files being what they were, what was read then.

    Raises:
        PolicyError: a file is missing or malformed, or a condition does not compile or evaluate.
    """
    return _read(directory, version(directory))


@lru_cache(maxsize=4)
def _read(directory: Path, content_version: str) -> Policy:
    routing = read_routing(directory / "routing.yml")
    clauses = read_clauses(directory / "clauses.yml")
    calendar = read_calendar(directory / "calendar.yml")
    sla = read_sla(directory / "sla.yml", calendar.calendars, clauses)
    warranty = read_warranty(directory / "warranty.yml", clauses)
    return Policy(
        version=content_version,
        routing=routing,
        hazard_words=tuple(content(directory / "hazards.yml", _HazardFile).words),
        workflow=read_workflow(directory / "workflow.yml"),
        clauses=clauses,
        calendar=calendar,
        sla=sla,
        escalation=read_escalation(directory / "escalation.yml", clauses, sla.clocks),
        documents=read_documents(directory),
        warranty=warranty,
        warranty_wording=read_warranty_wording(directory / "warranty_wording.yml"),
        fees=read_fees(directory / "fees.yml", clauses, warranty),
        dispatch=read_dispatch(directory / "dispatch.yml", clauses, warranty),
        wechat_menu=read_wechat_menu(directory / "wechat_menu.yml"),
        desk=read_desk(directory / "desk.yml", clauses, calendar, routing),
    )
