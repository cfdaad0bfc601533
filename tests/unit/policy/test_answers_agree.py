"""What customers are told (policy/answers.yml) is what clocks, calendars and warranty go by."""

import re
from collections.abc import Callable
from functools import cache

import pytest
import yaml

from backend import policy
from backend.policy import Policy
from backend.policy.clock_rules import Unit
from backend.settings import PROJECT_ROOT

DIGITS = dict(zip("一二三四五六七八九十两", [*range(1, 11), 2], strict=True))
UNITS = {
    Unit.WORKING_HOURS: "个工作小时",
    Unit.WORKING_DAYS: "个工作日",
    Unit.HOURS: "小时",
    Unit.DAYS: "天",
    Unit.MONTHS: "个月",
}
ELSEWHERE = {
    "authority_phone": "the public authority's, not ours",
    "authority_accepts": "the public authority's, not ours",
}


@cache
def shipped() -> Policy:
    return policy.load(PROJECT_ROOT / "policy")


@cache
def answers() -> dict[str, dict]:
    return yaml.safe_load((PROJECT_ROOT / "policy/answers.yml").read_text(encoding="utf-8"))


def number(words: str) -> int:
    """Up to some thousands, in digits or as spoken."""
    if words.isdigit():
        return int(words)
    total, digit = 0, 0
    for character in words:
        if character in {"百", "千"} or (character == "十" and (digit or len(words) > 1)):
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[character]
            digit = 0
        else:
            digit = DIGITS[character]
    return total + digit


def clock(clock_id: str) -> Callable[[], str]:
    def said() -> str:
        rule = shipped().sla.clocks[clock_id]
        assert rule.amount.by is None
        return f"{rule.amount.beyond:g}{UNITS[rule.unit]}"

    return said


def by_distance(place: int, of: int) -> Callable[[], str]:
    """A limit (0) or an amount (1) of a step of the table of distances."""

    def said() -> str:
        rules = [shipped().sla.clocks[name] for name in ("arrival_distance", "arrival_charged")]
        assert rules[0].amount == rules[1].amount
        amount = rules[0].amount
        value = amount.beyond if place == len(amount.steps) else amount.steps[place][of]
        return f"{value:g}{'小时' if of else '公里'}"

    return said


def months(count: int) -> str:
    return f"{count // 12}年" if count % 12 == 0 else f"{count}个月"


def term(*of: str) -> Callable[[], str]:
    """The one term of these families, or of these parts (`family.part`)."""

    def said() -> str:
        families = shipped().warranty.families
        terms = set()
        for name in of:
            family, _, part = name.partition(".")
            parts = {one.id: one for one in families[family].parts}
            terms.add((parts[part] if part else families[family]).term.months)
        (only,) = terms
        return months(only)

    return said


def remedy(name: str, measure: str, **facts: int) -> Callable[[], str]:
    """What the law's remedies say, of those that have these values."""

    def said() -> str:
        raw = yaml.safe_load((PROJECT_ROOT / "policy/warranty.yml").read_text(encoding="utf-8"))
        among = raw["families"]["car"]["remedies"] if measure.startswith("car_") else raw["remedies"]
        (found,) = [
            one
            for one in among
            if name in one["remedies"] and all(one.get(key) == value for key, value in facts.items())
        ]
        field, unit = {
            "days": ("days", "天"),
            "repairs": ("failed_repairs", "次"),
            "car_days": ("days", "天"),
            "car_distance": ("kilometres", "公里"),
        }[measure]
        return f"{found[field]}{unit}"

    return said


PARTS = ("mainboard", "processor", "memory", "hard_disk")
FIGURES: dict[str, Callable[[], str]] = {
    "passing_on": clock("pass_on"),
    "first_contact": clock("first_contact"),
    "enquiry": clock("enquiry_answer"),
    "plan": clock("plan"),
    "longest_handling": clock("outermost"),
    "arrival_city": clock("arrival_city"),
    "arrival_suburb": clock("arrival_suburb"),
    "contract_notice": clock("contract_notice"),
    "near_distance": by_distance(0, 0),
    "far_distance": by_distance(1, 0),
    "arrival_near": by_distance(0, 1),
    "arrival_middle": by_distance(1, 1),
    "arrival_far": by_distance(2, 1),
    "appliance_term": term(
        "air_conditioner", "refrigerator", "washing_machine", "tv", "water_heater", "range_hood", "gas_stove",
        "kitchen_appliance", "water_purifier", "small_appliance",
    ),
    "phone_body_term": term("phone"),
    "phone_battery_term": term("phone.battery"),
    "phone_charger_term": term("phone.charger"),
    "phone_headset_term": term("phone.headset"),
    "computer_term": term("computer", "laptop"),
    "computer_parts_term": term(*(f"{kind}.{part}" for kind in ("computer", "laptop") for part in PARTS)),
    "tv_term": term("tv"),
    "tv_parts_term": term("tv.circuit", "tv.tuner", "tv.picture_tube"),
    "appliance_parts_term": term(
        "air_conditioner.compressor", "refrigerator.compressor", "washing_machine.motor", "range_hood.motor"
    ),
    "return_days": remedy("return", "days", days=7),
    "exchange_days": remedy("exchange", "days", days=15),
    "failed_repairs": remedy("return", "repairs", failed_repairs=2),
    "no_reason_days": lambda: f"{shipped().warranty.no_reason.days}天",
    "proof_term": lambda: f"{shipped().warranty.burden_of_proof.months}个月",
    "car_safety_days": remedy("return", "car_days", safety=True),
    "car_safety_distance": remedy("return", "car_distance", safety=True),
    "car_drive_days": remedy("return", "car_days", days=7),
}  # fmt: skip


def same(said: str, figure: str) -> bool:
    """Whether an answer says the figure: the same unit and number, in digits or as spoken."""
    one, other = (re.fullmatch(r"(\d+|[一二三四五六七八九十百千两]+)(\D+)", text) for text in (said, figure))
    assert one is not None, said
    assert other is not None, figure
    return (number(one[1]), one[2]) == (number(other[1]), other[2])


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_a_figure_that_is_told_is_the_one_that_is_kept(name: str):
    figure = FIGURES[name]()
    for said in (answers()[name]["text"], answers()[name].get("spoken")):
        assert said is None or same(said, figure), (said, figure)


def test_the_hours_that_are_told_are_the_hotline_s():
    hours = shipped().calendar.calendars["hotline"]
    assert hours.week == (((8 * 60 + 30, 20 * 60),),) * 7
    assert hours.keeps_holidays is False
    told = answers()["service_hours"]
    assert told["text"] == "每天早上8点半到晚上8点、节假日不休"
    assert told["spoken"] == "每天早上八点半到晚上八点、节假日不休"


def test_no_figure_is_left_out():
    assert set(answers()) == set(FIGURES) | {"service_hours"} | set(ELSEWHERE)


def test_every_answer_rests_on_a_clause():
    assert all(answer["source"] for answer in answers().values())


@pytest.mark.parametrize(
    ("words", "value"),
    [("15", 15), ("十五", 15), ("十", 10), ("二十四", 24), ("两", 2), ("三百", 300), ("一千", 1000)],
)
def test_spoken_numbers_are_read(words: str, value: int):
    assert number(words) == value


@pytest.mark.parametrize(("said", "figure"), [("15天", "16天"), ("十五天", "15小时"), ("两年", "36个月")])
def test_a_figure_that_differs_is_noticed(said: str, figure: str):
    assert not same(said, figure)
