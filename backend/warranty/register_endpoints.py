"""The register at the desk: searching, customers' files, merging them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from backend.access import reveals
from backend.access.guard import desk, service
from backend.access.reveals import Look, Subject
from backend.access.roles import ANY_AGENT, SUPERVISORS
from backend.access.sessions import Identity
from backend.house import HouseDependency
from backend.warranty import customers, lookup, merging, search
from backend.warranty.customers import NewEntry
from backend.warranty.register_schemas import (
    AgreementIn,
    CustomerFile,
    EntryIn,
    EntryOut,
    LookupOut,
    MergeIn,
    MergeOut,
    SearchOut,
    file_out,
    lookup_out,
    search_out,
)

router = APIRouter()
REGISTER = "/api/v1/register"

AnyAgent = Annotated[Identity, Depends(desk(ANY_AGENT))]
Supervisor = Annotated[Identity, Depends(desk(SUPERVISORS))]
Asked = Annotated[str | None, Query(max_length=100)]


@router.get(f"{REGISTER}/search", tags=["register"], dependencies=[Depends(desk(ANY_AGENT))])
async def find(
    text: Annotated[str, Query(min_length=1, max_length=100)], house: HouseDependency
) -> SearchOut:
    """Products, purchases and customers by serial, model (also nearly right), phone, order number or name."""
    async with house.database.transaction() as session:
        return search_out(await search.find(session, text))


@router.get(f"{REGISTER}/customers/{{customer_id}}", tags=["register"])
async def customer_file(customer_id: UUID, agent: AnyAgent, house: HouseDependency) -> CustomerFile:
    """A customer's file (R10-8); numbers and address hidden until revealed."""
    look = Look(Subject.CUSTOMER, str(customer_id))
    async with house.database.transaction() as session:
        revealed = await reveals.open_to(session, agent.username, look, house.clock.now())
        return file_out(await customers.whole_file(session, customer_id), revealed=revealed)


@router.post(f"{REGISTER}/customers/{{customer_id}}/entries", tags=["register"], status_code=201)
async def add_entry(customer_id: UUID, entry: EntryIn, agent: AnyAgent, house: HouseDependency) -> EntryOut:
    """Write an entry into a customer's file."""
    new = NewEntry(entry.kind, entry.text, entry.purchase_id)
    async with house.units.begin() as uow:
        added = await customers.add_entry(uow, customer_id, new, agent.display_name)
        return EntryOut.model_validate(added)


@router.put(f"{REGISTER}/customers/{{customer_id}}/agreement", tags=["register"])
async def agree(
    customer_id: UUID, given: AgreementIn, agent: AnyAgent, house: HouseDependency
) -> CustomerFile:
    """Write what was promised and at which prices of parts (R10-8); the file's entries keep what it was."""
    async with house.units.begin() as uow:
        await customers.agree(uow, customer_id, given.text, agent.display_name)
        return file_out(await customers.whole_file(uow.session, customer_id), revealed=False)


@router.post(f"{REGISTER}/customers/{{customer_id}}/merge", tags=["register"], status_code=201)
async def merge(
    customer_id: UUID, other: MergeIn, supervisor: Supervisor, house: HouseDependency
) -> MergeOut:
    """Make another file part of this one. 409 if one of them was merged before."""
    async with house.units.begin() as uow:
        record = await merging.merge(uow, customer_id, other.other_id, supervisor.display_name)
        return MergeOut.model_validate(record)


@router.post(f"{REGISTER}/merges/{{merge_id}}/undo", tags=["register"])
async def undo_merge(merge_id: UUID, supervisor: Supervisor, house: HouseDependency) -> MergeOut:
    """Make two files of one again. 409 if that was done before, or the kept file is itself merged."""
    async with house.units.begin() as uow:
        record = await merging.undo(uow, merge_id, supervisor.display_name)
        return MergeOut.model_validate(record)


@router.get("/api/v1/service/register/lookup", tags=["service"], dependencies=[Depends(service)])
async def look_up(  # noqa: PLR0913, PLR0917  # one argument a way to ask
    house: HouseDependency,
    model: Asked = None,
    serial: Asked = None,
    order: Asked = None,
    phone: Asked = None,
    last4: Annotated[str | None, Query(pattern=r"^\d{4}$")] = None,
    conversation_id: UUID | None = None,
) -> LookupOut:
    """What the bot may tell a caller. `phone` is the number that the channel knows the caller has.

    Products and models that look or sound alike are told to anybody; a purchase only by its serial or order
    number, or by the caller's number, and the last four digits of a number on the buyer's file. After several
    wrong ones nothing is told for a while, which `too_many` says.
    """
    asked = lookup.Question(
        model=model,
        serial=serial,
        order=order,
        verified_phone=phone,
        last4=last4,
        conversation_id=conversation_id,
    )
    async with house.units.begin() as uow:
        return lookup_out(await lookup.look_up(uow, asked))
