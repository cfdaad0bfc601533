"""The operating-system account of the embedded PostgreSQL.

PostgreSQL refuses to run as root. As any other user it runs as that user; as root it runs as an account of
its own, which must be able to reach its program files and its data.
"""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from runtime.problems import StackProblem

ACCOUNT_NAME = "pgserver"


@dataclass(frozen=True)
class ServerAccount:
    """An account that the server's processes run as."""

    name: str
    uid: int
    gid: int

    def own(self, directory: Path) -> None:
        """Make the directory, private to the account."""
        directory.mkdir(parents=True, exist_ok=True)
        os.chown(directory, self.uid, self.gid)
        directory.chmod(0o700)

    def let_through(self, path: Path) -> None:
        """Allow the account to pass (not to list) the directories that lead to `path`."""
        for parent in path.parents:
            mode = parent.stat().st_mode
            if not mode & stat.S_IXOTH:
                parent.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)


def server_account() -> ServerAccount | None:
    """The account to switch to, made if missing; none when the present user can run the server.

    Raises:
        StackProblem: run as root where no account can be made.
    """
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(ACCOUNT_NAME)
    except KeyError:
        _make_account()
        entry = pwd.getpwnam(ACCOUNT_NAME)
    return ServerAccount(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _make_account() -> None:
    useradd, adduser = shutil.which("useradd"), shutil.which("adduser")
    if useradd:
        options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
        command = [useradd, *options, "--shell", "/usr/sbin/nologin", ACCOUNT_NAME]
    elif adduser:  # BusyBox
        command = [adduser, "-S", "-D", "-H", ACCOUNT_NAME]
    else:
        raise StackProblem("no_postgres_account", account=ACCOUNT_NAME, reason="useradd")
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode != 0:
        raise StackProblem("no_postgres_account", account=ACCOUNT_NAME, reason=made.stderr.strip())
