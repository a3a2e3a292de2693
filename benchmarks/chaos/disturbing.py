"""What can go wrong: a worker, a browser or the database dies, or a website's network is cut."""

import time
from collections.abc import Callable, Mapping
from enum import StrEnum
from random import Random
from types import MappingProxyType

from benchmarks.chaos.processes import kill
from benchmarks.chaos.service import Service
from benchmarks.chaos.websites import CuttableSite
from hoistscraper.database.embedded import leases

# Shorter than a page is asked for again and again; what a longer one costs is told by the source's health.
_SHORTEST_CUT_SECONDS = 0.1
_LONGEST_CUT_SECONDS = 1.5


class Kind(StrEnum):
    """One thing that goes wrong."""

    WORKER_KILLED = "worker killed"
    BROWSER_KILLED = "browser killed"
    DATABASE_KILLED = "database killed"
    DATABASE_RESTARTED = "database restarted"
    NETWORK_CUT = "network cut"


def disturb(kind: Kind, service: Service, sites: list[CuttableSite], chance: Random) -> str:
    """Do harm; return in words to whom."""
    return _WAYS[kind](service, sites, chance)


def _kill_worker(service: Service, _: list[CuttableSite], chance: Random) -> str:
    victim = chance.choice(service.workers)
    victim.kill()
    victim.wait()
    return f"worker {victim.pid}"


def _kill_browser(service: Service, _: list[CuttableSite], __: Random) -> str:
    victims = service.browsers()
    for victim in victims:
        kill(victim.pid)
    return f"browser {victims[0].pid}" if victims else "no browser was there"


def _kill_database(service: Service, _: list[CuttableSite], chance: Random) -> str:
    servers = service.servers()
    if not servers:
        return "no server was there"
    victims = {"first": servers[:1], "one": [chance.choice(servers)], "all": servers}
    whom = chance.choice(list(victims))
    for victim in victims[whom]:
        kill(victim.pid)
    return f"{whom} of {len(servers)} server processes"


def _restart_database(service: Service, _: list[CuttableSite], __: Random) -> str:
    leases.stop(service.data_dir, force=True)
    return "server stopped"


def _cut_network(_: Service, sites: list[CuttableSite], chance: Random) -> str:
    site, seconds = chance.choice(sites), chance.uniform(_SHORTEST_CUT_SECONDS, _LONGEST_CUT_SECONDS)
    site.cut()
    time.sleep(seconds)
    site.mend()
    return f"{site.authority} for {seconds:.2f} s"


_WAYS: Mapping[Kind, Callable[[Service, list[CuttableSite], Random], str]] = MappingProxyType(
    {
        Kind.WORKER_KILLED: _kill_worker,
        Kind.BROWSER_KILLED: _kill_browser,
        Kind.DATABASE_KILLED: _kill_database,
        Kind.DATABASE_RESTARTED: _restart_database,
        Kind.NETWORK_CUT: _cut_network,
    }
)
