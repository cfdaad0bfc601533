"""Entry point of the `yingsheng` command. A command's module is loaded only when the command is used."""

import importlib
from typing import Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException
from typer.main import get_command

from cli.console import errors, report_problem
from cli.help_pages import HelpContext, with_help
from cli.messages import text
from cli.usage_errors import report_usage
from runtime.problems import StackProblem

# Command: the module with its Typer application `app`.
COMMANDS = {
    "up": "cli.up",
    "down": "cli.down",
    "status": "cli.status",
    "setup": "cli.setup",
    "train": "cli.train",
    "chat": "cli.chat",
    "call": "cli.call",
    "doctor": "cli.doctor",
    "seed-demo": "cli.demo",
    "admin": "cli.admin",
    "nlu": "cli.nlu",
    "audit": "cli.audit",
    "policy": "cli.policy",
    "sla": "cli.sla",
    "warranty": "cli.warranty",
    "orders": "cli.orders",
    "wechat": "cli.wechat",
    "wechat-sim": "cli.wechat_sim",
    "db": "cli.database",
}


class LazyCommands(TyperGroup):
    """Commands by module, so that starting the product does not load what only other commands need."""

    context_class = HelpContext

    def list_commands(self, _ctx: Any) -> list[str]:
        """Names in the order in which help shows them."""
        return list(COMMANDS)

    def get_command(self, _ctx: Any, cmd_name: str) -> Any:
        """Load a command."""
        if cmd_name not in COMMANDS:
            return None
        application: Any = importlib.import_module(COMMANDS[cmd_name]).app
        command = get_command(application)
        command.name = cmd_name
        return with_help(command)


commands = typer.Typer(
    cls=LazyCommands,
    help=text("help.main"),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@commands.callback()
def _root() -> None:
    """Global options would go here."""


def app() -> None:
    """Run the command line; what was typed wrongly and what the installation lacks are told in words."""
    try:
        status = commands(prog_name="yingsheng", standalone_mode=False)
    except TyperException as error:
        raise SystemExit(report_usage(error)) from None
    except typer.Abort:
        errors.print(text("usage.aborted"))
        raise SystemExit(1) from None
    except StackProblem as problem:
        report_problem(problem)
        raise SystemExit(1) from None
    raise SystemExit(status if isinstance(status, int) else 0)


if __name__ == "__main__":
    app()
