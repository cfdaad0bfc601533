"""What is done with the whole list: steps with many tickets, export, and who looked at numbers."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse
from sqlalchemy import func, select

from backend.access import reveals
from backend.access.guard import desk
from backend.access.models import RevealLog
from backend.access.reveals import Look, Subject, Why
from backend.access.roles import ANY_AGENT, SUPERVISING, SUPERVISORS
from backend.access.sessions import Identity
from backend.desk.lists import bulk, exporting
from backend.desk.lists.schemas import (
    Bulk,
    BulkResults,
    ExportIn,
    ListFacts,
    RevealOut,
    Reveals,
    TicketFilter,
)
from backend.error_rendering import Rendering
from backend.errors import ForbiddenError, ValidationFailedError
from backend.house import HouseDependency
from backend.tickets.models import Ticket

router = APIRouter(prefix="/api/v1", tags=["lists"])

AnyAgent = Annotated[Identity, Depends(desk(ANY_AGENT))]
FILE_NAME = "tickets-{:%Y%m%d-%H%M}.{}"


@router.post("/tickets/bulk")
async def take_many(given: Bulk, agent: AnyAgent, house: HouseDependency) -> BulkResults:
    """Take a step with each of several tickets. Undo by sending what `undo` says."""
    for item in given.items:
        if item.step not in bulk.FOR_MANY:
            raise ValidationFailedError(f"{item.step} is not for many")
    return BulkResults(items=await bulk.taken(house, Rendering(house.wording), agent, given.items))


@router.post(
    "/tickets/export",
    response_class=StreamingResponse,
    responses={200: {"content": {kind: {} for kind in exporting.CONTENT_TYPES.values()}}},
)
async def export(given: ExportIn, agent: AnyAgent, house: HouseDependency) -> StreamingResponse:
    """The tickets of a list as a CSV or Excel file. Numbers are hidden unless a supervisor says why not."""
    if given.whole_numbers and agent.role not in SUPERVISING:
        raise ForbiddenError("whole numbers are for supervisors")
    now = house.clock.now()
    if given.whole_numbers:
        async with house.units.begin() as uow:
            why = Why(given.reason, in_charge=False)
            reveals.note(uow.session, agent, Look(Subject.EXPORT, _told(given.filters)), why, now)
    file = exporting.Export(given.filters, now, whole_numbers=given.whole_numbers)
    name = FILE_NAME.format(now, given.format)
    return StreamingResponse(
        exporting.streamed(house.database, file, given.format),
        media_type=exporting.CONTENT_TYPES[given.format],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@router.get("/ticket-filters", dependencies=[Depends(desk(ANY_AGENT))])
async def filter_values(house: HouseDependency) -> ListFacts:
    """What the filters can choose from: departments and channels that tickets have."""
    async with house.database.transaction() as session:
        departments = select(Ticket.department).where(Ticket.department.is_not(None)).distinct()
        channels = await session.scalars(select(Ticket.channel).distinct().order_by(Ticket.channel))
        used = set(await session.scalars(departments))
        by_policy = {rule.department for rule in house.policy.routing}
        return ListFacts(departments=sorted(by_policy | used), channels=list(channels))


@router.get("/reveals", dependencies=[Depends(desk(SUPERVISORS))])
async def list_reveals(
    house: HouseDependency,
    username: Annotated[str | None, Query(max_length=100)] = None,
    subject: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Reveals:
    """Who looked at whose number, and why; latest first."""
    conditions = [RevealLog.username == username] if username else []
    conditions += [RevealLog.subject == subject] if subject else []
    query = select(RevealLog).where(*conditions).order_by(RevealLog.at.desc(), RevealLog.id).limit(limit)
    counted = select(func.count()).select_from(RevealLog).where(*conditions)
    async with house.database.transaction() as session:
        items = [RevealOut.model_validate(one) for one in await session.scalars(query)]
        return Reveals(items=items, total=await session.scalar(counted) or 0)


def _told(filters: TicketFilter) -> str:
    """The filters in a line, for the record."""
    return str(filters.model_dump_json(exclude_defaults=True))
