"""A real server that speaks S3, in memory."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from tests.api.redis_server import free_port

PROGRAM = "moto_server"
HOW_TO_GET_IT = (
    "There is no moto_server here; get it in an environment of its own, whose bin folder is on PATH: "
    "pip install 'moto[server]'"
)


@contextmanager
def bucket_server() -> Iterator[str]:
    """Yield its address; it has one bucket, ``calls``. A machine without it skips the test, but not in CI."""
    if shutil.which(PROGRAM) is None:
        if "CI" in os.environ:
            pytest.fail(HOW_TO_GET_IT)
        pytest.skip(HOW_TO_GET_IT)
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(
        [PROGRAM, "-H", "127.0.0.1", "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _make_bucket(address)
            yield address
        finally:
            process.kill()


def _make_bucket(address: str) -> None:
    while True:
        try:
            httpx.put(f"{address}/calls").raise_for_status()
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
