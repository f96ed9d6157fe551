"""The web pages on a socket: taking the address, then uvicorn over the application until told to stop."""

from __future__ import annotations

import errno
import ipaddress
import signal
import socket
from contextlib import suppress

import uvicorn
from starlette.types import ASGIApp

from bot.errors import PortTaken, UsageError
from bot.web.security import LOOPBACK

_GRACE = 5  # seconds that open requests get when the server is stopped


def listen(host: str, port: int) -> socket.socket:
    """Take the address; PortTaken or UsageError, in one line, when it cannot be had."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise UsageError(f"Không có địa chỉ {host} trên máy này. Anh/chị kiểm tra TDKT_HOST hoặc --host.") from error
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(place)
        listener.listen(128)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(host, port) from error
        raise UsageError(
            f"Không mở được {host}:{port} ({error.strerror}). Anh/chị kiểm tra --host và --port."
        ) from error
    return listener


def address(listener: socket.socket) -> str:
    """Return the address to type into a browser."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def is_loopback(listener: socket.socket) -> bool:
    """Tell whether only this machine can reach the socket."""
    return ipaddress.ip_address(listener.getsockname()[0].split("%")[0]).is_loopback


def answered_hosts(listener: socket.socket) -> frozenset[str] | None:
    """Return the host names to answer to: on loopback only its own, elsewhere whatever the network calls us."""
    return LOOPBACK | {listener.getsockname()[0]} if is_loopback(listener) else None


def serve(app: ASGIApp, listener: socket.socket) -> None:
    """Serve until Ctrl-C or SIGTERM, which is how services are stopped; then what is under way is ended in order."""
    config = uvicorn.Config(
        app,
        log_config=None,  # its errors go the way of ours, see bot.logs
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
    )
    before = signal.signal(signal.SIGTERM, _interrupted)
    try:
        with suppress(KeyboardInterrupt):  # uvicorn raises the signal again once it has stopped in order
            uvicorn.Server(config).run(sockets=[listener])
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt
