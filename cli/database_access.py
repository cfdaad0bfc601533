"""The database for commands that need one: the running one, else the embedded one for as long as it takes."""

import contextlib
from collections.abc import Iterator

from cli import backend_calls
from runtime.instance_lock import InstanceLock
from runtime.leftovers import end_leftovers
from runtime.postgres_process import started_postgres
from runtime.problems import StackProblem
from runtime.settings import StackSettings
from runtime.stack import embedded_postgres


@contextlib.contextmanager
def migrated_database(settings: StackSettings) -> Iterator[str]:
    """The same, of a database that has this version's tables.

    Raises:
        StackProblem: it cannot be started, or has no tables or those of another version.
    """
    with reachable_database(settings) as url:
        found, newest = backend_calls.revisions(url)
        if found is None:
            raise StackProblem("no_tables")
        if found != newest:
            raise StackProblem("other_tables", found=found, wanted=newest)
        yield url


@contextlib.contextmanager
def reachable_database(settings: StackSettings) -> Iterator[str]:
    """URL of a database that answers. An embedded server that does not run is started for the block.

    Raises:
        StackProblem: it cannot be started.
    """
    if not settings.embedded:
        yield settings.database_url
        return
    postgres = embedded_postgres(settings)
    if postgres.running_pid() is not None:
        yield postgres.url()
        return
    with InstanceLock(settings):
        end_leftovers(settings.identity, postgres)
        with started_postgres(postgres, settings.log_dir / "postgres.log"):
            postgres.ensure_databases()
            yield postgres.url()
