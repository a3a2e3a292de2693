"""Hours of readers: does the server's memory grow, do its answers become slower?"""

import asyncio
import time
from dataclasses import dataclass

from benchmarks.api.running import HOST, Server
from hoistscraper.loadtest.latencies import joined
from hoistscraper.loadtest.run import Order, Run, perform

_LOOKED_AT_EVERY_SECONDS = 10
_WARM_SHARE = 0.25
THINK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Soaked:
    """What came of it; the slope is that of memory once the server was warm, in kB a minute."""

    run: Run
    megabytes: list[tuple[float, float]]

    @property
    def slope(self) -> float:
        """Memory gained a minute."""
        return slope(once_warm(self.megabytes))

    def p95_of(self, begin: float, end: float) -> float:
        """Return p95 of a part of the run (0 to 1), in milliseconds."""
        slots = self.run.recording.timeline.slots
        part = slots[round(len(slots) * begin) : round(len(slots) * end)]
        return joined([slot.since_due for slot in part]).quantile(0.95) * 1000

    def in_words(self) -> str:
        """Return what came of it in lines."""
        whole = self.run.recording.whole()
        first, last = self.megabytes[0][1], self.megabytes[-1][1]
        kinds = ", ".join(f"{kind}: {number}" for kind, number in whole.failures.items())
        return (
            f"{whole.requests:,} requests of {self.run.order.users} users, {whole.failed} failed "
            f"({kinds or 'none'}), {whole.requests / self.run.seconds:.0f} a second\n"
            f"memory {first:.0f} MB at the beginning, {last:.0f} MB at the end; once warm "
            f"{self.slope:+.0f} kB/min\n"
            f"p95 {self.p95_of(0, 1 / 3):.1f} ms in the first third, "
            f"{self.p95_of(2 / 3, 1):.1f} ms in the last"
        )


def once_warm(megabytes: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return what was seen after the beginning."""
    return megabytes[round(len(megabytes) * _WARM_SHARE) :]


def slope(warm: list[tuple[float, float]]) -> float:
    """Return kB a minute that memory (seconds, megabytes) gains, by least squares."""
    mean_time = sum(at for at, _ in warm) / len(warm)
    mean_size = sum(size for _, size in warm) / len(warm)
    spread = sum((at - mean_time) ** 2 for at, _ in warm)
    together = sum((at - mean_time) * (size - mean_size) for at, size in warm)
    return together / spread * 60 * 1000 if spread else 0.0


async def soak(server: Server, *, minutes: float, users: int) -> Soaked:
    """Have users read for so long, and look at the server's memory meanwhile."""
    order = Order(
        url=f"http://{HOST}:{server.port}",
        users=users,
        duration_seconds=minutes * 60,
        think_seconds=THINK_SECONDS,
        timeout_seconds=10,
    )
    run = Run(order)
    megabytes: list[tuple[float, float]] = []
    looking = asyncio.create_task(_look(server, megabytes))
    try:
        await perform(run)
    finally:
        looking.cancel()
    return Soaked(run, megabytes)


async def _look(server: Server, megabytes: list[tuple[float, float]]) -> None:
    began = time.monotonic()
    while True:
        megabytes.append((time.monotonic() - began, server.memory_megabytes))
        print(f"{megabytes[-1][0]:6.0f} s {megabytes[-1][1]:7.1f} MB", flush=True)
        await asyncio.sleep(_LOOKED_AT_EVERY_SECONDS)
