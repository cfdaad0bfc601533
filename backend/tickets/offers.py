"""Which steps are open now to whom, and what each still lacks, so that the desk can draw its forms. Pure."""

from dataclasses import dataclass

from backend.tickets import commands as asked
from backend.tickets import followup, gates, links, steps, workflow
from backend.tickets.case_state import CaseState, Circumstances
from backend.tickets.commands import Command, Step
from backend.tickets.kinds import Level

COMMANDS: tuple[type[Command], ...] = (
    asked.Judge,
    asked.Reject,
    asked.SetResponsibility,
    asked.Investigate,
    asked.Propose,
    asked.Approve,
    asked.Decline,
    asked.NotifyCustomer,
    asked.Settle,
    followup.RecordCallback,
    asked.Improve,
    asked.VerifyImprovement,
    asked.CorrectFacts,
    asked.Assign,
    asked.NoteContact,
    asked.AwaitCustomer,
    asked.NoteAnswer,
    asked.AddWords,
    asked.Urge,
    asked.Withdraw,
    asked.Reopen,
    links.Link,
    links.Unlink,
    asked.Merge,
    asked.Unmerge,
    asked.Split,
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A step that may be taken now.

    Attributes:
        lacks: facts that must be given with it, or be put right first.
        needs_level: the lowest level that may approve, if this person's is lower.
        own_proposal: somebody else must approve.
    """

    step: Step
    lacks: tuple[str, ...]
    needs_level: Level | None = None
    own_proposal: bool = False


def offers(state: CaseState, given: Circumstances) -> tuple[Offer, ...]:
    """The steps that this person may take with the case as it stands, in the order of the workflow."""
    return tuple(
        _offer(kind, state, given)
        for kind in COMMANDS
        if workflow.may_take(kind.step, given) and workflow.follows(kind.step, state, given)
    )


def _offer(kind: type[Command], state: CaseState, given: Circumstances) -> Offer:
    command = kind(version=1)
    after = steps.changed(state, command, given)
    lacks = gates.lacking(gates.Attempt(state, after, command, given))
    if kind.step is not Step.APPROVE:
        return Offer(kind.step, lacks)
    try:
        workflow.require_authority(state, given)
    except workflow.BeyondAuthorityError as error:
        return Offer(kind.step, lacks, needs_level=error.level)
    except workflow.OwnProposalError:
        return Offer(kind.step, lacks, own_proposal=True)
    return Offer(kind.step, lacks)
