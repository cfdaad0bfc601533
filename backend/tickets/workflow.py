"""Which stage may follow which (R1-1.3). Pure; the gates of each step are checked by its service."""

from types import MappingProxyType

from backend.tickets.kinds import Stage

NEXT_STAGES = MappingProxyType(
    {
        Stage.RECORDED: frozenset({Stage.JUDGED, Stage.CANCELLED}),
        Stage.JUDGED: frozenset({Stage.RESPONSIBILITY_SET, Stage.REJECTED, Stage.CANCELLED}),
        Stage.RESPONSIBILITY_SET: frozenset({Stage.INVESTIGATED, Stage.CANCELLED}),
        Stage.INVESTIGATED: frozenset({Stage.SOLUTION_PROPOSED, Stage.REJECTED, Stage.CANCELLED}),
        Stage.SOLUTION_PROPOSED: frozenset({Stage.CUSTOMER_NOTIFIED, Stage.INVESTIGATED, Stage.CANCELLED}),
        Stage.CUSTOMER_NOTIFIED: frozenset({Stage.SETTLED, Stage.SOLUTION_PROPOSED, Stage.CANCELLED}),
        Stage.SETTLED: frozenset({Stage.IMPROVED, Stage.REOPENED}),
        Stage.IMPROVED: frozenset({Stage.REOPENED}),
        Stage.REJECTED: frozenset({Stage.REOPENED}),
        Stage.CANCELLED: frozenset({Stage.REOPENED}),
        Stage.REOPENED: frozenset({Stage.JUDGED, Stage.CANCELLED}),
    }
)


class StepRefusedError(ValueError):
    """The workflow does not lead from one stage to the other."""

    def __init__(self, current: Stage, wanted: Stage) -> None:
        super().__init__(f"{current} does not lead to {wanted}")
        self.current = current
        self.wanted = wanted


def require_step(current: Stage, wanted: Stage) -> None:
    """Refuse a step that R1-1.3 does not know.

    Raises:
        StepRefusedError: `wanted` does not follow `current`.
    """
    if wanted not in NEXT_STAGES[current]:
        raise StepRefusedError(current, wanted)
