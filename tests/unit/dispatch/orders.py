"""Service orders for the tests of the machine: what each step brings, and a walk through the usual ones."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from uuid import UUID

from backend import policy
from backend.access.roles import Role
from backend.dispatch import commands as asked
from backend.dispatch import machine
from backend.dispatch.commands import OrderCommand, OrderStep
from backend.dispatch.fees import FeeLine, Quoted
from backend.dispatch.kinds import Answer
from backend.dispatch.machine import AppliedStep
from backend.dispatch.order_state import Circumstances, OrderState, Warranty, Worker
from backend.policy import Policy
from backend.settings import PROJECT_ROOT
from backend.tickets.deeds import By
from backend.tickets.kinds import Actor
from backend.warranty.outcome import ServiceClass

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
QUOTE = UUID("00000000-0000-4000-8000-000000000001")
LI = UUID("00000000-0000-4000-8000-000000000002")
CODE = "digest-of-the-code"
BILL = Decimal("290.00")
WORKER = Worker(LI, "李工", True, frozenset({"suzhou-city"}), frozenset({"cooling", "washing"}))
FREE = Warranty(ServiceClass.FREE, family="air_conditioner")
CHARGED = Warranty(ServiceClass.CHARGED, family="air_conditioner")
BY_DEALER = replace(FREE, dealer_sold=True)
CUSTOMER = By(Actor.CUSTOMER)


@cache
def shipped() -> Policy:
    return policy.load(PROJECT_ROOT / "policy")


def somebody(role: Role) -> By:
    return By(Actor.AGENT, role.value, role.value, role)


WHO = {
    OrderStep.DISPATCH: Role.SUPERVISOR,
    OrderStep.AUDIT: Role.SUPERVISOR,
    OrderStep.CANCEL: Role.SUPERVISOR,
    OrderStep.WAIVE: Role.GM,
}
"""The lowest who may."""

WORK = {"work_done": "更换启动电容", "hours": "1", "card_entry": "11月23日换电容"}
BRINGS = {
    "plan": {"plan": "上门检查压缩机", "region": "suzhou-city"},
    "guide": {"work_done": "教客户重新插电"},
    "quote": {"hours": "1"},
    "agree": {"quote_id": QUOTE, "answer": Answer.AGREED},
    "refuse": {"quote_id": QUOTE, "answer": Answer.DECLINED},
    "waive": {"note": "老客户"},
    "tell_dealer": {"told_to": "王经理"},
    "dispatch": {"technician_id": LI, "visit_at": NOW + timedelta(hours=3)},
    "depart": {"plan_told": True},
    "arrive": {},
    "diagnose": {"diagnosis": "启动电容鼓包"},
    "fix": WORK,
    "take_in": {"receipt": "S-001", "promised_on": date(2026, 11, 27)},
    "return": WORK | {"receipt_voided": True},
    "sign": {"signed_by": "陈女士"},
    "report": {"report": "压缩机启动电容失效，已更换", "invoice": "FP-1"},
    "audit": {"satisfied": True, "cost": "35"},
    "file_record": {"record": "档案柜3"},
    "cancel": {"note": "客户不修了"},
}
KINDS = {kind.step.value: kind for kind in asked.COMMANDS} | {
    "agree": asked.AnswerQuote,
    "refuse": asked.AnswerQuote,
}


def command(name: str, **changes) -> OrderCommand:
    return KINDS[name](version=1, **BRINGS[name] | changes)


@dataclass
class Order:
    """An order that steps are tried on."""

    warranty: Warranty = FREE
    bill: Decimal = Decimal(0)
    worker: Worker | None = WORKER
    state: OrderState = field(default_factory=lambda: OrderState(number="26112300016-1"))
    last: AppliedStep | None = None
    code: str | None = None
    valid: bool = True
    pictured: bool = False
    now: datetime = NOW

    def given(self, by: By) -> Circumstances:
        fees = Quoted(2026, (FeeLine("visit", self.bill),)) if self.state.pays_parts else None
        return Circumstances(
            by=by,
            now=self.now,
            policy=shipped(),
            warranty=self.warranty,
            worker=self.worker,
            pictures=self.pictured,
            quote_id=QUOTE,
            fees=fees,
            quote_valid=self.valid,
            code_digest=self.code,
            new_code_digest=CODE,
        )

    def attempt(self, name: str, by: By | None = None, **changes) -> AppliedStep:
        asked_for = command(name, **changes)
        by = by or somebody(WHO.get(asked_for.step, Role.AGENT))
        return machine.apply(self.state, asked_for, self.given(by))

    def take(self, *names: str, **changes) -> "Order":
        for name in names:
            self.last = self.attempt(name, **(changes if name == names[-1] else {}))
            self.state = self.last.state
        return self


def charged() -> Order:
    return Order(CHARGED, BILL)
