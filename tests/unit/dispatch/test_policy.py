"""The files of service orders: what is wrong is refused with file, rule and field; each word can be said."""

import re
import shutil
from dataclasses import fields
from pathlib import Path

import pytest

from backend import policy
from backend.dispatch import gates, orders, technicians
from backend.dispatch.commands import COMMANDS, OrderStep
from backend.dispatch.machine import TAKEN_FROM
from backend.dispatch.order_deeds import verbs
from backend.dispatch.order_state import OrderState
from backend.policy import PolicyError
from backend.settings import PROJECT_ROOT
from backend.wording import Wording
from tests.unit.dispatch.orders import shipped
from tests.unit.tickets.test_labels import labelled


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PROJECT_ROOT / "policy", tmp_path / "policy"))


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("fees.yml", "visit: 50", "visit: -1", "visit"),
        ("fees.yml", "up_to: 100", "up_to: 30", "distances must rise"),
        ("fees.yml", "compressor: 680", "turbine: 680", "'turbine' is no part of air_conditioner"),
        ("fees.yml", "      tv: {", "      boat: {", "'boat' is no family"),
        ("fees.yml", "source: R10-4.2\n", "source: R99-1\n", "R99-1"),
        ("dispatch.yml", "  waive: {roles: [gm], source: R10-6.2.4}\n", "", "'waive'"),
        ("dispatch.yml", "waive: {roles: [gm]", "waive: {roles: [king]", "king|waive"),
        ("dispatch.yml", "opened_for: [repair_request", "opened_for: [party", "'party' is no kind"),
        ("dispatch.yml", "[washing_machine]", "[boat]", "'boat' is no family"),
        ("dispatch.yml", "[washing_machine]", "[tv]", "'tv' needs one skill"),
        ("dispatch.yml", "by: own_sold", "by: parts_urgent", "names a criterion twice"),
        ("dispatch.yml", "area: suburb, distance_km: 60", "area: sea, distance_km: 60", "area"),
    ],
)
def test_a_mistake_is_named(folder: Path, file: str, old: str, new: str, problem: str):
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PolicyError, match=re.escape(file)) as error:
        policy.load(folder)
    assert re.search(problem, str(error.value))


def test_every_step_has_a_command_a_place_and_a_rule():
    assert [command.step for command in COMMANDS] == list(OrderStep)
    assert TAKEN_FROM.keys() == set(OrderStep)
    assert {str(step) for step in OrderStep} <= shipped().dispatch.steps.keys()


@pytest.mark.parametrize("fact", sorted(gates.FACTS | orders.FACTS | technicians.FACTS))
def test_what_is_lacking_can_be_said(fact: str):
    wording = Wording.load(PROJECT_ROOT / "domain/_system.yml")
    assert wording.say(f"fact_{fact}")


def test_the_timeline_has_chinese_for_verbs_and_fields():
    shown = {field.name for field in fields(OrderState)} - {
        "number",
        "stage",
        "sign_code_digest",
        "open_quote",
        "technician_id",
    }
    assert verbs() <= labelled("verbLabels")
    assert shown | {"order", "order_stage", "technician", "answered_how"} <= labelled("fieldLabels")
    assert {"service_class", "area", "distance_km", "fee_refused"} <= labelled("detailLabels")
