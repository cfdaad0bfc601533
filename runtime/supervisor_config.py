"""Writes supervisord's configuration."""

import configparser
import io
import os
import shlex
from collections.abc import Iterable
from pathlib import Path

from runtime.programs import STOP_SECONDS, Program
from runtime.settings import StackSettings

LOG_BYTES = "10MB"
LOG_BACKUPS = "3"
# A program that fails again and again is tried again, each time a second later, for as long as it takes.
START_RETRIES = "1000000"


def control_socket(settings: StackSettings) -> Path:
    """Where supervisord is controlled; beside the database's socket, so that its path is short enough."""
    return settings.socket_dir.parent / "supervisor.sock"


def config_path(settings: StackSettings) -> Path:
    """The generated configuration."""
    return settings.run_dir / "supervisord.conf"


def write_config(settings: StackSettings, programs: Iterable[Program]) -> Path:
    """Write the configuration, private to the owner, and return where."""
    parser = configparser.RawConfigParser()
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_dict(_control_sections(settings))
    parser.read_dict({f"program:{program.name}": _program(settings, program) for program in programs})
    text = io.StringIO()
    parser.write(text)
    path = config_path(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o711)  # the database's account passes through
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text.getvalue())
    return path


def _control_sections(settings: StackSettings) -> dict[str, dict[str, str]]:
    log = settings.log_dir / "supervisord.log"
    daemon = {
        "nodaemon": "true",
        "logfile": _escaped(log),
        "logfile_maxbytes": LOG_BYTES,
        "logfile_backups": LOG_BACKUPS,
        "pidfile": _escaped(settings.run_dir / "supervisord.pid"),
        "childlogdir": _escaped(settings.log_dir),
        "directory": _escaped(settings.root),
        "identifier": f"yingsheng-{settings.identity}",
    }
    if os.geteuid() == 0:
        daemon["user"] = "root"
    return {
        "supervisord": daemon,
        "unix_http_server": {"file": _escaped(control_socket(settings)), "chmod": "0700"},
        "rpcinterface:supervisor": {
            "supervisor.rpcinterface_factory": "supervisor.rpcinterface:make_main_rpcinterface"
        },
    }


def _program(settings: StackSettings, program: Program) -> dict[str, str]:
    as_group = "true" if program.stop_as_group else "false"
    section = {
        "command": _escaped(shlex.join(program.command)),
        "directory": "/" if program.user else _escaped(settings.root),
        "priority": str(program.order),
        "autostart": "false",
        "autorestart": "true",
        "startsecs": "1",
        "startretries": START_RETRIES,
        "stopsignal": program.stop_signal,
        "stopwaitsecs": str(STOP_SECONDS),
        "stopasgroup": as_group,
        "killasgroup": "true",
        "redirect_stderr": "true",
        "stdout_logfile": _escaped(settings.log_dir / f"{program.name}.log"),
        "stdout_logfile_maxbytes": LOG_BYTES,
        "stdout_logfile_backups": LOG_BACKUPS,
        "environment": ",".join(f'{name}="{value}"' for name, value in program.environ.items()),
    }
    if program.user:
        section["user"] = program.user
    return {name: value for name, value in section.items() if value}


def _escaped(value: object) -> str:
    return str(value).replace("%", "%%")
