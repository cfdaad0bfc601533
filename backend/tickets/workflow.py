"""The eight steps of R1-1.3 and the ways out of them: which may be taken, by whom, and where it leads. Pure.

`apply` is the only way from one state of a case to the next. What a step demands is in `gates`, what it makes
of the case in `steps`, what it leaves on the timeline in `case_deeds`; policy/workflow.yml says who may.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from backend.tickets import gates, steps
from backend.tickets.case_deeds import deeds
from backend.tickets.case_state import CaseState, Circumstances
from backend.tickets.commands import Command, Step
from backend.tickets.deeds import By, Deed
from backend.tickets.kinds import Actor, Level, Stage

NEXT_STAGES = MappingProxyType(
    {
        Stage.RECORDED: frozenset({Stage.JUDGED, Stage.CANCELLED}),
        Stage.JUDGED: frozenset(
            {Stage.RESPONSIBILITY_SET, Stage.SOLUTION_PROPOSED, Stage.REJECTED, Stage.CANCELLED}
        ),
        Stage.RESPONSIBILITY_SET: frozenset({Stage.INVESTIGATED, Stage.JUDGED, Stage.CANCELLED}),
        Stage.INVESTIGATED: frozenset(
            {
                Stage.SOLUTION_PROPOSED,
                Stage.RESPONSIBILITY_SET,
                Stage.JUDGED,
                Stage.REJECTED,
                Stage.CANCELLED,
            }
        ),
        Stage.SOLUTION_PROPOSED: frozenset(
            {Stage.CUSTOMER_NOTIFIED, Stage.INVESTIGATED, Stage.JUDGED, Stage.CANCELLED}
        ),
        Stage.CUSTOMER_NOTIFIED: frozenset({Stage.SETTLED, Stage.SOLUTION_PROPOSED, Stage.CANCELLED}),
        Stage.SETTLED: frozenset({Stage.IMPROVED, Stage.REOPENED}),
        Stage.IMPROVED: frozenset({Stage.REOPENED}),
        Stage.REJECTED: frozenset({Stage.REOPENED}),
        Stage.CANCELLED: frozenset({Stage.REOPENED}),
        Stage.REOPENED: frozenset({Stage.JUDGED, Stage.CANCELLED}),
    }
)
"""What a step may lead to. Only undoing a merger goes beyond it: back to where the ticket stood."""

OPEN = frozenset(stage for stage in Stage if not stage.closed)
ANY = frozenset(Stage)
NOT_NOTIFIED = OPEN - {Stage.CUSTOMER_NOTIFIED}
TAKEN_FROM: Mapping[Step, frozenset[Stage]] = MappingProxyType(
    {
        Step.JUDGE: NOT_NOTIFIED,
        Step.REJECT: frozenset({Stage.JUDGED, Stage.INVESTIGATED}),
        Step.SET_RESPONSIBILITY: frozenset({Stage.JUDGED, Stage.RESPONSIBILITY_SET, Stage.INVESTIGATED}),
        Step.INVESTIGATE: frozenset({Stage.RESPONSIBILITY_SET, Stage.INVESTIGATED}),
        Step.PROPOSE: frozenset({Stage.INVESTIGATED, Stage.SOLUTION_PROPOSED}),
        Step.APPROVE: frozenset({Stage.SOLUTION_PROPOSED}),
        Step.DECLINE: frozenset({Stage.SOLUTION_PROPOSED}),
        Step.NOTIFY_CUSTOMER: frozenset({Stage.SOLUTION_PROPOSED, Stage.CUSTOMER_NOTIFIED}),
        Step.SETTLE: frozenset({Stage.CUSTOMER_NOTIFIED}),
        Step.RECORD_CALLBACK: ANY - {Stage.RECORDED, Stage.REOPENED, Stage.REJECTED, Stage.CANCELLED},
        Step.IMPROVE: frozenset({Stage.SETTLED, Stage.IMPROVED}),
        Step.VERIFY_IMPROVEMENT: frozenset({Stage.IMPROVED}),
        Step.CORRECT_FACTS: OPEN,
        Step.ASSIGN: OPEN,
        Step.CONTACT: OPEN,
        Step.AWAIT_CUSTOMER: OPEN,
        Step.CUSTOMER_ANSWERED: OPEN,
        Step.ADD_WORDS: ANY,
        Step.URGE: OPEN,
        Step.WITHDRAW: OPEN,
        Step.REOPEN: ANY - OPEN,
        Step.LINK: ANY,
        Step.UNLINK: ANY,
        Step.MERGE: OPEN,
        Step.UNMERGE: frozenset({Stage.CANCELLED}),
        Step.SPLIT: ANY,
    }
)
DONE_ONCE: Mapping[Step, str] = MappingProxyType(
    {
        Step.APPROVE: "approved_by",
        Step.AWAIT_CUSTOMER: "awaiting_customer_since",
        Step.RECORD_CALLBACK: "callback_at",
        Step.VERIFY_IMPROVEMENT: "action_verified_at",
    }
)
"""Steps that are not taken again while this fact stands."""
ENDS: Mapping[Step, str] = MappingProxyType(
    {Step.CUSTOMER_ANSWERED: "awaiting_customer_since", Step.UNMERGE: "merged_into"}
)
"""Steps that are taken only while this fact stands."""
OF_A_MERGED_TICKET = frozenset({Step.UNMERGE, Step.LINK, Step.UNLINK, Step.ADD_WORDS})


class StepRefusedError(ValueError):
    """The step does not follow from where the case stands, or lacks what `missing` names."""

    def __init__(self, step: Step, stage: Stage, missing: tuple[str, ...] = ()) -> None:
        super().__init__(f"{step} at {stage}" + (f" lacks {', '.join(missing)}" if missing else ""))
        self.step, self.stage, self.missing = step, stage, missing


class StepForbiddenError(PermissionError):
    """Whoever asked may not take the step. Subclasses say why."""

    def __init__(self, step: Step) -> None:
        super().__init__(f"{step} is not for this person")
        self.step = step


class BeyondAuthorityError(StepForbiddenError):
    """The solution costs or means more than this person may approve; `level` is the lowest that may."""

    def __init__(self, step: Step, level: Level) -> None:
        super().__init__(step)
        self.level = level


class OwnProposalError(StepForbiddenError):
    """A solution above the agent's line is not approved by whoever proposed it (R3c-4.7)."""


@dataclass(frozen=True, slots=True)
class Applied:
    """A step that was taken: what the case is now, and what the timeline says of it."""

    state: CaseState
    deeds: tuple[Deed, ...]


def apply(state: CaseState, command: Command, given: Circumstances) -> Applied:
    """Take a step.

    Raises:
        StepForbiddenError: this person may not.
        StepRefusedError: it does not follow from here, or lacks facts.
    """
    step = command.step
    if not may_take(step, given):
        raise StepForbiddenError(step)
    if not follows(step, state, given):
        raise StepRefusedError(step, state.stage)
    after = steps.changed(state, command, given)
    missing = gates.lacking(gates.Attempt(state, after, command, given))
    if missing:
        raise StepRefusedError(step, state.stage, missing)
    if step is Step.APPROVE:
        require_authority(state, given)
    return Applied(after, deeds(state, after, command, given))


def may_take(step: Step, given: Circumstances) -> bool:
    """Whether policy lets whoever acts take such a step at all. What the house itself does needs no leave."""
    return given.by.kind is Actor.SYSTEM or _role(given.by) in given.policy.workflow.steps[step.value].roles


def _role(by: By) -> str:
    return by.role.value if by.role is not None else Actor.CUSTOMER.value


def follows(step: Step, state: CaseState, given: Circumstances) -> bool:
    """Whether the step may be taken where the case stands."""
    if (state.merged_into is not None and step not in OF_A_MERGED_TICKET) or not _makes_sense(step, state):
        return False
    at_once = step is Step.PROPOSE and state.stage is Stage.JUDGED and gates.without_fault(state, given)
    return at_once or state.stage in TAKEN_FROM[step]


def _makes_sense(step: Step, state: CaseState) -> bool:
    """Not twice what can be done once only, and not the end of what never began."""
    if step in DONE_ONCE:
        return getattr(state, DONE_ONCE[step]) is None
    return step not in ENDS or getattr(state, ENDS[step]) is not None


def require_authority(state: CaseState, given: Circumstances) -> None:
    """Refuse approval of what is above one's authority, and of one's own proposal above the agent's line.

    Raises:
        BeyondAuthorityError: names the lowest level that may.
        OwnProposalError: somebody else must.
    """
    rules = given.policy.workflow
    needed = rules.lowest_covering(state.cost, state.goodwill, state.severity)
    level = Level(needed.level) if needed is not None else Level.GM
    mine = rules.authority_of(steps.level_of(given))
    if mine is None or not mine.covers(state.cost, state.goodwill, state.severity):
        raise BeyondAuthorityError(Step.APPROVE, level)
    if level is not Level.AGENT and state.proposed_by == given.by.username:
        raise OwnProposalError(Step.APPROVE)
