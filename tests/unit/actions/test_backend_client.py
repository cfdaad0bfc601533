import asyncio

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port

from actions.backend_client import BackendClient, BackendError, FiledTicket

FILED = {"number": "26112300017", "kind": "suggestion", "stage": "recorded"}


def file_against(handler, request=None, *, timeout=5.0):
    """File a ticket with a server that answers like this."""

    async def run():
        app = web.Application()
        app.router.add_post("/api/v1/service/tickets", handler)
        async with TestServer(app) as server:
            client = BackendClient(str(server.make_url("")).rstrip("/"), "secret", timeout)
            return await client.file_ticket(request or {"request_id": "c:1"})

    return asyncio.run(run())


def test_the_ticket_and_the_token():
    seen = []

    async def answer(request):
        seen.append((request.headers["Authorization"], await request.json()))
        return web.json_response(FILED, status=201)

    assert file_against(answer) == FiledTicket("26112300017", "suggestion", "recorded")
    assert seen == [("Bearer secret", {"request_id": "c:1"})]


def test_a_broken_connection_is_tried_once_more_with_the_same_request():
    seen = []

    async def answer(request):
        seen.append(await request.json())
        if len(seen) == 1:
            request.transport.abort()
        return web.json_response(FILED)

    assert file_against(answer).number == "26112300017"
    assert seen == [{"request_id": "c:1"}] * 2


@pytest.mark.parametrize("status", [400, 401, 422, 500, 503])
def test_a_refusal_is_an_error(status):
    async def answer(_request):
        return web.json_response({"error": {"code": "x"}}, status=status)

    with pytest.raises(BackendError, match=str(status)):
        file_against(answer)


def test_an_answer_without_a_number_is_an_error():
    async def answer(_request):
        return web.json_response({}, status=201)

    with pytest.raises(BackendError):
        file_against(answer)


def test_a_slow_backend_is_an_error():
    async def answer(_request):
        await asyncio.sleep(1)
        return web.json_response(FILED)

    with pytest.raises(BackendError):
        file_against(answer, timeout=0.1)


def test_no_backend_is_an_error():
    client = BackendClient(f"http://127.0.0.1:{unused_port()}", "secret")
    with pytest.raises(BackendError):
        asyncio.run(client.file_ticket({"request_id": "c:1"}))
