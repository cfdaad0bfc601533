"""`yingsheng db`: where the database is, and making it ready."""

from typing import Annotated

import typer

from cli import backend_calls
from cli.command_app import command_app
from cli.database_access import reachable_database
from cli.messages import text
from runtime.secrets_file import DEMO_PASSWORD, SERVICE_TOKEN, ensure_secrets
from runtime.settings import load_settings
from runtime.stack import embedded_postgres

app = command_app(text("help.db"))


@app.command(help=text("help.db_url"))
def url() -> None:
    """Print the connection URL."""
    settings = load_settings()
    typer.echo(settings.database_url or embedded_postgres(settings).url())


@app.command(help=text("help.db_prepare"))
def prepare(demo: Annotated[bool, typer.Option("--demo", help=text("help.db_demo"))] = False) -> None:
    """Migrate, and seed demo data if wanted."""
    settings = load_settings()
    with reachable_database(settings) as address:
        backend_calls.migrate(address)
        if demo:
            secrets = ensure_secrets(settings.var_dir, settings.environ)
            backend_calls.seed_demo(address, secrets[DEMO_PASSWORD], secrets[SERVICE_TOKEN])
