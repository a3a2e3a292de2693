"""One computation of an answer at a time: who asks for the same meanwhile waits for it."""

import asyncio

from hoistscraper.api.answers import Answer
from hoistscraper.api.capture import Failure
from hoistscraper.cache.entries import Moment

Outcome = Answer | Failure | None
"""What came of a computation; ``None``: nothing that others could be given."""


class Flight:
    """A computation under way, since a moment."""

    def __init__(self, moment: Moment) -> None:
        self.moment = moment
        self._outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()

    async def outcome(self) -> Outcome:
        """Wait for what comes of it."""
        return await asyncio.shield(self._outcome)

    def land(self, outcome: Outcome) -> None:
        """Tell those who wait; once is enough."""
        if not self._outcome.done():
            self._outcome.set_result(outcome)


class Flights:
    """All computations that others may join."""

    def __init__(self) -> None:
        self._flights: dict[object, Flight] = {}

    def joinable(self, key: object) -> Flight | None:
        """Return one that began when all that is known now was known; one that began before may miss it."""
        flight = self._flights.get(key)
        return None if flight is None or flight.moment.is_past else flight

    def begin(self, key: object, moment: Moment) -> Flight:
        """Begin one that others may join from now on."""
        flight = self._flights[key] = Flight(moment)
        return flight

    def end(self, key: object, flight: Flight, outcome: Outcome) -> None:
        """Tell those who joined, and let nobody join any more."""
        flight.land(outcome)
        if self._flights.get(key) is flight:
            del self._flights[key]
