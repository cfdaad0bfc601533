"""An invented register to try the product with, the same for the same seed and day."""

import random
import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.clock import SHANGHAI
from backend.warranty.keys import code, look_key
from backend.warranty.models import (
    Customer,
    CustomerPhone,
    Dealer,
    MaintenanceContract,
    Product,
    Purchase,
)

DAYS_A_YEAR = 365
SHARE_OF_DEALERS, SHARE_ONLINE, SHARE_DELIVERED = 0.3, 0.5, 0.9
Rows = list[dict[str, Any]]


async def seed(session: AsyncSession, plan: dict[str, Any], now: datetime) -> bool:
    """Fill an empty register as data/demo/register.yml plans; false if something is in it already."""
    if await session.scalar(select(Product.id).limit(1)) is not None:
        return False
    for model, rows in Invention(plan, now).tables():
        await session.execute(insert(model), rows)
    return True


@dataclass
class Invention:
    """The rows of the invented register."""

    plan: dict[str, Any]
    now: datetime

    def __post_init__(self) -> None:
        self._dice = random.Random(self.plan["seed"])  # noqa: S311  # invents, protects nothing
        self._today: date = self.now.astimezone(SHANGHAI).date()

    def tables(self) -> list[tuple[Any, Rows]]:
        """Rows by table, in an order in which they can be inserted."""
        products = self._products()
        dealers = [self._row(**dealer) for dealer in self.plan["dealers"]]
        customers, phones = self._customers()
        purchases = [
            self._purchase(number, products, dealers, customers) for number in self._numbers("purchases")
        ]
        contracts = [self._contract(number, purchases) for number in self._numbers("contracts")]
        kept = [
            {key: value for key, value in row.items() if key not in {"line", "price"}} for row in products
        ]
        return [
            (Product, kept),
            (Dealer, dealers),
            (Customer, customers),
            (CustomerPhone, phones),
            (Purchase, purchases),
            (MaintenanceContract, contracts),
        ]

    def _numbers(self, what: str) -> range:
        return range(self.plan[what])

    def _row(self, **values: Any) -> dict[str, Any]:
        identifier = uuid.UUID(int=self._dice.getrandbits(128), version=4)
        return {"id": identifier, "created_at": self.now, **values}

    def _products(self) -> Rows:
        return [
            self._row(
                model=model,
                look_key=look_key(model),
                family=line["family"],
                name=name,
                synonyms=line["synonyms"],
                line=line["prefix"],
                price=line["price"],
            )
            for line in self.plan["lines"]
            for model, name in line["models"].items()
        ]

    def _customers(self) -> tuple[Rows, Rows]:
        customers, phones = [], []
        for number in self._numbers("customers"):
            place = self._dice.choice(self.plan["places"])
            address = self.plan["address"].format(
                street=self._dice.choice(place["streets"]),
                number=self._dice.randint(1, 300),
                building=self._dice.randint(1, 20),
                room=self._dice.randint(101, 1804),
            )
            name = self._dice.choice(self.plan["surnames"]) + self._dice.choice(self.plan["given"])
            customer = self._row(
                name=name,
                address=address,
                region=place["region"],
                key_customer=self._dice.random() < 0.05,  # noqa: PLR2004
                updated_at=self.now,
            )
            customers.append(customer)
            phones.append(
                {
                    "id": customer["id"],
                    "customer_id": customer["id"],
                    "number": self.plan["phone"].format(number=number),
                }
            )
        return customers, phones

    def _purchase(self, number: int, products: Rows, dealers: Rows, customers: Rows) -> dict[str, Any]:
        product, customer = self._dice.choice(products), self._dice.choice(customers)
        bought = self._today - timedelta(days=self._dice.randint(1, self.plan["years"] * DAYS_A_YEAR))
        arrived = min(bought + timedelta(days=self._dice.randint(0, 6)), self._today)
        dealer = self._dice.choice(dealers) if self._dice.random() < SHARE_OF_DEALERS else None
        online = dealer is None and self._dice.random() < SHARE_ONLINE
        serial = f"{product['line']}{bought:%y%m}{number:05d}"
        return self._row(
            serial=code(serial),
            serial_key=look_key(serial),
            product_id=product["id"],
            customer_id=customer["id"],
            dealer_id=dealer["id"] if dealer else None,
            purchase_date=bought,
            delivery_date=arrived if self._dice.random() < SHARE_DELIVERED else None,
            exchanged_on=None,
            price=self._dice.randrange(product["price"][0], product["price"][1], 100),
            order_number=f"{bought:%Y%m%d}{number:05d}",
            remote=online,
            proof="order" if online else "invoice",
            delivery_state=self._dice.choice(self.plan["delivery_states"]),
        )

    def _contract(self, number: int, purchases: Rows) -> dict[str, Any]:
        purchase = purchases[number * len(purchases) // self.plan["contracts"]]
        starts = self._today - timedelta(days=self._dice.randint(0, 2 * DAYS_A_YEAR))
        return self._row(
            number=f"M{starts:%Y}{number:04d}",
            customer_id=purchase["customer_id"],
            purchase_id=purchase["id"],
            starts_on=starts,
            ends_on=starts + timedelta(days=DAYS_A_YEAR),
            parts_free=self._dice.random() < SHARE_ONLINE,
        )
