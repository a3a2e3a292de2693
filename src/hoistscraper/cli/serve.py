"""``hoistscraper serve``: API, web app, workers and database in one command."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

import typer
import uvloop

from hoistscraper.accounts.users import has_administrator
from hoistscraper.api.doors import is_for_this_computer_alone, is_loopback
from hoistscraper.cli.loading import load
from hoistscraper.cli.opening import opened
from hoistscraper.cli.processes import Companion, run_once, starter_left
from hoistscraper.cli.telling import teller
from hoistscraper.database.engine import Database
from hoistscraper.errors import Conflict, Invalid, Refused
from hoistscraper.sample_portal.server import DEFAULT_PORT, Portal, listen, serve
from hoistscraper.settings import Settings, load_settings
from hoistscraper.tracing import observed
from hoistscraper.websites import store as websites


def command(
    *,
    host: Annotated[str | None, typer.Option(help="Address to answer at; HOIST_HOST otherwise.")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port to answer at; HOIST_PORT otherwise.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=0, max=64, help="Worker processes; HOIST_WORKERS otherwise.")
    ] = None,
    api_only: Annotated[bool, typer.Option("--api-only", help="No worker, nothing but answers.")] = False,
    sample: Annotated[
        bool,
        typer.Option("--sample", help="Serve the sample portal too, and watch it if nothing is watched yet."),
    ] = False,
    with_starter: Annotated[bool, typer.Option(hidden=True)] = False,
) -> None:
    """Answer people and programs until Ctrl-C: API, web app, workers and database in one command.

    The workers are processes of their own, so that reading pages never delays an answer. What is started here
    ends with it.
    """
    settings = load_settings()
    address = _checked(host or settings.host)
    chosen = settings.port if port is None else port
    if api_only:
        # A faster event loop: a request takes a fifth less of the processor's time.
        with observed(settings, "api"), asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_serve_api(settings, address, chosen, with_starter=with_starter))
    else:
        count = settings.workers if workers is None else workers
        asyncio.run(_serve_all(settings, address, chosen, workers=count, sample=sample))


def _checked(host: str) -> str:
    name = "127.0.0.1" if host == "localhost" else host
    try:
        ip_address(name)
    except ValueError:
        raise Invalid(f"{host} is no address of this machine; write one such as 127.0.0.1.") from None
    return name


async def _must_be_closed(settings: Settings, database: Database, host: str) -> None:
    """See that somebody has to sign in where others than this computer can reach us.

    :raises Refused: nobody would have to.
    """
    if is_for_this_computer_alone(settings, host):
        return
    async with database.transaction() as session:
        if not await has_administrator(session):
            place = settings.public_url if is_loopback(host) else host
            raise Refused(
                f"There is no administrator yet, so whoever reaches {place} could change everything: make "
                "one with `hoistscraper user add you@example.org --role administrator`, then start again."
            )


async def _serve_api(settings: Settings, host: str, port: int, *, with_starter: bool) -> None:
    tell = teller(settings, "serve")
    # The web framework takes a while to load; the database starts meanwhile.
    loading = asyncio.create_task(asyncio.to_thread(load, "hoistscraper.api.serving"))
    async with opened(settings) as database:
        await _must_be_closed(settings, database, host)
        serving = await loading
        place = _free(host, port)
        # Links in letters name the port that people reach.
        chosen = settings.with_commanded(port=place)
        work = serving.serve(chosen, host=host, port=place, tell=lambda url: tell(f"Answering at {url}"))
        if with_starter:
            leaving = asyncio.create_task(_stop_when_starter_left())
            await work
            leaving.cancel()
        else:
            await work


async def _stop_when_starter_left() -> None:
    await starter_left()
    os.kill(os.getpid(), signal.SIGTERM)


async def _serve_all(settings: Settings, host: str, port: int, *, workers: int, sample: bool) -> None:
    tell = teller(settings, "serve")
    place = _free(host, port)
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    async with AsyncExitStack() as ending:
        database = await ending.enter_async_context(opened(settings))
        await _must_be_closed(settings, database, host)
        environment = dict(os.environ)
        if sample:
            environment |= await ending.enter_async_context(_sample(settings, database, tell))
        answering = ["serve", "--api-only", "--host", host, "--port", str(place), "--with-starter"]
        companions = [Companion("API", answering, environment)]
        companions += [Companion("worker", ["worker", "--with-starter"], environment) for _ in range(workers)]
        running = [asyncio.create_task(companion.keep_running()) for companion in companions]
        await stopping.wait()
        tell("Stopping…")
        await asyncio.gather(*(companion.end() for companion in companions))
        await asyncio.gather(*running)


@asynccontextmanager
async def _sample(
    settings: Settings, database: Database, tell: Callable[[str], None]
) -> AsyncIterator[Mapping[str, str]]:
    """Serve the sample portal, watched where nothing is yet; yield what lets our processes reach it."""
    async with _portal() as portal:
        place = urlsplit(portal.url).netloc
        allowed = {"HOIST_ALLOW_HOSTS": ",".join(sorted({*settings.allow_hosts, place}))}
        async with database.transaction() as session:
            is_first = not await websites.list_websites(session)
        if is_first:
            tell(f"Nothing is watched yet: scraping the sample portal at {portal.url} (invented content)…")
            await run_once(["scrape", portal.url], {**os.environ, **allowed, "HOIST_PACE_SECONDS": "0"})
        yield allowed


@asynccontextmanager
async def _portal() -> AsyncIterator[Portal]:
    """Serve the sample portal: where it always is, or, if somebody else is there, anywhere."""
    async with AsyncExitStack() as ending:
        try:
            portal = await ending.enter_async_context(serve(DEFAULT_PORT))
        except Conflict:
            portal = await ending.enter_async_context(serve(0))
        yield portal


def _free(host: str, port: int) -> int:
    """Return the port, or any free one for 0.

    :raises Conflict: another program listens there.
    :raises Refused: this user may not listen there.
    """
    with listen(host, port) as probe:
        return int(probe.getsockname()[1])
