"""Service orders on the technician's phone: the visits ahead, and pictures."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, UploadFile

from backend.access.guard import desk
from backend.access.roles import ANY_AGENT
from backend.access.sessions import Identity
from backend.desk.service_order_endpoints import serving_of
from backend.dispatch import board, orders, pictures
from backend.dispatch.board import Wanted
from backend.dispatch.kinds import PictureKind
from backend.dispatch.presenting import detail_out
from backend.dispatch.schemas import OrderDetail, Visits
from backend.house import HouseDependency

router = APIRouter(prefix="/api/v1", tags=["service orders"])

AnyAgent = Annotated[Identity, Depends(desk(ANY_AGENT))]


@router.get("/visits")
async def list_visits(agent: AnyAgent, house: HouseDependency) -> Visits:
    """All that whoever asks has to do as a technician, with what they need on site; the next visit first."""
    wanted = Wanted(technician_user=agent.username, on_the_road=True)
    async with house.units.begin() as uow:
        serving = serving_of(house, uow, agent)
        cards = await board.cards(uow.session, house.policy, wanted, uow.now)
        items = [await detail_out(serving, card.order, card.ticket) for card in cards]
        return Visits(now=uow.now, items=items)


@router.post("/service-orders/{number}/pictures", status_code=201)
async def add_picture(  # noqa: PLR0913, PLR0917  # the parts of a form
    number: str,
    picture_id: Annotated[UUID, Form(description="Made by the sender: sent again it is the same picture")],
    kind: Annotated[PictureKind, Form()],
    file: UploadFile,
    agent: AnyAgent,
    house: HouseDependency,
) -> OrderDetail:
    """Keep a picture of the work, of the signed record, or a signature. 422 if it is no picture."""
    data = await file.read(house.settings.max_file_bytes + 1)
    async with house.units.begin() as uow:
        serving = serving_of(house, uow, agent)
        await pictures.add(serving, number, picture_id, kind, data)
        order, ticket = await orders.get(uow, number)
        return await detail_out(serving, order, ticket)
