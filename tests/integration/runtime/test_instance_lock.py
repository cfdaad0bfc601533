import dataclasses
from pathlib import Path

import pytest

from runtime.instance_lock import InstanceLock, running_instance
from runtime.ports import free_ports, port_taken
from runtime.problems import StackProblem
from runtime.settings import load_settings


def test_the_second_run_learns_where_the_first_one_answers(tmp_path: Path) -> None:
    settings = dataclasses.replace(load_settings({"YINGSHENG_PORT": "8123"}), var_dir=tmp_path)
    assert running_instance(settings) is None
    with InstanceLock(settings):
        with pytest.raises(StackProblem) as caught, InstanceLock(settings):
            pass
        assert caught.value.code == "already_running"
        assert caught.value.params["url"] == "http://127.0.0.1:8123"
        assert running_instance(settings) is not None
    assert running_instance(settings) is None
    with InstanceLock(settings):
        pass


def test_free_ports_are_different_and_free() -> None:
    ports = free_ports(5)
    assert len(set(ports)) == 5
    assert not any(port_taken("127.0.0.1", port) for port in ports)
