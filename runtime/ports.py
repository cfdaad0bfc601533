"""Free ports and taken ones."""

import contextlib
import socket

import psutil


def port_taken(host: str, port: int) -> bool:
    """Whether something listens there already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def listener(port: int) -> str | None:
    """Name and id of the process that listens on the port, if this user may know."""
    with contextlib.suppress(psutil.AccessDenied):
        for connection in psutil.net_connections("tcp"):
            if connection.status == psutil.CONN_LISTEN and connection.laddr and connection.laddr.port == port:
                return _describe(connection.pid)
    return None


def free_ports(count: int) -> list[int]:
    """Different ports of the loopback interface that nothing uses now."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]


def _describe(pid: int | None) -> str | None:
    if pid is None:
        return None
    with contextlib.suppress(psutil.Error):
        return f"{psutil.Process(pid).name()} ({pid})"
    return str(pid)
