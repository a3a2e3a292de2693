"""The API as a process of its own, as users start it."""

import asyncio
import os
import re
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from hoistscraper.settings import Settings

_ORIGIN = re.compile(r"Answering at (\S+)")


@asynccontextmanager
async def served(settings: Settings, **variables: str) -> AsyncIterator[str]:
    """Yield where a process answers that has these environment variables on top."""
    assert settings.database_url
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "hoistscraper.cli.main",
        "serve",
        "--api-only",
        "--port",
        "0",
        stdout=PIPE,
        env={**os.environ, "DATABASE_URL": settings.database_url.get_secret_value(), **variables},
    )
    assert process.stdout
    try:
        said = ""
        while not (answering := _ORIGIN.search(said)):
            line = await process.stdout.readline()
            assert line, f"it ended at once: {said}"
            said += line.decode()
        yield answering[1]
    finally:
        process.terminate()
        await process.wait()
