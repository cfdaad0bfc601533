"""`yingsheng admin`: accounts of the people at the desk."""

from typing import Annotated

import typer
from rich.markup import escape

from backend.access.passwords import MIN_LENGTH, WeakPasswordError
from backend.access.roles import Role
from backend.errors import ConflictError
from cli import backend_calls
from cli.command_app import command_app
from cli.console import console, fail
from cli.database_access import reachable_database
from cli.messages import text
from runtime.settings import load_settings

app = command_app(text("help.admin"))


@app.callback()
def _group() -> None:
    """Keeps `create` a subcommand while it is the only one."""


@app.command(help=text("help.admin_create"))
def create(
    username: Annotated[str, typer.Argument(help=text("help.admin_username"))],
    display_name: Annotated[str, typer.Option("--name", help=text("help.admin_name"))] = "",
    role: Annotated[Role, typer.Option("--role", help=text("help.admin_role"))] = Role.ADMIN,
    password: Annotated[
        str,
        typer.Option(
            prompt=text("admin.password"),
            confirmation_prompt=text("admin.password_again"),
            hide_input=True,
            envvar="YINGSHENG_NEW_PASSWORD",
            help=text("help.admin_password"),
        ),
    ] = "",
) -> None:
    """Make an account."""
    with reachable_database(load_settings()) as url:
        backend_calls.migrate(url)
        try:
            backend_calls.create_user(url, username, display_name or username, role, password)
        except WeakPasswordError:
            fail(text("admin.weak", length=MIN_LENGTH))
        except ConflictError:
            fail(text("admin.taken", username=username))
    console.print(text("admin.created", username=escape(username), role=role.value))
