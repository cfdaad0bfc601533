"""How a ticket stands, in words for its customer (R3a-4.2(4): progress is reported in time)."""

from backend.bot_api.schemas import Progress, PromiseOut
from backend.house import House
from backend.sla.promises import promises
from backend.tickets.kinds import Kind, Stage
from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork

MERGED = "merged"


async def progress_of(uow: UnitOfWork, house: House, ticket: Ticket) -> Progress:
    """The ticket's progress, with the earliest of what is promised on it."""
    stage = Stage(ticket.stage)
    words = MERGED if ticket.merged_into is not None else stage.value
    promised = await promises(uow, house.policy, ticket)
    return Progress(
        number=ticket.number,
        kind=Kind(ticket.kind),
        stage=stage,
        open=not stage.closed,
        title=ticket.title,
        status=house.wording.say(f"progress_{words}"),
        next_step=house.wording.say(f"next_{words}"),
        promise=PromiseOut.model_validate(promised[0]) if promised else None,
        awaiting_customer=ticket.awaiting_customer_since is not None,
        urged=ticket.urged,
        created_at=ticket.created_at,
        updated_at=ticket.updated_at,
    )
