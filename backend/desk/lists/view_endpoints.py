"""Saved views: lists of tickets that one comes back to."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from sqlalchemy import or_, select

from backend.access.guard import desk
from backend.access.roles import ANY_AGENT, SUPERVISING
from backend.access.sessions import Identity
from backend.desk.lists.models import SavedView
from backend.desk.lists.schemas import TicketFilter, ViewIn, ViewOut, Views
from backend.errors import ConflictError, ForbiddenError, NotFoundError
from backend.house import HouseDependency
from backend.unit_of_work import UnitOfWork

router = APIRouter(prefix="/api/v1/views", tags=["lists"])

AnyAgent = Annotated[Identity, Depends(desk(ANY_AGENT))]


@router.get("")
async def list_views(agent: AnyAgent, house: HouseDependency) -> Views:
    """One's own and the shared ones."""
    query = (
        select(SavedView)
        .where(or_(SavedView.owner == agent.username, SavedView.shared.is_(True)))
        .order_by((SavedView.owner == agent.username).desc(), SavedView.name, SavedView.id)
    )
    async with house.database.transaction() as session:
        return Views(items=[_out(view, agent) for view in await session.scalars(query)])


@router.post("", status_code=201)
async def keep_view(given: ViewIn, agent: AnyAgent, house: HouseDependency) -> ViewOut:
    """Keep a list. 409 if one of that name is there, 403 if an agent wants to share."""
    async with house.units.begin() as uow:
        _require_supervisor(agent, given)
        await _require_free(uow, agent.username, given, None)
        view = SavedView(owner=agent.username, created_at=uow.now, **_values(uow, given))
        uow.session.add(view)
        await uow.session.flush()
        return _out(view, agent)


@router.put("/{view_id}")
async def change_view(view_id: UUID, given: ViewIn, agent: AnyAgent, house: HouseDependency) -> ViewOut:
    """Change one's own view."""
    async with house.units.begin() as uow:
        view = await _own(uow, view_id, agent)
        _require_supervisor(agent, given)
        await _require_free(uow, view.owner, given, view_id)
        for name, value in _values(uow, given).items():
            setattr(view, name, value)
        await uow.session.flush()
        return _out(view, agent)


@router.delete("/{view_id}", status_code=204)
async def drop_view(view_id: UUID, agent: AnyAgent, house: HouseDependency) -> None:
    """Forget a view."""
    async with house.units.begin() as uow:
        await uow.session.delete(await _own(uow, view_id, agent))


async def _own(uow: UnitOfWork, view_id: UUID, agent: Identity) -> SavedView:
    """A view that this person may change: their own, or a shared one for supervisors."""
    view = await uow.session.get(SavedView, view_id, with_for_update=True)
    if view is None or not (view.shared or view.owner == agent.username):
        raise NotFoundError(f"view {view_id}")
    if not _may_change(view, agent):
        raise ForbiddenError(f"view of {view.owner}")
    return view


def _may_change(view: SavedView, agent: Identity) -> bool:
    return view.owner == agent.username or (view.shared and agent.role in SUPERVISING)


def _require_supervisor(agent: Identity, given: ViewIn) -> None:
    if given.shared and agent.role not in SUPERVISING:
        raise ForbiddenError("only supervisors share views")


async def _require_free(uow: UnitOfWork, owner: str, given: ViewIn, view_id: UUID | None) -> None:
    there = select(SavedView.id).where(SavedView.owner == owner, SavedView.name == given.name.strip())
    if await uow.session.scalar(there) not in {None, view_id}:
        raise ConflictError(f"view {given.name}")


def _values(uow: UnitOfWork, given: ViewIn) -> dict[str, object]:
    return {
        "name": given.name.strip(),
        "filters": given.filters.model_dump(mode="json", exclude_defaults=True),
        "shared": given.shared,
        "updated_at": uow.now,
    }


def _out(view: SavedView, agent: Identity) -> ViewOut:
    return ViewOut(
        id=view.id,
        name=view.name,
        filters=TicketFilter.model_validate(view.filters),
        shared=view.shared,
        owner=view.owner,
        mine=_may_change(view, agent),
    )
