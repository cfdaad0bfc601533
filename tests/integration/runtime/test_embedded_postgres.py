from pathlib import Path

import psutil
import psycopg
import pytest

from runtime.embedded_postgres import EmbeddedPostgres
from runtime.postgres_account import server_account
from runtime.postgres_process import started_postgres, temporary_postgres
from runtime.problems import StackProblem


def _postgres(home: Path) -> EmbeddedPostgres:
    return EmbeddedPostgres(home / "data", home / "s", server_account(), durable=False)


def test_temporary_server_has_its_databases_and_leaves_nothing() -> None:
    with temporary_postgres(["one", "two"]) as postgres:
        pid = postgres.running_pid()
        assert pid is not None
        with psycopg.connect(postgres.url("two")) as connection:
            answer = connection.execute(
                "select current_database(), lower('Ä工单'), current_setting('timezone')"
            )
            assert answer.fetchone() == ("two", "ä工单", "UTC")
    assert not psutil.pid_exists(pid)
    assert not postgres.data_dir.exists()


def test_listens_on_a_private_socket_only(tmp_path: Path) -> None:
    postgres = _postgres(tmp_path)
    with started_postgres(postgres, tmp_path / "log"):
        assert postgres.socket_dir.stat().st_mode & 0o077 == 0
        process = psutil.Process(postgres.running_pid())
        assert [each for each in process.net_connections("inet") if each.status == psutil.CONN_LISTEN] == []


def test_data_survives_a_restart_and_a_stale_pid_file(tmp_path: Path) -> None:
    postgres = _postgres(tmp_path)
    with started_postgres(postgres, tmp_path / "log"):
        postgres.ensure_databases(["kept"])
    # After a crash: the file names a process that is alive, but is another one's.
    (postgres.data_dir / "postmaster.pid").write_text(
        f"{psutil.Process().pid}\n{postgres.data_dir}\n0\n5432\n"
    )
    with started_postgres(postgres, tmp_path / "log"), psycopg.connect(postgres.url("kept")) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_interrupted_initialisation_is_made_good(tmp_path: Path) -> None:
    unfinished = tmp_path / "data.new"
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18")
    with started_postgres(_postgres(tmp_path), tmp_path / "log"):
        assert not unfinished.exists()


def test_data_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "PG_VERSION").write_text("15\n")
    with pytest.raises(StackProblem) as caught:
        _postgres(tmp_path).prepare(tmp_path / "log")
    assert caught.value.code == "postgres_version"
    assert caught.value.params["found"] == "15"
