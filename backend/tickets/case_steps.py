"""Any step of the workflow, as it is asked for."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any

from backend.tickets import cases, relations
from backend.tickets.cases import Acting
from backend.tickets.commands import Command, Step
from backend.tickets.models import Ticket

CONCERN_OTHERS: Mapping[Step, Callable[[Acting, str, Any], Awaitable[Ticket]]] = MappingProxyType(
    {
        Step.LINK: relations.link,
        Step.UNLINK: relations.unlink,
        Step.MERGE: relations.merge,
        Step.UNMERGE: relations.unmerge,
        Step.SPLIT: relations.split,
        Step.IMPROVE: relations.improve,
    }
)
"""Steps that change another ticket beside the one they are taken with."""


async def perform(acting: Acting, number: str, command: Command) -> Ticket:
    """Take the step. Errors as `cases.take`."""
    return await CONCERN_OTHERS.get(command.step, cases.take)(acting, number, command)
