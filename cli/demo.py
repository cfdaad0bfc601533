"""`yingsheng seed-demo`: demo accounts and records."""

from rich.markup import escape

from cli import backend_calls
from cli.command_app import command_app
from cli.console import console
from cli.database_access import reachable_database
from cli.messages import text
from runtime.secrets_file import DEMO_PASSWORD, SERVICE_TOKEN, ensure_secrets
from runtime.settings import load_settings

app = command_app()


@app.command(help=text("help.seed_demo"))
def seed_demo() -> None:
    """Make what does not exist yet."""
    settings = load_settings()
    secrets = ensure_secrets(settings.var_dir, settings.environ)
    password = secrets[DEMO_PASSWORD]
    with reachable_database(settings) as url:
        backend_calls.migrate(url)
        backend_calls.seed_demo(url, password, secrets[SERVICE_TOKEN])
    console.print(text("demo_seeded"))
    console.print(text("demo_login", user="demo", password=escape(password)))
