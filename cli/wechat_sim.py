"""`yingsheng wechat-sim`: a WeChat on this machine, to try the channel with."""

import importlib
import importlib.util
from typing import Annotated

import typer

from cli.command_app import command_app
from cli.console import console, fail
from cli.messages import text
from cli.wechat_vendor.account import SimulatedAccount
from runtime.settings import load_settings

NEEDED = ("wechatpy", "xmltodict")
CALLBACK = "/api/v1/channels/wechat"

app = command_app()


@app.command(help=text("help.wechat_sim"))
def simulate(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help=text("help.wechat_sim_port"))] = 8090,
    url: Annotated[str, typer.Option("--url", help=text("help.wechat_sim_url"))] = "",
    env: Annotated[bool, typer.Option("--env", help=text("help.wechat_sim_env"))] = False,
    mode: Annotated[str, typer.Option("--mode", help=text("help.wechat_sim_mode"))] = "safe",
) -> None:
    """Print the backend's settings for it, or run it and talk."""
    account = SimulatedAccount(mode=mode)
    if mode not in {"plain", "compatible", "safe"}:
        fail(text("wechat_sim.unknown_mode", mode=mode))
    if env:
        for name, value in account.environment(f"http://127.0.0.1:{port}").items():
            typer.echo(f"export {name}={value}")
        return
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        fail(text("wechat_sim.missing", names=", ".join(missing)), text("wechat_sim.missing_advice"))
    console.print(f"[dim]{text('wechat_sim.how')}[/]")
    address = f"{url or load_settings().backend_url}{CALLBACK}"
    # loaded only now, since it needs what a plain installation lacks
    importlib.import_module("cli.wechat_vendor.terminal").run(account, address, port)
