import os
from pathlib import Path

import pytest

from runtime.problems import StackProblem
from runtime.settings import MAX_SOCKET_DIRECTORY, PROJECT_ROOT, load_settings, tracker_url


def test_defaults() -> None:
    settings = load_settings({})
    assert settings.embedded
    assert settings.var_dir == PROJECT_ROOT / "var"
    assert (settings.backend_port, settings.bot_port, settings.actions_port) == (8000, 5005, 5055)
    assert settings.backend_url == "http://127.0.0.1:8000"


def test_state_can_lie_elsewhere_while_models_stay() -> None:
    settings = load_settings({"YINGSHENG_VAR_DIR": "/srv/ys"})
    assert settings.var_dir == Path("/srv/ys")
    assert settings.models_dir == PROJECT_ROOT / "var" / "models"


@pytest.mark.parametrize("value", ["0", "65536", "eighty", "-1", "80.5", "８０８０x"])
def test_bad_port_is_named(value: str) -> None:
    with pytest.raises(StackProblem) as caught:
        load_settings({"YINGSHENG_PORT": value})
    assert caught.value.code == "bad_number"
    assert caught.value.params["name"] == "YINGSHENG_PORT"


def test_any_interface_is_asked_over_loopback() -> None:
    assert load_settings({"YINGSHENG_HOST": "::"}).backend_url == "http://[::1]:8000"


def test_long_path_gets_a_socket_directory_that_fits() -> None:
    settings = load_settings({"YINGSHENG_VAR_DIR": "/srv/" + "x" * 120})
    assert len(os.fsencode(settings.socket_dir)) <= MAX_SOCKET_DIRECTORY
    assert settings.identity in str(settings.socket_dir)


def test_trackers_go_beside_an_external_database_in_their_own_schema() -> None:
    url = tracker_url("postgresql+psycopg://u:p%40ss@db:5432/ys?sslmode=require")
    assert url == "postgresql://u:p%40ss@db:5432/ys?sslmode=require&options=-csearch_path%3Drasa"
    assert load_settings({"DATABASE_URL": "postgresql://db/ys", "RASA_DB_URL": "x"}).rasa_database_url == "x"
