"""What is still missing of a ticket's record (R10-6.1.5: incomplete records cost whoever made them). Pure."""

from backend.policy.workflow import WorkflowRules
from backend.tickets.case_state import CaseState

_CONTACT = {"name": "customer_name", "phone": "phone", "address": "address", "demand": "demand"}


def missing_facts(rules: WorkflowRules, state: CaseState) -> tuple[str, ...]:
    """What `policy/workflow.yml` wants known for the ticket's kind and is not; of alternatives the first."""
    return tuple(
        alternatives[0]
        for alternatives in rules.required[state.kind.value]
        if not any(_known(state, fact) for fact in alternatives)
    )


def required_facts(rules: WorkflowRules) -> frozenset[str]:
    """All that policy may want known, by whatever kind of ticket."""
    return frozenset(alternatives[0] for wanted in rules.required.values() for alternatives in wanted)


def _known(state: CaseState, fact: str) -> bool:
    value = getattr(state, _CONTACT[fact]) if fact in _CONTACT else state.details.get(fact)
    return bool(value and str(value).strip())
