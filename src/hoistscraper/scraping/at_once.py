"""Many pages side by side, but not too many."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence

# The fetcher holds the pace of each host; this bounds what waits for it.
MOST_AT_ONCE = 16


async def at_once(tasks: Sequence[Callable[[], Coroutine[None, None, None]]]) -> None:
    """Run tasks side by side; the first that fails stops the others, and its error is raised as it is."""
    places = asyncio.Semaphore(MOST_AT_ONCE)

    async def run(task: Callable[[], Coroutine[None, None, None]]) -> None:
        async with places:
            await task()

    try:
        async with asyncio.TaskGroup() as group:
            for task in tasks:
                group.create_task(run(task))
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from None
