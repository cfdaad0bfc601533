"""The service order: which steps may be taken, by whom, and where they lead. Pure.

`apply` is the only way from one state of an order to the next. What a step demands is in `gates`, what it
makes of the order in `steps`, what it leaves on the timeline in `order_deeds`; policy/dispatch.yml says who
may.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from backend.dispatch import gates, steps
from backend.dispatch.commands import OrderCommand, OrderStep
from backend.dispatch.kinds import OrderStage
from backend.dispatch.order_deeds import deed, lapsed, triggers
from backend.dispatch.order_state import Circumstances, OrderState
from backend.policy.dispatch import DispatchRules
from backend.tickets.deeds import By, Deed
from backend.tickets.kinds import Actor

S = OrderStage
BEFORE_DISPATCH = frozenset({S.OPENED, S.PLANNED, S.QUOTED, S.CONFIRMED, S.DECLINED})
TAKEN_FROM: Mapping[OrderStep, frozenset[OrderStage]] = MappingProxyType(
    {
        OrderStep.PLAN: BEFORE_DISPATCH,
        OrderStep.GUIDE: BEFORE_DISPATCH,
        OrderStep.QUOTE: BEFORE_DISPATCH - {S.OPENED} | {S.ARRIVED, S.TAKEN_IN},
        OrderStep.ANSWER: frozenset({S.QUOTED, S.ARRIVED, S.TAKEN_IN}),
        OrderStep.WAIVE: frozenset({S.DECLINED, S.ARRIVED, S.TAKEN_IN}),
        OrderStep.TELL_DEALER: BEFORE_DISPATCH - {S.OPENED},
        OrderStep.DISPATCH: frozenset({S.PLANNED, S.CONFIRMED, S.DECLINED, S.DISPATCHED}),
        OrderStep.DEPART: frozenset({S.DISPATCHED}),
        OrderStep.ARRIVE: frozenset({S.DEPARTED}),
        OrderStep.DIAGNOSE: frozenset({S.ARRIVED}),
        OrderStep.FIX: frozenset({S.ARRIVED}),
        OrderStep.TAKE_IN: frozenset({S.ARRIVED}),
        OrderStep.RETURN: frozenset({S.TAKEN_IN}),
        OrderStep.SIGN: frozenset({S.FIXED, S.RETURNED}),
        OrderStep.REPORT: frozenset({S.SIGNED}),
        OrderStep.AUDIT: frozenset({S.REPORTED}),
        OrderStep.FILE_RECORD: frozenset({S.SIGNED, S.REPORTED, S.AUDITED}),
        # what was taken in must go back before anything ends
        OrderStep.CANCEL: BEFORE_DISPATCH | {S.DISPATCHED, S.DEPARTED, S.ARRIVED},
    }
)


class OrderStepRefusedError(ValueError):
    """The step does not follow from where the order stands, or lacks what `missing` names."""

    def __init__(self, step: OrderStep, stage: OrderStage, missing: tuple[str, ...] = ()) -> None:
        super().__init__(f"{step} at {stage}" + (f" lacks {', '.join(missing)}" if missing else ""))
        self.step, self.stage, self.missing = step, stage, missing


class OrderStepForbiddenError(PermissionError):
    """Policy does not let whoever asked take the step."""


@dataclass(frozen=True, slots=True)
class AppliedStep:
    """A step that was taken: what the order is now, what the timeline says, what clocks hear as of when."""

    state: OrderState
    deed: Deed
    triggers: tuple[str, ...]
    lapsed: tuple[str, ...] = ()
    at: datetime | None = None


def apply(state: OrderState, command: OrderCommand, given: Circumstances) -> AppliedStep:
    """Take a step.

    Raises:
        OrderStepForbiddenError: this person may not.
        OrderStepRefusedError: it does not follow from here, or something is lacking.
    """
    step = command.step
    if not allowed(given.policy.dispatch, step.value, given.by):
        raise OrderStepForbiddenError(f"{step} is not for this person")
    if not follows(step, state):
        raise OrderStepRefusedError(step, state.stage)
    after = steps.changed(state, command, given)
    missing = gates.lacking(gates.Attempt(state, after, command, given))
    if missing:
        raise OrderStepRefusedError(step, state.stage, missing)
    told = deed(state, after, command, given)
    at = after.arrived_at if step is OrderStep.ARRIVE else None
    return AppliedStep(after, told, triggers(state, command), lapsed(state, after), at)


def allowed(rules: DispatchRules, step: str, by: By) -> bool:
    """Whether policy lets whoever acts do it at all."""
    role = by.role.value if by.role is not None else Actor.CUSTOMER.value
    return by.kind is Actor.SYSTEM or role in rules.steps[step].roles


def follows(step: OrderStep, state: OrderState) -> bool:
    """Whether the step may be taken where the order stands."""
    if state.stage not in TAKEN_FROM[step]:
        return False
    match step:
        case OrderStep.WAIVE:
            return state.fee_refused and state.waived_by is None
        case OrderStep.TELL_DEALER:
            return state.dealer_sold and state.dealer_told_at is None
        case OrderStep.ANSWER:
            return state.open_quote is not None
        case OrderStep.FILE_RECORD:
            return state.record_filed_at is None
        case _:
            return True


def open_steps(state: OrderState, rules: DispatchRules, by: By) -> tuple[OrderStep, ...]:
    """The steps that may be tried now by whoever asks."""
    return tuple(step for step in OrderStep if follows(step, state) and allowed(rules, step.value, by))


def overdue(state: OrderState, today: date) -> bool:
    """Whether a product that was taken in should be back by now, and nobody was told yet (R3b-14)."""
    late = state.promised_on is not None and state.promised_on < today
    return state.stage is OrderStage.TAKEN_IN and late and state.overdue_at is None
