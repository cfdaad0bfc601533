"""The same done to many tickets, each in a unit of work of its own."""

from pydantic import ValidationError

from backend.access.sessions import Identity
from backend.desk.lists.schemas import BulkItem, BulkResult
from backend.desk.lists.undoing import way_back
from backend.error_rendering import ErrorBody, Rendering
from backend.errors import DatabaseUnavailableError, DomainError
from backend.house import House
from backend.tickets import cases
from backend.tickets.case_steps import perform
from backend.tickets.case_store import state_of
from backend.tickets.cases import Acting
from backend.tickets.commands import Step
from backend.tickets.deeds import By
from backend.tickets.kinds import Actor
from backend.tickets.offers import COMMANDS
from backend.tickets.schemas import summary

KINDS = {kind.step: kind for kind in COMMANDS}
FOR_MANY = frozenset(
    {
        Step.ASSIGN,
        Step.SET_RESPONSIBILITY,
        Step.CORRECT_FACTS,
        Step.CONTACT,
        Step.AWAIT_CUSTOMER,
        Step.CUSTOMER_ANSWERED,
        Step.WITHDRAW,
        Step.LINK,
        Step.MERGE,
        Step.UNMERGE,
    }
)
"""Steps that make sense for several tickets at once; the others need somebody who looks at each."""


async def taken(
    house: House, rendering: Rendering, agent: Identity, items: list[BulkItem]
) -> list[BulkResult]:
    """Take each step; a refusal is that ticket's result and touches no other.

    Raises:
        DatabaseUnavailableError: before the first; later ones say so in their results.
    """
    results: list[BulkResult] = []
    for item in items:
        try:
            results.append(await _one(house, agent, item))
        except ValidationError as error:
            body = rendering.of_fields(error.errors(), within=0)
            results.append(BulkResult(number=item.number, error=body))
        except DatabaseUnavailableError as error:
            if not results:
                raise
            results.append(_refused(rendering, item, error))
        except DomainError as error:
            results.append(_refused(rendering, item, error))
    return results


def _refused(rendering: Rendering, item: BulkItem, error: DomainError) -> BulkResult:
    body: ErrorBody = rendering.of_error(error)
    return BulkResult(number=item.number, error=body)


async def _one(house: House, agent: Identity, item: BulkItem) -> BulkResult:
    command = KINDS[item.step].model_validate(item.command)
    by = By(Actor.AGENT, agent.display_name, agent.username, agent.role)
    async with house.units.begin() as uow:
        before = state_of(await cases.get(uow, item.number))
        ticket = await perform(Acting(uow, house.policy, by), item.number, command)
        back = way_back(command, before)
        undo = None
        if back is not None:
            step, values = back
            undo = BulkItem(number=item.number, step=step, command={"version": ticket.version, **values})
        return BulkResult(number=item.number, ticket=summary(ticket), undo=undo)
