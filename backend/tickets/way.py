"""Which steps must be taken before another one may be: said to whoever asked for it too early. Pure."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from backend.tickets.case_state import CaseState, Circumstances
from backend.tickets.commands import Step
from backend.tickets.kinds import Stage
from backend.tickets.workflow import DONE_ONCE, ENDS, OF_A_MERGED_TICKET, OPEN, TAKEN_FROM, follows

_GOES_ON: Mapping[Stage, tuple[tuple[Step, Stage], ...]] = MappingProxyType(
    {
        Stage.RECORDED: ((Step.JUDGE, Stage.JUDGED),),
        Stage.REOPENED: ((Step.JUDGE, Stage.JUDGED),),
        Stage.JUDGED: (
            (Step.SET_RESPONSIBILITY, Stage.RESPONSIBILITY_SET),
            (Step.PROPOSE, Stage.SOLUTION_PROPOSED),  # where nobody is at fault
        ),
        Stage.RESPONSIBILITY_SET: ((Step.INVESTIGATE, Stage.INVESTIGATED),),
        Stage.INVESTIGATED: ((Step.PROPOSE, Stage.SOLUTION_PROPOSED),),
        Stage.SOLUTION_PROPOSED: (
            (Step.NOTIFY_CUSTOMER, Stage.CUSTOMER_NOTIFIED),
            (Step.DECLINE, Stage.INVESTIGATED),
        ),
        Stage.CUSTOMER_NOTIFIED: (
            (Step.SETTLE, Stage.SETTLED),
            (Step.SETTLE, Stage.SOLUTION_PROPOSED),  # the customer does not accept
        ),
        Stage.SETTLED: ((Step.IMPROVE, Stage.IMPROVED), (Step.REOPEN, Stage.REOPENED)),
        **dict.fromkeys((Stage.IMPROVED, Stage.REJECTED, Stage.CANCELLED), ((Step.REOPEN, Stage.REOPENED),)),
    }
)
"""What leads on from a stage, the ordinary way first; to reject or withdraw a case is no way on."""
NAMED = frozenset(step for ways in _GOES_ON.values() for step, _ in ways) | {Step.APPROVE, Step.UNMERGE}
"""The steps that can come before another one."""


def steps_before(step: Step, state: CaseState, given: Circumstances) -> tuple[Step, ...]:
    """The fewest steps after which `step` follows, in order.

    Nothing if it follows now, or is not called for: done already, nothing to end, reopening what is open.
    """
    if state.merged_into is not None and step not in OF_A_MERGED_TICKET:
        return (Step.UNMERGE,)
    if step in DONE_ONCE and state.stage in TAKEN_FROM[step]:
        return ()
    if step in ENDS or (step is Step.REOPEN and state.stage in OPEN):
        return ()
    return tuple(_with_approval(step, _shortest(step, state, given), state))


def _shortest(step: Step, state: CaseState, given: Circumstances) -> tuple[Step, ...]:
    seen, waiting = {state.stage}, deque([(state, tuple[Step, ...]())])
    while waiting:
        here, taken = waiting.popleft()
        if follows(step, here, given):
            return taken
        for way, there in _GOES_ON[here.stage]:
            if there not in seen and follows(way, here, given):
                seen.add(there)
                waiting.append((_fresh(here, there), (*taken, way)))
    return ()


def _fresh(state: CaseState, stage: Stage) -> CaseState:
    """The case at another stage, with nothing standing that is done once only."""
    nothing: dict[str, Any] = dict.fromkeys(DONE_ONCE.values())
    return replace(state, stage=stage, **nothing)


def _with_approval(step: Step, before: tuple[Step, ...], state: CaseState) -> Iterator[Step]:
    """Nobody is told of a solution before it is approved, which is no stage of its own."""
    approved = state.approved_by is not None
    for one in before:
        if one is Step.NOTIFY_CUSTOMER and not approved:
            yield Step.APPROVE
        approved = approved and one not in {Step.PROPOSE, Step.REOPEN}
        yield one
    if before and step is Step.NOTIFY_CUSTOMER and not approved:
        yield Step.APPROVE
