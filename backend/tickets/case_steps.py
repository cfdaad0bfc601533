"""Any step of the workflow, as it is asked for."""

from backend.tickets import cases, relations
from backend.tickets.cases import Acting
from backend.tickets.commands import Command, Improve, Link, Merge, Split, Unmerge
from backend.tickets.models import Ticket


async def perform(acting: Acting, number: str, command: Command) -> Ticket:
    """Take the step. Errors as `cases.take`."""
    match command:
        case Link():
            return await relations.link(acting, number, command)
        case Merge():
            return await relations.merge(acting, number, command)
        case Unmerge():
            return await relations.unmerge(acting, number, command)
        case Split():
            return await relations.split(acting, number, command)
        case Improve():
            return await relations.improve(acting, number, command)
        case _:
            return await cases.take(acting, number, command)
