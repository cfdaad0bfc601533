"""`yingsheng wechat`: what is set up at WeChat by command."""

from backend.channels.wechat.account import WechatConfigurationError
from backend.channels.wechat.api import VendorError
from backend.channels.wechat.tokens import TokenError
from backend.policy.wechat_menu import WechatMenu
from cli import wechat_calls
from cli.command_app import command_app
from cli.console import console, fail
from cli.database_access import reachable_database
from cli.messages import text
from runtime.secrets_file import SERVICE_TOKEN, ensure_secrets
from runtime.settings import load_settings

app = command_app(text("help.wechat"))
menu_app = command_app(text("help.wechat_menu"))
app.add_typer(menu_app, name="menu")


@menu_app.command(help=text("help.wechat_menu_push"))
def push() -> None:
    """Hand policy/wechat_menu.yml to WeChat."""
    settings = load_settings()
    secret = ensure_secrets(settings.var_dir, settings.environ)[SERVICE_TOKEN]
    with reachable_database(settings) as url:
        try:
            menu = wechat_calls.push_menu(url, secret)
        except WechatConfigurationError as error:
            fail(text("wechat.incomplete"), str(error))
        except wechat_calls.WechatOffError:
            fail(text("wechat.off"), text("wechat.off_advice"))
        except (VendorError, TokenError) as error:
            fail(text("wechat.refused", reason=error), text("wechat.refused_advice"))
    _show(menu)
    console.print(f"[green]✔[/] {text('wechat.pushed')}")


@menu_app.command(help=text("help.wechat_menu_show"))
def show() -> None:
    """Print the menu as it would be pushed."""
    _show(wechat_calls.shipped_menu())


def _show(menu: WechatMenu) -> None:
    for item in menu.menu:
        console.print(f"[bold]{item.name}[/] {item.says or item.does or item.opens or ''}")
        for below in item.items:
            console.print(f"  {below.name}  [dim]{below.says or below.does or below.opens}[/]")


@app.callback()
def _group() -> None:
    """Keeps `menu` a group while it is the only one."""
