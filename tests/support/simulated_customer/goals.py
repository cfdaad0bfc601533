"""What a simulated customer is after: drawn from a generator, complete with everything that may be asked."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tests.support.simulated_customer.facts import Fact
from tests.support.simulated_customer.stock import (
    AREAS,
    CITIES,
    FAULTS,
    GIVEN,
    GRIEVANCES,
    MOBILES,
    MODELS,
    OFFICES,
    PLACES,
    REASONS,
    ROADS,
    SUGGESTIONS,
    SURNAMES,
    TITLES,
    VISITS,
)
from tests.support.simulated_customer.times import drawn_incident, drawn_purchase

KINDS = {
    "quality_complaint": 40,
    "service_complaint": 16,
    "repair_request": 16,
    "return_exchange": 14,
    "suggestion": 10,
    "human_request": 4,
}
AT_HOME = {"exchange", "repair", "visit"}
"""Demands for which somebody comes or sends something, so that an address is due (R3c-4.7)."""

DEMANDS = {
    "exchange": ("换货", "给我换一台", "要求换货"),
    "return": ("退货", "我要退货", "要求退货"),
    "repair": ("维修", "给我修好", "要求维修"),
    "refund": ("退款", "把钱退给我", "要求退款"),
    "compensation": ("赔偿", "要求赔偿损失", "赔偿我的损失"),
    "apology": ("道歉", "给我道歉", "要求道歉"),
    "visit": ("尽快上门", "派人上门看看", "尽快派师傅上门"),
    "handle": ("尽快处理", "给个说法", "赶紧处理"),
}
WANTED = {
    "quality_complaint": ("exchange", "return", "repair", "refund", "compensation", "visit", "handle"),
    "service_complaint": ("apology", "handle", "compensation"),
    "return_exchange": ("return", "exchange", "refund"),
}
ASKED = {
    "quality_complaint": ("product", "fault", "purchase_date", "purchase_place", "demand"),
    "service_complaint": ("description", "incident_time", "incident_place", "demand"),
    "repair_request": ("product", "fault", "purchase_date", "address", "visit_time"),
    "return_exchange": ("product", "demand", "fault", "purchase_date", "purchase_place"),
    "suggestion": ("description", "business_area"),
    "human_request": (),
}
"""What has to be known of each kind besides the contact (R1-1.3, R3a-4.2, R3c-4.7)."""

OTHER_READING = {
    "handle": "repair_request",
    "repair": "repair_request",
    "visit": "repair_request",
    "return": "return_exchange",
    "refund": "return_exchange",
    "exchange": "return_exchange",
}
"""As what a complaint with this demand may be taken down, too."""

DECLINABLE = (
    "purchase_date",
    "purchase_place",
    "incident_time",
    "incident_place",
    "customer_name",
    "address",
)


@dataclass(frozen=True)
class Goal:
    """What the customer wants, and everything known about it. A slot that is `declined` is not told."""

    kind: str
    facts: Mapping[str, Fact]
    declined: frozenset[str] = frozenset()

    @property
    def ticket_kinds(self) -> frozenset[str]:
        """Kinds that do the matter justice: a fault with a wish for repair or return may be read either way."""
        if self.kind == "human_request":
            return frozenset({"inquiry"})
        if self.kind in {"repair_request", "return_exchange"}:
            return frozenset({self.kind, "quality_complaint"})
        demand = self.facts["demand"].held if "demand" in self.facts else ""
        return frozenset(
            {self.kind, OTHER_READING.get(demand, self.kind)}
            if self.kind == "quality_complaint"
            else {self.kind}
        )

    @property
    def needed(self) -> tuple[str, ...]:
        """Slots that the bot has to find out, unless they are told or known."""
        contact = () if self.kind in {"suggestion", "human_request"} else ("customer_name",)
        demand = self.facts.get("demand")
        home = ("address",) if demand and demand.held in AT_HOME and self.kind != "service_complaint" else ()
        return (*ASKED[self.kind], *contact, "phone", *home)


def draw_goal(rng: random.Random, today: date, kind: str | None = None) -> Goal:
    """A goal, all parts of it drawn."""
    kind = kind or rng.choices(list(KINDS), list(KINDS.values()))[0]
    facts = {fact.slot: fact for fact in (*_matter(rng, kind, today), *_contact(rng))}
    goal = Goal(kind, facts)
    declined = frozenset(slot for slot in DECLINABLE if slot in goal.needed and rng.random() < 0.08)
    return Goal(kind, facts, declined)


def _matter(rng: random.Random, kind: str, today: date) -> list[Fact]:
    if kind == "human_request":
        return []
    if kind == "suggestion":
        area, words = rng.choice(
            [(area, words) for area, several in SUGGESTIONS.items() for words in several]
        )
        return [_described(words), Fact("business_area", AREAS[area], AREAS[area])]
    if kind == "service_complaint":
        words, where = rng.choice(GRIEVANCES), rng.choice(OFFICES)
        place = Fact("incident_place", f"是{where}", where, alone=where, how="within")
        return [_described(words), drawn_incident(rng, today), place, _demand(rng, kind)]
    return _about_a_product(rng, kind, today)


def _about_a_product(rng: random.Random, kind: str, today: date) -> list[Fact]:
    said, product, faults = rng.choice(FAULTS)
    fault = rng.choice(REASONS) if kind == "return_exchange" and rng.random() < 0.4 else rng.choice(faults)
    place = rng.choice(PLACES)
    facts = [
        Fact("product", said, product, how="within"),
        Fact("fault", fault, fault, how="within"),
        drawn_purchase(rng, today),
        Fact("purchase_place", place, place.removeprefix("你们"), alone=f"{place}买的", how="within"),
    ]
    if kind in WANTED:
        facts.append(_demand(rng, kind))
    else:
        visit = rng.choice(VISITS)
        facts.append(Fact("visit_time", visit, visit, how="within"))
    if rng.random() < 0.3:
        model = rng.choice(MODELS[product]) if product in MODELS else f"YS{rng.randint(100, 999)}"
        facts.append(Fact("model", model, model, how="within"))
    if rng.random() < 0.2:
        order = f"JD{rng.randint(10**9, 10**10 - 1)}"
        facts.append(Fact("order_number", f"订单号{order}", order, alone=order))
    return facts


def _described(words: str) -> Fact:
    return Fact("description", words, words, how="within")


def _demand(rng: random.Random, kind: str) -> Fact:
    demand = rng.choice(WANTED[kind])
    title, *phrases = DEMANDS[demand]
    return Fact("demand", rng.choice(phrases), demand, alone=rng.choice((title, *phrases)))


def _contact(rng: random.Random) -> list[Fact]:
    surname, title = rng.choice(SURNAMES), rng.choice(TITLES)
    name = surname + (rng.choice(GIVEN) if rng.random() < 0.5 else title)
    introduced = f"我叫{name}" if not name.endswith(title) else f"我姓{surname}"
    held = name if not name.endswith(title) else surname
    phone = f"{rng.choice(MOBILES)}{rng.randint(10**7, 10**8 - 1)}"
    address = f"{rng.choice(CITIES)}{rng.choice(ROADS)}{rng.randint(1, 299)}号{rng.randint(1, 30)}幢{rng.randint(1, 18)}01室"
    return [
        Fact("customer_name", introduced, held, alone=rng.choice((introduced, name)), how="within"),
        Fact("phone", f"电话{phone}", phone, alone=phone),
        Fact("address", f"地址是{address}", address, alone=address, how="within"),
    ]
