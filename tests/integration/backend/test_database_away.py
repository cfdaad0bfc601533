"""When the database is away: a clear 503, nothing pretended, and work goes on when it is back."""

import httpx
import psycopg

from backend.settings import Settings
from tests.integration.backend.conftest import Running, WebCustomer, started


async def test_no_database_is_a_503_in_chinese(settings: Settings):
    gone = settings.model_copy(update={"database_url": "postgresql://nobody@/none?host=/nowhere"})
    async with started(gone) as running, running.client() as http:
        opened = await http.post("/api/v1/webchat/conversations", json={})
        ready = await http.get("/readyz")
        alive = await http.get("/healthz")
    assert opened.status_code == 503
    assert opened.json()["error"]["code"] == "database_unavailable"
    assert "没有送达" in opened.json()["error"]["message"]
    assert int(opened.headers["Retry-After"]) > 0
    assert (ready.status_code, ready.json()["database"]) == (503, False)
    assert alive.status_code == 200


async def test_connections_that_died_are_replaced(
    running: Running, client: httpx.AsyncClient, database_url: str, postgres
):
    customer = await WebCustomer.arrive(client)
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s",
            [database_url.split("?")[0].rsplit("/", 1)[1]],
        )
    assert await customer.say("还在吗") == ["听到：还在吗"]
