"""Tables of the register: what was sold to whom, by whom, and what was agreed (R1-2.2, R10-3, R10-8)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base

YUAN = Numeric(12, 2)


class Product(Base):
    """A model that the company sells."""

    __tablename__ = "product"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    model: Mapped[str] = mapped_column(unique=True)
    look_key: Mapped[str] = mapped_column(unique=True, doc="The model as it is compared (keys.look_key)")
    family: Mapped[str] = mapped_column(doc="A family of policy/warranty.yml")
    name: Mapped[str]
    synonyms: Mapped[list[str]] = mapped_column(default=list)
    created_at: Mapped[datetime]


class Dealer(Base):
    """Who sells the company's products beside the company (R10-3.2)."""

    __tablename__ = "dealer"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    region: Mapped[str | None]
    contact: Mapped[str | None]
    phone: Mapped[str | None]
    created_at: Mapped[datetime]


class Customer(Base):
    """A customer with a file (R1-2.2, R10-8)."""

    __tablename__ = "customer"
    __table_args__ = (Index("ix_customer_name", "name", postgresql_ops={"name": "varchar_pattern_ops"}),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str]
    unit: Mapped[str | None] = mapped_column(doc="The organisation that uses the products")
    address: Mapped[str | None]
    region: Mapped[str | None]
    key_customer: Mapped[bool] = mapped_column(default=False)
    technical_agreement: Mapped[str | None] = mapped_column(doc="Promises and prices of parts (R10-8)")
    merged_into: Mapped[UUID | None] = mapped_column(
        ForeignKey("customer.id", ondelete="RESTRICT"), index=True
    )
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class CustomerPhone(Base):
    """A phone number on a customer's file, as it is dialled within the country."""

    __tablename__ = "customer_phone"
    __table_args__ = (UniqueConstraint("customer_id", "number"), Index("ix_customer_phone_number", "number"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id", ondelete="RESTRICT"))
    number: Mapped[str]


class Purchase(Base):
    """One unit sold, with what shows it and the state in which it was delivered."""

    __tablename__ = "purchase"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    serial: Mapped[str | None] = mapped_column(unique=True, doc="Capital letters and digits (keys.code)")
    serial_key: Mapped[str | None] = mapped_column(index=True, doc="As it is compared (keys.look_key)")
    product_id: Mapped[UUID] = mapped_column(ForeignKey("product.id", ondelete="RESTRICT"), index=True)
    customer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("customer.id", ondelete="RESTRICT"), index=True
    )
    dealer_id: Mapped[UUID | None] = mapped_column(ForeignKey("dealer.id", ondelete="RESTRICT"), index=True)
    purchase_date: Mapped[date]
    delivery_date: Mapped[date | None]
    exchanged_on: Mapped[date | None]
    price: Mapped[Decimal | None] = mapped_column(YUAN)
    order_number: Mapped[str | None] = mapped_column(index=True, doc="Capital letters and digits (keys.code)")
    remote: Mapped[bool | None]
    proof: Mapped[str | None]
    delivery_state: Mapped[str | None] = mapped_column(doc="State on delivery (R10-8)")
    created_at: Mapped[datetime]


class MaintenanceContract(Base):
    """A maintenance contract (R3b-6 B), for one unit or for all of a customer's."""

    __tablename__ = "maintenance_contract"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    number: Mapped[str] = mapped_column(unique=True)
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id", ondelete="RESTRICT"), index=True)
    purchase_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("purchase.id", ondelete="RESTRICT"), index=True
    )
    starts_on: Mapped[date]
    ends_on: Mapped[date] = mapped_column(index=True)
    parts_free: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class FileEntry(Base):
    """An entry of a customer's file: delivery state, service, satisfaction, quality tracking (R10-8)."""

    __tablename__ = "customer_file_entry"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id", ondelete="RESTRICT"), index=True)
    purchase_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("purchase.id", ondelete="RESTRICT"), index=True
    )
    kind: Mapped[str]
    at: Mapped[datetime]
    text: Mapped[str]
    author: Mapped[str | None]


class FailedDigits(Base):
    """Last digits that somebody tried and that are not on the buyer's file; counted to slow down guessing."""

    __tablename__ = "failed_digits"
    __table_args__ = (Index("ix_failed_digits_key_at", "key", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    key: Mapped[str] = mapped_column(doc="What was asked by: a code, a phone number, a conversation")
    at: Mapped[datetime]


class CustomerMerge(Base):
    """Two files made one, with all that it takes to undo it."""

    __tablename__ = "customer_merge"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kept_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id", ondelete="RESTRICT"), index=True)
    merged_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id", ondelete="RESTRICT"), index=True)
    moved: Mapped[dict[str, Any]] = mapped_column(doc="Ids of the rows that changed hands, by table")
    filled: Mapped[dict[str, Any]] = mapped_column(doc="Fields of the kept file that were empty before")
    at: Mapped[datetime]
    author: Mapped[str]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None]
