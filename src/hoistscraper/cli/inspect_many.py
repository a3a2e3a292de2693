"""Many pages at once: a line of JSON in, a line of JSON out, every core reading."""

import asyncio
import json
import multiprocessing
import os
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TextIO

from hoistscraper.cli.screen import as_json
from hoistscraper.errors import HoistError, Invalid
from hoistscraper.fetching.http import Fetcher
from hoistscraper.fetching.urls import typed_address
from hoistscraper.reading.contract import Json, reading_as_json
from hoistscraper.reading.read import read_page
from hoistscraper.settings import load_settings

_WAITING_PER_CORE = 8


@dataclass(frozen=True, slots=True)
class _Asked:
    """One line: a file, the address it was saved from, or an address to fetch."""

    file: str | None
    url: str | None


async def inspect_many(asked: Iterable[str], answers: TextIO, *, today: date) -> int:
    """Answer each line as its page is read, in any order; return how many could not be read."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    # Forked readers have everything imported; nothing here runs threads before they are forked.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(cores, mp_context=context) as pool:
        async with AsyncExitStack() as open_while_asked:
            return await _Answering(pool, answers, today, open_while_asked, cores).all(asked)


class _Answering:
    def __init__(
        self, pool: ProcessPoolExecutor, answers: TextIO, today: date, opened: AsyncExitStack, cores: int
    ) -> None:
        self._pool = pool
        self._answers = answers
        self._today = today
        self._opened = opened
        self._fetcher: Fetcher | None = None
        self._places = asyncio.Semaphore(cores * _WAITING_PER_CORE)
        self._failed = 0

    async def all(self, asked: Iterable[str]) -> int:
        under_way: set[asyncio.Task[None]] = set()
        for number, line in enumerate(asked, start=1):
            if line.strip():
                await self._places.acquire()
                task = asyncio.create_task(self._answer(number, line))
                under_way.add(task)
                task.add_done_callback(under_way.discard)
        if under_way:
            await asyncio.wait(under_way)
        return self._failed

    async def _answer(self, number: int, line: str) -> None:
        named: dict[str, Json] = {"line": number}
        # Awaited as a task, so that whatever is wrong with one page is an answer and not the end of all.
        try:
            asked = _asked(line, number)
            named = {"file": asked.file, "url": asked.url}
            reading = asyncio.ensure_future(self._read(asked))
            await asyncio.wait([reading])
            error = reading.exception()
            if error is None:
                self._print({**named, **reading.result()})
            else:
                self._fail(named, _in_words(error))
        except Invalid as error:
            self._fail(named, error.message)
        finally:
            self._places.release()

    async def _read(self, asked: _Asked) -> dict[str, Json]:
        loop = asyncio.get_running_loop()
        if asked.file is not None:
            return await loop.run_in_executor(self._pool, _read_file, asked.file, asked.url, self._today)
        page = await (await self._open_fetcher()).fetch(typed_address(asked.url or ""))
        return await loop.run_in_executor(
            self._pool,
            _read_content,
            page.content,
            page.final_url,
            page.media_type,
            page.charset,
            self._today,
        )

    async def _open_fetcher(self) -> Fetcher:
        if self._fetcher is None:
            self._fetcher = Fetcher(load_settings())
            await self._opened.enter_async_context(self._fetcher)
        return self._fetcher

    def _fail(self, named: dict[str, Json], sentence: str) -> None:
        self._failed += 1
        self._print({**named, "error": sentence})

    def _print(self, answer: dict[str, Json]) -> None:
        self._answers.write(f"{as_json(answer)}\n")
        self._answers.flush()


def _asked(line: str, number: int) -> _Asked:
    try:
        told = json.loads(line)
    except ValueError:
        told = None
    if not isinstance(told, dict) or not (told.get("file") or told.get("url")):
        raise Invalid(f'Line {number} is no JSON object with a "file" or a "url": {line.strip()[:60]}')
    file, url = told.get("file"), told.get("url")
    if not isinstance(file, str | None) or not isinstance(url, str | None):
        raise Invalid(f'Line {number}: "file" and "url" are texts.')
    return _Asked(file or None, url or None)


def _read_file(file: str, url: str | None, today: date) -> dict[str, Json]:
    return _read_content(Path(file).read_bytes(), url, None, None, today)


def _read_content(
    content: bytes, url: str | None, media_type: str | None, charset: str | None, today: date
) -> dict[str, Json]:
    reading = read_page(content, url=url, media_type=media_type, charset=charset, today=today)
    return reading_as_json(reading)


def _in_words(error: BaseException) -> str:
    if isinstance(error, HoistError):
        return error.message
    if isinstance(error, FileNotFoundError):
        return f"There is no file {error.filename}."
    if isinstance(error, IsADirectoryError):
        return f"{error.filename} is a folder; name a file in it."
    if isinstance(error, OSError):
        return f"The machine refused: {error.strerror or error}."
    return f"The page could not be read ({type(error).__name__}: {error})."
