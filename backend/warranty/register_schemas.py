"""What the desk and the bot exchange with the register."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from backend.masking import mask_address, mask_phone
from backend.text import Text
from backend.warranty.customers import EntryKind, File
from backend.warranty.facts import Seller
from backend.warranty.lookup import Answer
from backend.warranty.models import Customer, Product
from backend.warranty.purchases import Sale
from backend.warranty.search import Found


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class ProductOut(_Out):
    """A model on record."""

    model: str
    family: str
    name: str


class SoldOut(_Out):
    """A purchase as far as the warranty needs it; nothing about who bought it."""

    serial: str | None
    product: ProductOut
    purchase_date: date
    delivery_date: date | None
    exchanged_on: date | None
    sold_by: Seller
    remote: bool | None
    order_number: str | None


class SaleOut(SoldOut):
    """A purchase as the desk sees it."""

    id: UUID
    customer_id: UUID | None
    dealer: str | None
    price: Decimal | None
    proof: str | None
    delivery_state: str | None


class CustomerSummary(_Out):
    """A line of a list of customers."""

    id: UUID
    name: str
    address: str | None
    key_customer: bool
    phones_masked: list[str]


class SearchOut(BaseModel):
    """All that the words may mean."""

    products: list[ProductOut]
    sales: list[SaleOut]
    customers: list[CustomerSummary]


class ContractOut(_Out):
    """A maintenance contract."""

    number: str
    purchase_id: UUID | None
    starts_on: date
    ends_on: date
    parts_free: bool


class EntryIn(BaseModel):
    """An entry for a customer's file."""

    model_config = ConfigDict(extra="forbid")

    kind: EntryKind
    text: Text = Field(min_length=1, max_length=2000)
    purchase_id: UUID | None = None


class EntryOut(_Out):
    """An entry of a customer's file."""

    id: UUID
    kind: EntryKind
    at: datetime
    text: str
    author: str | None
    purchase_id: UUID | None


class AgreementIn(BaseModel):
    """The technical agreement with a customer; null: there is none any more."""

    model_config = ConfigDict(extra="forbid")

    text: Text | None = Field(min_length=1, max_length=20_000)


class MergeIn(BaseModel):
    """Which file is to become part of this one."""

    model_config = ConfigDict(extra="forbid")

    other_id: UUID


class MergeOut(_Out):
    """Two files made one, and whether that was undone."""

    id: UUID
    kept_id: UUID
    merged_id: UUID
    at: datetime
    author: str
    undone_at: datetime | None
    undone_by: str | None


class CustomerFile(_Out):
    """A customer's file (R10-8). Until `revealed`, phone numbers and the address are hidden."""

    id: UUID
    revealed: bool
    name: str
    unit: str | None
    address: str | None
    region: str | None
    key_customer: bool
    technical_agreement: str | None
    merged_into: UUID | None
    phones: list[str]
    sales: list[SaleOut]
    contracts: list[ContractOut]
    entries: list[EntryOut]
    merges: list[MergeOut]


class LookupOut(BaseModel):
    """What the bot may tell. `needs_last4`: ask for the last digits of the number left at the purchase.

    `too_many`: wrong digits were tried so often that nothing is told for a while.
    """

    product: ProductOut | None
    models_alike: list[ProductOut]
    sales: list[SoldOut]
    needs_last4: bool
    too_many: bool


def products_out(products: list[Product]) -> list[ProductOut]:
    """Models as they are told."""
    return [ProductOut.model_validate(product) for product in products]


def _sold(sale: Sale) -> dict[str, object]:
    purchase = sale.purchase
    return {name: getattr(purchase, name) for name in SoldOut.model_fields if hasattr(purchase, name)} | {
        "product": ProductOut.model_validate(sale.product),
        "sold_by": Seller.DEALER if sale.dealer is not None else Seller.OWN,
    }


def sale_out(sale: Sale) -> SaleOut:
    """A purchase as the desk sees it."""
    more = ("id", "customer_id", "price", "proof", "delivery_state")
    return SaleOut.model_validate(
        _sold(sale)
        | {name: getattr(sale.purchase, name) for name in more}
        | {"dealer": sale.dealer.name if sale.dealer else None}
    )


def _summary(customer: Customer, phones: list[str]) -> CustomerSummary:
    return CustomerSummary(
        id=customer.id,
        name=customer.name,
        address=mask_address(customer.address),
        key_customer=customer.key_customer,
        phones_masked=[masked for phone in phones if (masked := mask_phone(phone))],
    )


def search_out(found: Found) -> SearchOut:
    """What was found, as the desk sees it."""
    return SearchOut(
        products=products_out(found.products),
        sales=[sale_out(sale) for sale in found.sales],
        customers=[_summary(customer, found.phones.get(customer.id, [])) for customer in found.customers],
    )


def file_out(file: File, *, revealed: bool) -> CustomerFile:
    """A file as the desk sees it, `revealed` or with numbers and address hidden."""
    own = {
        name: getattr(file.customer, name) for name in CustomerFile.model_fields if hasattr(Customer, name)
    }
    if not revealed:
        own["address"] = mask_address(file.customer.address)
    return CustomerFile(
        **own,
        revealed=revealed,
        phones=[shown for phone in file.phones if (shown := phone if revealed else mask_phone(phone))],
        sales=[sale_out(sale) for sale in file.sales],
        contracts=[ContractOut.model_validate(contract) for contract in file.contracts],
        entries=[EntryOut.model_validate(entry) for entry in file.entries],
        merges=[MergeOut.model_validate(merge) for merge in file.merges],
    )


def lookup_out(answer: Answer) -> LookupOut:
    """What the bot may tell."""
    return LookupOut(
        product=ProductOut.model_validate(answer.product) if answer.product else None,
        models_alike=products_out(answer.alike),
        sales=[SoldOut.model_validate(_sold(sale)) for sale in answer.sales],
        needs_last4=answer.needs_last4,
        too_many=answer.too_many,
    )
