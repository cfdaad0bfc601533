"""The eight steps of R1-1.3 and the ways out of them: every pair of stages is allowed or refused."""

import itertools

import pytest

from backend.tickets.kinds import Stage
from backend.tickets.workflow import NEXT_STAGES, StepRefusedError, require_step

EIGHT_STEPS = (
    Stage.RECORDED,
    Stage.JUDGED,
    Stage.RESPONSIBILITY_SET,
    Stage.INVESTIGATED,
    Stage.SOLUTION_PROPOSED,
    Stage.CUSTOMER_NOTIFIED,
    Stage.SETTLED,
    Stage.IMPROVED,
)
OPEN = frozenset(EIGHT_STEPS[:6]) | {Stage.REOPENED}
FINAL = frozenset({Stage.IMPROVED, Stage.REJECTED, Stage.CANCELLED})
ALLOWED = frozenset(
    [
        *itertools.pairwise(EIGHT_STEPS),
        # (2): what does not stand is answered with the reason; it may turn out so when it is judged or looked into
        (Stage.JUDGED, Stage.REJECTED),
        (Stage.INVESTIGATED, Stage.REJECTED),
        # (5), (6): a solution that is not approved, or that the customer does not accept, is worked out again
        (Stage.SOLUTION_PROPOSED, Stage.INVESTIGATED),
        (Stage.CUSTOMER_NOTIFIED, Stage.SOLUTION_PROPOSED),
        # the customer may withdraw until it is settled
        *((stage, Stage.CANCELLED) for stage in OPEN),
        # and come back afterwards; then it is judged anew
        *((stage, Stage.REOPENED) for stage in FINAL | {Stage.SETTLED}),
        (Stage.REOPENED, Stage.JUDGED),
    ]
)


@pytest.mark.parametrize(("current", "wanted"), list(itertools.product(Stage, Stage)))
def test_a_step_is_allowed_or_refused(current: Stage, wanted: Stage):
    if (current, wanted) in ALLOWED:
        require_step(current, wanted)
        return
    with pytest.raises(StepRefusedError, match=f"{current} does not lead to {wanted}") as refused:
        require_step(current, wanted)
    assert (refused.value.current, refused.value.wanted) == (current, wanted)


def _reachable(start: Stage) -> set[Stage]:
    seen, waiting = set(), [start]
    while waiting:
        for stage in NEXT_STAGES[waiting.pop()] - seen:
            seen.add(stage)
            waiting.append(stage)
    return seen


@pytest.mark.parametrize("stage", sorted(OPEN))
def test_every_open_ticket_can_be_settled(stage: Stage):
    assert Stage.SETTLED in _reachable(stage)


@pytest.mark.parametrize("stage", sorted(FINAL))
def test_what_is_closed_can_only_be_reopened(stage: Stage):
    assert NEXT_STAGES[stage] == {Stage.REOPENED}


def test_the_table_knows_every_stage_and_cannot_be_changed():
    assert set(NEXT_STAGES) == set(Stage)
    with pytest.raises(TypeError):
        NEXT_STAGES[Stage.RECORDED] = frozenset(Stage)  # type: ignore[index]


def test_no_way_to_settled_misses_a_step():
    """Whatever the way from record to settlement, the customer was notified of a proposed solution."""
    for step in EIGHT_STEPS[1:6]:
        seen, waiting = {Stage.RECORDED}, [Stage.RECORDED]
        while waiting:
            for stage in NEXT_STAGES[waiting.pop()] - seen - {step}:
                seen.add(stage)
                waiting.append(stage)
        assert Stage.SETTLED not in seen, step
