"""Processes of ours beside each other: started together, replaced when they die, ended together."""

import asyncio
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping, Sequence

from hoistscraper.cli.screen import say

_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0
_LIVED_LONG_SECONDS = 60.0
_PATIENCE_SECONDS = 20.0


class Companion:
    """One command of ours as a process of its own, begun anew whenever it dies unasked.

    It has a session of its own, so that Ctrl-C reaches it once, through us; and it reads from a pipe of ours,
    whose end tells it to stop even where we are killed.
    """

    def __init__(self, name: str, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        self.name = name
        self._arguments = arguments
        self._environment = environment
        self._process: Process | None = None
        self._is_ending = False

    async def keep_running(self) -> None:
        """Run until ``end``."""
        pause_seconds = _FIRST_PAUSE_SECONDS
        loop = asyncio.get_running_loop()
        while not self._is_ending:
            started = loop.time()
            self._process = await self._start()
            code = await self._process.wait()
            if self._is_ending:
                return
            if loop.time() - started > _LIVED_LONG_SECONDS:
                pause_seconds = _FIRST_PAUSE_SECONDS
            say(f"The {self.name} ended unexpectedly (exit code {code}); it begins again.")
            await asyncio.sleep(pause_seconds)
            pause_seconds = min(2 * pause_seconds, _LONGEST_PAUSE_SECONDS)

    async def end(self) -> None:
        """Have it end in good order; if it does not, end it."""
        self._is_ending = True
        if self._process is None or self._process.returncode is not None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(self._process.wait(), _PATIENCE_SECONDS)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    async def _start(self) -> Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "hoistscraper.cli.main",
            *self._arguments,
            stdin=PIPE,
            env=dict(self._environment),
            start_new_session=True,
        )


async def run_once(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run one command of ours to its end without its output; return its exit code."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "hoistscraper.cli.main",
        *arguments,
        stdin=DEVNULL,
        stdout=DEVNULL,
        env=dict(environment),
    )
    try:
        return await process.wait()
    except asyncio.CancelledError:
        process.terminate()
        await process.wait()
        raise


async def starter_left() -> None:
    """Return when whoever started us with a pipe has ended."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    await reader.read()
