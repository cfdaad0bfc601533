"""The call-back that follows a solution or a service (R1-4.3(6), R3b-22..25). Pure."""

from dataclasses import replace
from typing import Annotated, Any, ClassVar

from pydantic import AwareDatetime, Field

from backend.tickets.case_state import CaseState, Circumstances
from backend.tickets.commands import Command, Step, Words
from backend.tickets.kinds import CallbackOutcome

Rating = Annotated[int, Field(ge=1, le=4, description="From 1, bad, to 4, good")]
Moment = Annotated[AwareDatetime, Field(description="When it was, if not now")]
RATINGS = ("rated_attitude", "rated_skill", "rated_arrival", "rated_promises")


class RecordCallback(Command):
    """Asked afterwards whether they are satisfied, and what they suggest (R1-4.3(6), R3b-22..25).

    A call that nobody answers is an attempt; after as many as policy says the call-back is over.
    """

    step: ClassVar[Step] = Step.RECORD_CALLBACK

    reached: bool | None = None
    at: Moment | None = None
    rated_attitude: Rating | None = None
    rated_skill: Rating | None = None
    rated_arrival: Rating | None = None
    rated_promises: Rating | None = None
    customer_suggestion: Words | None = None


def called_back(state: CaseState, command: RecordCallback, given: Circumstances) -> CaseState:
    """The case after a call-back, or after one more attempt at it."""
    called_at = command.at or given.now  # not over before the case was
    over: dict[str, Any] = {"callback_at": max(called_at, state.settled_at or called_at)}
    if command.reached is not False:
        said = {name: getattr(command, name) for name in (*RATINGS, "customer_suggestion")}
        return replace(state, **over, **said, callback_outcome=CallbackOutcome.REACHED)
    tried = replace(state, callback_attempts=state.callback_attempts + 1)
    if tried.callback_attempts < given.policy.workflow.callback_attempts:
        return tried
    return replace(tried, **over, callback_outcome=CallbackOutcome.NOT_REACHED)
