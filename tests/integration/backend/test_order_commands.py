"""`yingsheng orders`, and what is said of a database without tables."""

import asyncio
import json

import psycopg
import pytest
from typer.testing import CliRunner

from backend.clock import SystemClock
from cli.main import commands
from runtime.embedded_postgres import EmbeddedPostgres
from runtime.problems import StackProblem
from tests.integration.backend.conftest import started
from tests.integration.backend.service_orders import Shop


@pytest.fixture
def run(monkeypatch):
    def invoke(url: str, *arguments: str):
        monkeypatch.setenv("DATABASE_URL", url)
        return CliRunner().invoke(commands, list(arguments))

    return invoke


@pytest.fixture
async def number(settings) -> str:
    async with started(settings) as running:
        shop = Shop(running, SystemClock())
        await shop.open()
        await shop.order(purchase_date="2026-06-01")
        await shop.take("plan")
        await shop.close()
        return shop.number


async def test_orders_are_listed_and_shown_without_what_is_the_customers_own(run, database_url, number: str):
    listed = await asyncio.to_thread(run, database_url, "orders", "list")
    assert (listed.exit_code, number in listed.output, "待派工" in listed.output) == (0, True, True)
    other = await asyncio.to_thread(run, database_url, "orders", "list", "--stage", "audited")
    assert "没有这样的服务单" in other.output
    as_json = await asyncio.to_thread(run, database_url, "orders", "show", number, "--json")
    order = json.loads(as_json.output)
    assert (order["number"], order["plan"]) == (number, "上门检查压缩机")
    assert [entry["verb"] for entry in order["timeline"]] == ["order_opened", "order_planned"]
    assert "13900001234" not in as_json.output
    missing = await asyncio.to_thread(run, database_url, "orders", "show", "1-1")
    assert (missing.exit_code, "没有这张服务单" in missing.output) == (1, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("audit", "verify"),
        ("policy", "explain", "26112300016"),
        ("policy", "replay", "--since", "2026-01-01"),
    ],
)
def test_a_database_without_tables_is_said_in_words(run, postgres: EmbeddedPostgres, arguments):
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute("create database bare")
    try:
        result = run(postgres.url("bare"), *arguments)
    finally:
        with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
            connection.execute("drop database bare with (force)")
    assert isinstance(result.exception, StackProblem)
    assert result.exception.code == "no_tables"
