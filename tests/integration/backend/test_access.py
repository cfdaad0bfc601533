"""Who may call what (invariant 8), and logging in."""

from datetime import UTC, datetime, timedelta

import httpx
import psycopg
import pytest
from fastapi import APIRouter
from fastapi.routing import RouteContext

from backend.access.guard import UnguardedEndpointError, access_of, endpoints, require_guards
from backend.access.roles import Caller, Role
from backend.clock import FixedClock
from tests.integration.backend.conftest import PASSWORD, SERVICE_TOKEN, Running, WebCustomer, logged_in

UNKNOWN = "00000000-0000-4000-8000-000000000000"
REFUSED = {401, 403}


def _routes(running: Running) -> list[tuple[str, str, RouteContext]]:
    found = []
    for route in endpoints(running.app.routes):
        path = route.path.replace("{conversation_id}", UNKNOWN).replace("{number}", "26112300016")
        found.extend((method, path.replace("{_path:path}", "x"), route) for method in route.methods)
    return found


async def test_every_endpoint_with_every_kind_of_caller(running: Running):
    customer_page = running.client()
    customer = await WebCustomer.arrive(customer_page)
    callers: dict[object, httpx.AsyncClient] = {None: running.client(), Caller.SERVICE: running.client()}
    callers[Caller.SERVICE].headers["Authorization"] = f"Bearer {SERVICE_TOKEN}"
    callers[Caller.CUSTOMER] = customer_page
    customer_page.headers.update(customer.headers)
    for role in Role:
        callers[role] = await logged_in(running, role)
    walked = 0
    for method, path, route in _routes(running):
        if path.endswith("/logout"):
            continue
        access = access_of(route)
        for caller, http in callers.items():
            response = await http.request(method, path)
            allowed = (
                access.caller is Caller.PUBLIC
                or (access.caller is Caller.DESK and caller in access.roles)
                or (access.caller is Caller.SERVICE and caller is Caller.SERVICE)
                or (access.caller is Caller.OPERATIONS and caller is Caller.SERVICE)
            )
            assert (response.status_code not in REFUSED) == allowed, (
                caller,
                method,
                path,
                response.status_code,
            )
            walked += 1
    assert walked > 60
    assert "/api/v1/tickets/26112300016" in {path for _, path, _ in _routes(running)}
    for http in callers.values():
        await http.aclose()


async def test_metrics_are_for_this_machine_or_the_token(running: Running):
    async with running.client("127.0.0.1") as local:
        assert (await local.get("/metrics")).status_code == 200
        proxied = await local.get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"})
    async with running.client("203.0.113.7") as remote:
        refused = await remote.get("/metrics")
    assert (proxied.status_code, refused.status_code) == (403, 403)


def test_an_endpoint_without_a_guard_stops_the_start():
    router = APIRouter()

    @router.get("/open")
    async def unguarded() -> None: ...

    with pytest.raises(UnguardedEndpointError, match="/open"):
        require_guards(router.routes)


async def test_logging_in_and_out(running: Running):
    http = await logged_in(running, Role.SUPERVISOR)
    me = (await http.get("/api/v1/auth/me")).json()
    assert me["user"]["role"] == "supervisor"
    cookie = http.cookies["ys_session"]
    assert (await http.post("/api/v1/auth/logout")).status_code == 204
    http.cookies.set("ys_session", cookie)
    assert (await http.get("/api/v1/auth/me")).status_code == 401


async def test_the_session_cookie_cannot_be_read_by_scripts_nor_sent_across_sites(running: Running):
    await logged_in(running, Role.AGENT, "linda")
    async with running.client() as http:
        response = await http.post("/api/v1/auth/login", json={"username": "LINDA ", "password": PASSWORD})
    header = response.headers["set-cookie"]
    assert "HttpOnly" in header
    assert "SameSite=lax" in header


async def test_the_database_holds_no_usable_token(running: Running, database_url: str):
    http = await logged_in(running, Role.AGENT)
    with psycopg.connect(database_url) as connection:
        stored = str(connection.execute("select * from desk_session").fetchall())
        hashes = str(connection.execute("select password_hash from desk_user").fetchall())
    assert http.cookies["ys_session"] not in stored
    assert "argon2id" in hashes
    assert PASSWORD not in hashes


@pytest.mark.parametrize("token", [None, "wrong"])
async def test_changes_need_the_csrf_token(agent: httpx.AsyncClient, token: str | None):
    del agent.headers["X-CSRF-Token"]
    headers = {} if token is None else {"X-CSRF-Token": token}
    response = await agent.post("/api/v1/auth/logout", headers=headers)
    assert (response.status_code, response.json()["error"]["code"]) == (403, "csrf")


async def test_guessing_is_slowed_down_even_with_the_right_password(clock_running):
    clock = FixedClock(datetime(2026, 11, 23, 2, tzinfo=UTC))
    async with clock_running(clock) as running:
        (await logged_in(running, Role.AGENT, "linda")).headers.clear()
        async with running.client() as http:

            async def attempt(password: str) -> httpx.Response:
                return await http.post("/api/v1/auth/login", json={"username": "linda", "password": password})

            wrong = [(await attempt("guess")).json()["error"]["code"] for _ in range(6)]
            blocked = await attempt(PASSWORD)
            clock.set(clock.now() + timedelta(minutes=15, seconds=1))
            later = await attempt(PASSWORD)
    assert wrong == ["bad_credentials"] * 5 + ["too_many_attempts"]
    assert blocked.status_code == 429
    assert 0 < int(blocked.headers["Retry-After"]) <= 900
    assert "15分钟" in blocked.json()["error"]["message"]
    assert later.status_code == 200


async def test_an_unknown_user_is_answered_like_a_wrong_password(client: httpx.AsyncClient):
    response = await client.post("/api/v1/auth/login", json={"username": "nobody", "password": "whatever"})
    assert (response.status_code, response.json()["error"]["code"]) == (401, "bad_credentials")


async def test_sessions_end_and_inactive_users_are_out(clock_running, database_url: str):
    clock = FixedClock(datetime(2026, 11, 23, 2, tzinfo=UTC))
    async with clock_running(clock) as running:
        http = await logged_in(running, Role.AGENT)
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute("update desk_user set active = false")
            assert (await http.get("/api/v1/auth/me")).status_code == 401
            connection.execute("update desk_user set active = true")
        assert (await http.get("/api/v1/auth/me")).status_code == 200
        clock.set(clock.now() + timedelta(hours=12, seconds=1))
        assert (await http.get("/api/v1/auth/me")).status_code == 401


async def test_pages_carry_security_headers(client: httpx.AsyncClient):
    response = await client.get("/healthz")
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
