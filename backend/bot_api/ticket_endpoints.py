"""What the bot's actions may ask of the backend. Reached with the service token only."""

from fastapi import APIRouter, Depends, Response

from backend.access.guard import service
from backend.bot_api.completing import complete
from backend.bot_api.schemas import FiledTicket, PromiseOut
from backend.conversations.models import Conversation
from backend.errors import NotFoundError
from backend.house import HouseDependency
from backend.sla.promises import promises
from backend.tickets.cases import Acting
from backend.tickets.filing import file
from backend.tickets.kinds import Actor, Kind, Stage
from backend.tickets.schemas import NewTicket
from backend.tickets.timeline import By

router = APIRouter(prefix="/api/v1/service", tags=["service"], dependencies=[Depends(service)])


@router.post("/tickets", status_code=201, responses={200: {"model": FiledTicket}})
async def file_ticket(request: NewTicket, house: HouseDependency, response: Response) -> FiledTicket:
    """File a ticket for a conversation. The same request_id again: 200 and the ticket it made, completed."""
    async with house.units.begin() as uow:
        conversation = await uow.session.get(Conversation, request.conversation_id)
        if conversation is None:
            raise NotFoundError(f"conversation {request.conversation_id}")
        filed = await file(uow, house.policy, request, channel=conversation.channel, by=By(Actor.BOT))
        if not filed.new:
            await complete(Acting(uow, house.policy, By(Actor.SYSTEM)), filed.ticket.number, request)
        promised = await promises(uow, house.policy, filed.ticket)
    if not filed.new:
        response.status_code = 200
    ticket = filed.ticket
    return FiledTicket(
        number=ticket.number,
        kind=Kind(ticket.kind),
        stage=Stage(ticket.stage),
        promises=[PromiseOut.model_validate(promise) for promise in promised],
    )
