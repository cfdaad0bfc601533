"""The vendor with somebody at the keys: each line is what a WeChat user does."""

import asyncio
import contextlib
import mimetypes
import shlex
import socket
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import httpx
import uvicorn
from rich.markup import escape

from cli.console import console, fail
from cli.messages import text
from cli.wechat_vendor.account import SimulatedAccount
from cli.wechat_vendor.delivering import LIMIT_SECONDS, Delivering, Outcome
from cli.wechat_vendor.server import VendorServer
from cli.wechat_vendor.state import VendorState
from cli.wechat_vendor.user import SimulatedUser

Deed = Callable[[list[str]], Awaitable[Outcome]]
HOUR = 3600.0
OPENID = "oYingshengSimulatedUser0001"
POLL_SECONDS = 0.2


class _Server(uvicorn.Server):
    """Leaves the signals to the terminal."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Terminal:
    """Reads lines, does what they say, prints what reaches the user."""

    def __init__(self, user: SimulatedUser, state: VendorState) -> None:
        self._user = user
        self._state = state
        self._printed = 0
        self._deeds: dict[str, tuple[int, Deed]] = {
            "/follow": (0, lambda _: user.follow()),
            "/leave": (0, lambda _: user.leave()),
            "/tap": (1, lambda words: user.tap(words[0])),
            "/place": (3, lambda words: user.point_at(float(words[0]), float(words[1]), words[2])),
            "/link": (2, lambda words: user.share(words[0], words[1])),
            "/picture": (1, lambda words: self._show("image", words[0])),
            "/voice": (1, lambda words: self._show("voice", words[0])),
            "/agree": (1, lambda words: user.agree(words[0])),
            "/thrice": (1, lambda words: user.say_overlapping(" ".join(words), 0.2)),
        }

    async def talk(self) -> None:
        """Until end of input."""
        watching = asyncio.create_task(self._watch())
        while True:
            try:
                line = await asyncio.to_thread(console.input, "[bold cyan]> [/]")
            except EOFError:
                break
            if line.strip():
                await self._do(line.strip())
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)

    async def _do(self, line: str) -> None:
        try:
            word, *rest = shlex.split(line) if line.startswith("/") else [line]
        except ValueError:
            word, rest = line, []
        if word == "/later" and rest and rest[0].isdigit():
            self._state.ahead += int(rest[0]) * HOUR
            console.print(f"[dim]{text('wechat_sim.later', hours=rest[0])}[/]")
            return
        takes, deed = self._deeds.get(word, (0, None))
        if deed is None and line.startswith("/"):
            console.print(text("wechat_sim.commands"))
            return
        if len(rest) < takes:
            console.print(text("wechat_sim.too_few", command=word, count=takes))
            return
        try:
            outcome = await (deed(rest) if deed else self._user.say(line))
        except (OSError, ValueError) as error:
            console.print(f"[red]{escape(str(error))}[/]")
            return
        self._print()
        self._report(outcome)

    async def _show(self, kind: str, name: str) -> Outcome:
        content_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return await self._user.show(kind, await asyncio.to_thread(_content, name), content_type)

    def _report(self, outcome: Outcome) -> None:
        if outcome.out_of_order:
            statuses = ", ".join(str(status) for status in outcome.statuses)
            console.print(f"[red]{text('wechat_sim.out_of_order', statuses=statuses)}[/]")
        elif outcome.shown is None:
            console.print(f"[dim]{text('wechat_sim.nothing_yet', seconds=f'{outcome.seconds:.1f}')}[/]")

    async def _watch(self) -> None:
        while True:
            self._print()
            await asyncio.sleep(POLL_SECONDS)

    def _print(self) -> None:
        seen = self._user.seen
        for sent in seen[self._printed :]:
            how = text(f"wechat_sim.ways.{sent.how}")
            console.print(f"[green]{how}[/] {escape(sent.text or text('wechat_sim.picture'))}")
        self._printed = len(seen)


def _content(name: str) -> bytes:
    return Path(name).expanduser().read_bytes()


def run(account: SimulatedAccount, callback: str, port: int) -> None:
    """Serve the vendor's API and talk, until end of input."""
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_run(account, callback, port))


async def _run(account: SimulatedAccount, callback: str, port: int) -> None:
    state = VendorState()
    server = _Server(uvicorn.Config(VendorServer(account, state).app, log_config=None))
    try:
        listening = socket.create_server(("127.0.0.1", port))
    except OSError:
        fail(text("wechat_sim.port_taken", port=port))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    async with httpx.AsyncClient(timeout=2 * LIMIT_SECONDS, trust_env=False) as client:
        delivering = Delivering(account, state, callback, client)
        try:
            if not await delivering.check_address():
                fail(text("wechat_sim.not_verified", url=callback), text("wechat_sim.not_verified_advice"))
            await Terminal(SimulatedUser(account, state, delivering, OPENID), state).talk()
        except httpx.HTTPError:
            fail(text("wechat_sim.unreachable", url=callback), text("wechat_sim.not_verified_advice"))
        finally:
            server.should_exit = True
            await serving
