"""How fast one host is asked: never more often than its pace, never by more than a few at a time.

A host that says "later" (Retry-After) is left alone by everybody until then.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Host:
    """What is known of one host; the moments are those of the clock."""

    connections: asyncio.Semaphore
    interval_seconds: float
    next_turn: float = field(default=float("-inf"))
    held_until: float = field(default=float("-inf"))
    door: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def due(self) -> float:
        """When it may be asked next."""
        return max(self.next_turn, self.held_until)


class Halted(Exception):
    """No turn is given out any more: whoever visits is about to stop."""


class Held(Exception):
    """The host is to be left alone for longer than one waits."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Pace:
    """Gives out turns, per host. ``clock`` counts seconds and never goes back."""

    def __init__(
        self,
        interval_seconds: float,
        host_connections: int,
        *,
        longest_hold_seconds: float = 60,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._interval_seconds = interval_seconds
        self._host_connections = host_connections
        self._longest_hold_seconds = longest_hold_seconds
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}
        self._is_halted = False
        self._sleepers: set[asyncio.Timeout] = set()

    @asynccontextmanager
    async def turn(self, host: str, *, room: asyncio.Semaphore | None = None) -> AsyncIterator[None]:
        """Wait until the host may be asked, and count as one of its connections while in the block.

        With ``room`` a place in it is held, too, but none is kept from others by waiting for the host.

        :raises Held: it is to be left alone for too long.
        :raises Halted: no turn is given out any more.
        """
        state = self._state(host)
        async with state.connections:
            if room is None:
                await self._wait(state)
                yield
                return
            await self._wait_with_room(state, room)
            try:
                yield
            finally:
                room.release()

    def halt(self) -> None:
        """Give out no turn any more; those who have theirs go on."""
        self._is_halted = True
        for alarm in self._sleepers:
            alarm.reschedule(asyncio.get_running_loop().time())

    def slow_down(self, host: str, interval_seconds: float) -> None:
        """Keep at least this interval for a host; a shorter one changes nothing."""
        state = self._state(host)
        state.interval_seconds = max(state.interval_seconds, interval_seconds)

    def hold(self, host: str, seconds: float) -> None:
        """Leave the host alone for some time, whoever wants to ask it."""
        state = self._state(host)
        state.held_until = max(state.held_until, self._clock() + seconds)

    def hold_next(self, host: str, seconds: float) -> None:
        """Give out the next turn no sooner than in some seconds: somebody else asked the host just now."""
        state = self._state(host)
        state.next_turn = max(state.next_turn, self._clock() + seconds)

    def seconds_until_next(self) -> Mapping[str, float]:
        """Return in how many seconds each host that was met may be asked again, as its pace has it."""
        now = self._clock()
        # Turns that were taken and then given up do not count: the last request costs one interval.
        return {
            name: min(max(0.0, host.next_turn - now), host.interval_seconds)
            for name, host in self._hosts.items()
        }

    def seconds_held(self) -> Mapping[str, float]:
        """Return for how many seconds more each host that was met wants to be left alone."""
        now = self._clock()
        return {name: max(0.0, host.held_until - now) for name, host in self._hosts.items()}

    def _state(self, host: str) -> _Host:
        state = self._hosts.get(host)
        if state is None:
            state = _Host(asyncio.Semaphore(self._host_connections), self._interval_seconds)
            self._hosts[host] = state
        return state

    async def _wait(self, state: _Host) -> None:
        while True:
            now = self._checked(state)
            # The turn is taken before the sleep, so that others queue behind it.
            due = max(now, state.due)
            state.next_turn = due + state.interval_seconds
            if due > now:
                await self._pause(due - now)
            if state.held_until <= due:  # nobody asked to be left alone in the meantime
                return

    async def _wait_with_room(self, state: _Host, room: asyncio.Semaphore) -> None:
        # No turn is taken before there is room: it would be over by then, and two requests come together.
        async with state.door:
            while True:
                while (now := self._checked(state)) < state.due:
                    await self._pause(state.due - now)
                await room.acquire()
                now = self._clock()
                if now >= state.due and not self._is_halted:
                    state.next_turn = now + state.interval_seconds
                    return
                room.release()

    def _checked(self, state: _Host) -> float:
        now = self._clock()
        if self._is_halted:
            raise Halted
        if state.held_until - now > self._longest_hold_seconds:
            raise Held(state.held_until - now)
        return now

    async def _pause(self, seconds: float) -> None:
        """Sleep, but wake up when no turn is given out any more."""
        try:
            async with asyncio.timeout(None) as alarm:
                self._sleepers.add(alarm)
                await self._sleep(seconds)
        except TimeoutError:
            raise Halted from None
        finally:
            self._sleepers.discard(alarm)
