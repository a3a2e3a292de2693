"""What else is watched during a run: the server's memory where it tells it, and the client itself."""

import asyncio
import re
import resource
import time
from dataclasses import dataclass, field

from hoistscraper.loadtest.client import Client
from hoistscraper.loadtest.latencies import Latencies

_MEMORY = re.compile(r"^(?:\w+_)?process_resident_memory_bytes(?:\{[^}]*\})?\s+([0-9.eE+]+)", re.MULTILINE)
METRICS_PATH = "/metrics"
_ASKED_EVERY_SECONDS = 2.0
_GLANCE_SECONDS = 0.05
_MOST_POINTS = 1_000


@dataclass(slots=True)
class ServerMemory:
    """The server's memory over time, in (seconds, bytes); empty where it does not tell."""

    points: list[tuple[float, float]] = field(default_factory=list)

    async def watch(self, client: Client, began: float) -> None:
        """Ask until cancelled; stop at once where the server has nothing to tell."""
        pause_seconds = _ASKED_EVERY_SECONDS
        while True:
            body, failure = await client.ask(METRICS_PATH)
            found = None if failure else _MEMORY.search(body.decode(errors="replace"))
            if found:
                self.points.append((time.perf_counter() - began, float(found.group(1))))
            elif not self.points:
                return
            if len(self.points) >= _MOST_POINTS:
                self.points = self.points[::2]
                pause_seconds *= 2
            await asyncio.sleep(pause_seconds)


@dataclass(slots=True)
class ClientEffort:
    """How busy this process was: as soon as it is, what it measures is itself."""

    lateness: Latencies = field(default_factory=Latencies)
    cpu_share: float = 0.0
    """Of one core."""

    async def watch(self) -> None:
        """Look every now and then how late this process is, until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + _GLANCE_SECONDS
            await asyncio.sleep(_GLANCE_SECONDS)
            self.lateness.add(max(0.0, loop.time() - due))


def cpu_seconds() -> float:
    """Return the processor time that this process has taken."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
