"""The step that leads back to where a ticket was before another, where there is one. Pure."""

from typing import Any

from backend.tickets.case_deeds import plain
from backend.tickets.case_state import CaseState
from backend.tickets.commands import Assign, AwaitCustomer, Command, CorrectFacts, Merge, Step

BESIDE_FACTS = frozenset({"version", "note", "details"})


def way_back(command: Command, before: CaseState) -> tuple[Step, dict[str, Any]] | None:
    """The step to take back a command, and what it takes beside the version; none if nothing leads back.

    An assignment can be given back to whom it was taken from, not to nobody. What was told to the customer or
    closed stays so: `reopen` would be a step of its own, to be decided upon.
    """
    match command:
        case Assign() if before.assignee is not None:
            return Step.ASSIGN, {"assignee": before.assignee}
        case CorrectFacts():
            return Step.CORRECT_FACTS, _facts_before(command, before)
        case AwaitCustomer():
            return Step.CUSTOMER_ANSWERED, {}
        case Merge():
            return Step.UNMERGE, {}
        case _:
            return None


def _facts_before(command: CorrectFacts, before: CaseState) -> dict[str, Any]:
    named = command.model_fields_set - BESIDE_FACTS
    facts = {name: plain(getattr(before, name)) for name in sorted(named)}
    if command.details:
        facts["details"] = {name: before.details.get(name) for name in command.details}
    return facts
