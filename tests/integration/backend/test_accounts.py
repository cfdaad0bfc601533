"""Accounts: made and changed by administrators; one's own password, sessions and second factor."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pyotp
import pytest
from sqlalchemy import select, update

from backend.access.models import User
from backend.access.roles import Role
from backend.access.seal import is_sealed
from backend.clock import FixedClock
from tests.integration.backend.conftest import PASSWORD, Running, WebCustomer, logged_in

USERS = "/api/v1/admin/users"
LOGIN = "/api/v1/auth/login"
NEW_PASSWORD = "Another-horse-8"
LINDA = {"username": "linda", "display_name": "林达", "role": "agent", "password": PASSWORD}


@pytest.fixture
async def admin(running: Running) -> AsyncIterator[httpx.AsyncClient]:
    http = await logged_in(running, Role.ADMIN, "root")
    yield http
    await http.aclose()


async def account(admin: httpx.AsyncClient, username: str) -> dict:
    items = (await admin.get(USERS)).json()["items"]
    return next(item for item in items if item["username"] == username)


async def made(admin: httpx.AsyncClient, **changes) -> dict:
    response = await admin.post(USERS, json=LINDA | changes)
    assert response.status_code == 201, response.text
    return response.json()


async def attempt(running: Running, username: str, password: str, code: str | None = None) -> httpx.Response:
    async with running.client() as http:
        return await http.post(LOGIN, json={"username": username, "password": password, "code": code})


def code_of(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["code"]


async def test_an_account_is_made_changed_and_closed(running: Running, admin: httpx.AsyncClient):
    linda = await made(admin, groups=["quality"])
    assert (linda["groups"], linda["active"], linda["sessions"]) == (["quality"], True, 0)
    assert code_of(await admin.post(USERS, json=LINDA)) == (409, "username_taken")
    page = await logged_in(running, Role.AGENT, "linda")
    changed = await admin.patch(
        f"{USERS}/{linda['id']}", json={"role": "supervisor", "groups": ["service", "hazard"]}
    )
    assert (changed.json()["role"], changed.json()["groups"]) == ("supervisor", ["hazard", "service"])
    assert (await page.get("/api/v1/auth/me")).json()["user"]["role"] == "supervisor"
    closed = await admin.patch(f"{USERS}/{linda['id']}", json={"active": False})
    assert (closed.json()["active"], closed.json()["sessions"]) == (False, 0)
    assert (await page.get("/api/v1/auth/me")).status_code == 401
    assert code_of(await attempt(running, "linda", PASSWORD)) == (401, "bad_credentials")
    await admin.patch(f"{USERS}/{linda['id']}", json={"active": True})
    assert (await page.get("/api/v1/auth/me")).status_code == 401  # an ended session does not come back
    assert (await attempt(running, "linda", PASSWORD)).status_code == 200


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"password": "short"}, "weak_password"),
        ({"password": "linda-linda-1"}, "weak_password"),
        ({"username": "Linda Q"}, "validation"),
        ({"role": "boss"}, "validation"),
        ({"groups": ["nobody"]}, "validation"),
        ({"display_name": ""}, "validation"),
    ],
)
async def test_an_account_of_nonsense_is_refused(admin: httpx.AsyncClient, changes: dict, code: str):
    assert code_of(await admin.post(USERS, json=LINDA | changes)) == (422, code)
    assert len((await admin.get(USERS)).json()["items"]) == 1


async def test_nobody_locks_themselves_or_everybody_out(running: Running, admin: httpx.AsyncClient):
    own = await account(admin, "root")
    for change in ({"active": False}, {"role": "agent"}):
        assert code_of(await admin.patch(f"{USERS}/{own['id']}", json=change)) == (409, "own_account")
    second = await made(admin, role="admin")
    other = await logged_in(running, Role.ADMIN, "linda")
    assert (await other.patch(f"{USERS}/{own['id']}", json={"role": "agent"})).status_code == 200
    assert (await admin.get(USERS)).status_code == 403
    third = await made(other, username="tom", role="admin")
    assert (await other.patch(f"{USERS}/{third['id']}", json={"active": False})).status_code == 200
    assert code_of(await other.patch(f"{USERS}/{second['id']}", json={"active": False})) == (
        409,
        "own_account",
    )


async def test_lock_out_is_seen_and_lifted(running: Running, admin: httpx.AsyncClient):
    linda = await made(admin)
    for _ in range(5):
        await attempt(running, "linda", "guess")
    assert (await attempt(running, "linda", PASSWORD)).status_code == 429
    locked = await account(admin, "linda")
    assert locked["failures"] == 5
    assert locked["locked_until"] is not None
    lifted = (await admin.post(f"{USERS}/{linda['id']}/unlock")).json()
    assert (lifted["failures"], lifted["locked_until"]) == (0, None)
    assert (await attempt(running, "linda", PASSWORD)).status_code == 200


async def test_a_password_is_reset_and_the_old_sessions_are_over(running: Running, admin: httpx.AsyncClient):
    linda = await made(admin)
    page = await logged_in(running, Role.AGENT, "linda")
    weak = await admin.post(f"{USERS}/{linda['id']}/password", json={"password": "1"})
    assert code_of(weak) == (422, "weak_password")
    assert "10" in weak.json()["error"]["message"]
    reset = await admin.post(f"{USERS}/{linda['id']}/password", json={"password": NEW_PASSWORD})
    assert reset.status_code == 200
    assert (await page.get("/api/v1/auth/me")).status_code == 401
    assert (await attempt(running, "linda", PASSWORD)).status_code == 401
    assert (await attempt(running, "linda", NEW_PASSWORD)).status_code == 200


async def test_ones_own_password(running: Running):
    page, elsewhere = [await logged_in(running, Role.AGENT, "linda") for _ in range(2)]
    path = "/api/v1/auth/password"
    wrong = await page.post(path, json={"current": "guess", "new": NEW_PASSWORD})
    assert code_of(wrong) == (422, "wrong_password")
    assert code_of(await page.post(path, json={"current": PASSWORD, "new": "1"})) == (422, "weak_password")
    assert (await page.post(path, json={"current": PASSWORD, "new": NEW_PASSWORD})).status_code == 204
    assert (await page.get("/api/v1/auth/me")).status_code == 200
    assert (await elsewhere.get("/api/v1/auth/me")).status_code == 401
    for _ in range(5):
        await page.post(path, json={"current": "guess", "new": NEW_PASSWORD})
    assert (await page.post(path, json={"current": NEW_PASSWORD, "new": PASSWORD})).status_code == 429


async def test_ones_own_sessions(running: Running):
    page, elsewhere, third = [await logged_in(running, Role.AGENT, "linda") for _ in range(3)]
    other = await logged_in(running, Role.AGENT, "tom")
    lines = (await page.get("/api/v1/auth/account")).json()["sessions"]
    assert len(lines) == 3
    assert sum(line["current"] for line in lines) == 1
    assert {line["ip"] for line in lines} == {"203.0.113.9"}
    theirs = (await elsewhere.get("/api/v1/auth/account")).json()["sessions"]
    ended = next(line["id"] for line in theirs if line["current"])
    assert (await other.delete(f"/api/v1/auth/sessions/{ended}")).status_code == 404
    assert (await page.delete(f"/api/v1/auth/sessions/{ended}")).status_code == 204
    assert (await elsewhere.get("/api/v1/auth/me")).status_code == 401
    assert (await page.post("/api/v1/auth/sessions/end-others")).status_code == 204
    assert (await third.get("/api/v1/auth/me")).status_code == 401
    assert len((await page.get("/api/v1/auth/account")).json()["sessions"]) == 1


async def test_ones_own_telephone_is_kept_as_a_number_that_can_be_called(
    running: Running, admin: httpx.AsyncClient
):
    linda = await made(admin)
    page = await logged_in(running, Role.AGENT, "linda")
    own, telephone = "/api/v1/auth/account", "/api/v1/auth/telephone"
    assert (await page.get(own)).json()["telephone"] == {"phone": None, "rung_on": "browser"}
    given = await page.put(telephone, json={"phone": "139 0011 2266", "rung_on": "phone"})
    kept = {"phone": "+8613900112266", "rung_on": "phone"}
    assert given.json() == kept
    assert (await page.get(own)).json()["telephone"] == kept
    assert (await account(admin, "linda"))["telephone"] == kept

    for nonsense, field in (
        ({"phone": "12315", "rung_on": "phone"}, "phone"),
        ({"phone": "139001122", "rung_on": "browser"}, "phone"),
        ({"phone": None, "rung_on": "phone"}, "rung_on"),
        ({"phone": "13900112266", "rung_on": "fax"}, "rung_on"),
    ):
        refused = await page.put(telephone, json=nonsense)
        assert code_of(refused) == (422, "validation")
        assert list(refused.json()["error"]["fields"]) == [field]
    assert (await page.get(own)).json()["telephone"] == kept

    await admin.patch(f"{USERS}/{linda['id']}", json={"display_name": "林达达"})
    assert (await account(admin, "linda"))["telephone"] == kept, "what is left out stays"
    fixed = await admin.patch(f"{USERS}/{linda['id']}", json={"telephone": {"phone": "010-62345678"}})
    assert fixed.json()["telephone"] == {"phone": "+861062345678", "rung_on": "browser"}


async def stored_secrets(running: Running) -> list[str]:
    async with running.parts.house.database.transaction() as session:
        return list(await session.scalars(select(User.totp_secret).where(User.totp_secret.is_not(None))))


@pytest.mark.parametrize("started_anew", [False, True])
async def test_a_secret_stored_in_clear_by_an_earlier_version_is_good_and_is_sealed(
    clock_running, started_anew: bool
):
    clock = FixedClock(datetime(2026, 11, 23, 2, tzinfo=UTC))
    async with clock_running(clock) as running:
        house = running.parts.house
        await logged_in(running, Role.AGENT, "linda")
        totp = pyotp.TOTP(pyotp.random_base32())
        async with house.database.transaction() as session:
            await session.execute(update(User).values(totp_secret=totp.secret, totp_since=clock.now()))
        if started_anew:
            work = asyncio.create_task(house.jobs.work())
            async with asyncio.timeout(10):
                while not is_sealed((await stored_secrets(running))[0]):
                    await asyncio.sleep(0.05)
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)
        assert (await attempt(running, "linda", PASSWORD, totp.at(clock.now()))).status_code == 200


async def test_a_secret_whose_key_is_lost_lets_nobody_in_but_recovery_codes_do(clock_running):
    clock = FixedClock(datetime(2026, 11, 23, 2, tzinfo=UTC))
    async with clock_running(clock) as running:
        page = await logged_in(running, Role.AGENT, "linda")
        begun = await page.post("/api/v1/auth/second-factor", json={"password": PASSWORD})
        totp = pyotp.TOTP(begun.json()["secret"])
        confirm = "/api/v1/auth/second-factor/confirm"
        codes = (await page.post(confirm, json={"code": totp.at(clock.now())})).json()["codes"]
        running.parts.house.settings.service_token = "another-token-for-tests"
        clock.set(clock.now() + timedelta(seconds=30))
        refused = await attempt(running, "linda", PASSWORD, totp.at(clock.now()))
        assert code_of(refused) == (401, "second_factor_wrong")
        assert (await attempt(running, "linda", PASSWORD, codes[0])).status_code == 200


async def test_a_second_factor_is_asked_for_once_confirmed(clock_running):
    clock = FixedClock(datetime(2026, 11, 23, 2, tzinfo=UTC))
    async with clock_running(clock) as running:
        page = await logged_in(running, Role.AGENT, "linda")
        begun = await page.post("/api/v1/auth/second-factor", json={"password": PASSWORD})
        totp = pyotp.TOTP(begun.json()["secret"])
        assert begun.json()["qr_svg"].startswith("<svg")
        assert (await attempt(running, "linda", PASSWORD)).status_code == 200  # not confirmed yet
        confirm = "/api/v1/auth/second-factor/confirm"
        assert code_of(await page.post(confirm, json={"code": "000000"})) == (422, "wrong_code")
        codes = (await page.post(confirm, json={"code": totp.at(clock.now())})).json()["codes"]
        assert len(set(codes)) == 8
        (stored,) = await stored_secrets(running)
        assert is_sealed(stored)
        assert totp.secret not in stored

        assert code_of(await attempt(running, "linda", PASSWORD)) == (401, "second_factor_needed")
        used = await attempt(running, "linda", PASSWORD, totp.at(clock.now()))
        assert code_of(used) == (401, "second_factor_wrong")
        clock.set(clock.now() + timedelta(seconds=30))
        now = totp.at(clock.now())
        assert (await attempt(running, "linda", PASSWORD, now)).status_code == 200
        assert code_of(await attempt(running, "linda", PASSWORD, now)) == (401, "second_factor_wrong")
        assert code_of(await attempt(running, "linda", "guess", totp.at(clock.now()))) == (
            401,
            "bad_credentials",
        )
        assert (await attempt(running, "linda", PASSWORD, f" {codes[0].lower()}")).status_code == 200
        assert code_of(await attempt(running, "linda", PASSWORD, codes[0])) == (401, "second_factor_wrong")

        again = await page.post("/api/v1/auth/second-factor", json={"password": PASSWORD})
        assert again.status_code == 409
        off = await page.post("/api/v1/auth/second-factor/off", json={"password": PASSWORD})
        assert off.status_code == 204
        assert (await attempt(running, "linda", PASSWORD)).status_code == 200


async def test_guessed_codes_lock_out_too_and_an_administrator_helps(
    running: Running, admin: httpx.AsyncClient
):
    linda = await made(admin)
    page = await logged_in(running, Role.AGENT, "linda")
    secret = (await page.post("/api/v1/auth/second-factor", json={"password": PASSWORD})).json()["secret"]
    code = pyotp.TOTP(secret).now()
    assert (await page.post("/api/v1/auth/second-factor/confirm", json={"code": code})).status_code == 200
    for _ in range(5):
        await attempt(running, "linda", PASSWORD, "000000")
    assert (await attempt(running, "linda", PASSWORD, "000000")).status_code == 429
    assert (await account(admin, "linda"))["second_factor"] is True
    await admin.post(f"{USERS}/{linda['id']}/unlock")
    await admin.post(f"{USERS}/{linda['id']}/second-factor/off")
    assert (await page.get("/api/v1/auth/me")).status_code == 401
    assert (await attempt(running, "linda", PASSWORD)).status_code == 200


async def test_how_the_channels_are(running: Running, customer: WebCustomer):
    await customer.say("你好")
    supervisor = await logged_in(running, Role.SUPERVISOR)
    health = (await supervisor.get("/api/v1/admin/channels")).json()
    channels = {one["channel"]: one for one in health["channels"]}
    assert health["bot"] is True
    assert channels["web"]["configured"] is True
    assert channels["web"]["messages_day"] == 3
    assert channels["web"]["last_in_at"] <= channels["web"]["last_out_at"]
    assert channels["phone"]["configured"] is False
    assert health["jobs"]["failed"] == 0
    assert health["jobs"]["waiting"] >= 1  # the safety net of the message
    agent = await logged_in(running, Role.AGENT)
    assert (await agent.get("/api/v1/admin/channels")).status_code == 403
