"""Ports of this machine."""

import socket


def free_port() -> int:
    """Return a port at which nobody listens."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port
