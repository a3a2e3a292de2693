"""Answers to reads, ready before the framework sees the request, as long as they are right.

They are the same for everybody: who may read at all is decided before they are asked for.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from prometheus_client.core import Metric
from starlette.types import ASGIApp, Receive, Scope, Send

from hoistscraper.api.answers import Answer, give
from hoistscraper.api.cacheable import Topics, key_of, subject_of
from hoistscraper.api.capture import Capture, Failure
from hoistscraper.api.flights import Flights, Outcome
from hoistscraper.api.reading_wish import ReadingWish
from hoistscraper.api.routes import ROUTE, route_of
from hoistscraper.api.shared_answers import SharedAnswers
from hoistscraper.cache.entries import Entries, Moment
from hoistscraper.cache.freshness import Freshness, Topic
from hoistscraper.monitoring import counter, counters, gauge
from hoistscraper.settings import Settings

Key = tuple[str, bytes]


@dataclass(slots=True)
class Tally:
    """How reads were answered since the start."""

    hit: int = 0
    shared_hit: int = 0
    joined: int = 0
    miss: int = 0
    bypass: int = 0


class ResponseCache:
    """Answers what it can, and passes everything else on.

    A kept answer is given only while this process proves that it hears of changes, and only to clients of
    whose own changes it has heard. One whose reading began before a change was heard is never kept.
    """

    def __init__(
        self, app: ASGIApp, settings: Settings, freshness: Freshness, shared: SharedAnswers | None = None
    ) -> None:
        self.entries: Entries[Answer] = Entries(round(settings.cache_megabytes * 1_000_000))
        self.tallies: defaultdict[str, Tally] = defaultdict(Tally)
        self._app = app
        self._freshness = freshness
        self._shared = shared
        self._topics = Topics(freshness)
        self._flights = Flights()
        self._keeping = settings.features_response_cache
        self._compressing = settings.features_compression

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        key = key_of(scope["path"], scope["query_string"])
        wish = ReadingWish(scope["headers"])
        if (ready := self.entries.get(key)) is not None and self._may_be_ready(wish):
            self.tallies[subject_of(scope["path"])].hit += 1
            await self._give(key, ready, wish, scope, send)
            return
        topic = self._topics.of(scope["path"])
        if topic is None:
            await self._app(scope, receive, send)
        elif self._may_be_ready(wish) and self._keeping.includes(f"{key}"):
            await self._make_ready(key, topic, wish, scope, receive, send)
        else:
            self.tallies[subject_of(scope["path"])].bypass += 1
            await self._compute(key, wish, scope, receive, send)

    def figures(self) -> Iterable[Metric]:
        """Return how well this works."""
        yield counters(
            "response_cache_answers",
            "Reads that can be kept, by how they were answered.",
            ("subject", "kind"),
            (
                ((subject, kind), count)
                for subject, tally in self.tallies.items()
                for kind, count in asdict(tally).items()
            ),
        )
        yield gauge("response_cache_entries", "Answers that are kept.", len(self.entries))
        yield gauge("response_cache_bytes", "Bytes of the answers that are kept.", self.entries.size)
        yield gauge("response_cache_sure", "Whether changes are heard.", float(self._freshness.is_sure))
        if self._shared:
            yield counter("redis_failures", "How often Redis was away or slow.", self._shared.failures)

    def _may_be_ready(self, wish: ReadingWish) -> bool:
        """Whether an answer that somebody else was given may be given to this client."""
        knows = self._freshness.knows
        return (
            not wish.is_anew
            and self._freshness.is_sure
            and (not wish.changes or all(map(knows, wish.changes)))
        )

    async def _make_ready(
        self, key: Key, topic: Topic, wish: ReadingWish, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Wait for whoever computes the answer already, or compute it for all who ask meanwhile."""
        if flight := self._flights.joinable(key):
            outcome = await flight.outcome()
            if outcome is not None:
                self.tallies[subject_of(scope["path"])].joined += 1
                await self._tell(key, outcome, wish, scope, send)
                return
        await self._lead(key, Moment.present(topic), wish, scope, receive, send)

    async def _lead(
        self, key: Key, moment: Moment, wish: ReadingWish, scope: Scope, receive: Receive, send: Send
    ) -> None:
        flight = self._flights.begin(key, moment)
        capture = Capture(send, let_pass=lambda: self._flights.end(key, flight, None))
        name = self._shared.name(key, moment) if self._shared else None
        is_shared = False
        try:
            capture.outcome = await self._shared.get(name) if self._shared else None
            is_shared = capture.outcome is not None
            if not is_shared:
                await self._app(scope, receive, capture.send)
        finally:
            outcome = self._keep(key, moment, capture.outcome, scope)
            self._flights.end(key, flight, outcome)
            if outcome is not None:
                await self._tell(key, outcome, wish, scope, send)
        tally = self.tallies[subject_of(scope["path"])]
        if is_shared:
            tally.shared_hit += 1
            return
        tally.miss += 1
        if self._shared and isinstance(outcome, Answer):
            await self._shared.put(name, outcome)

    def _keep(self, key: Key, moment: Moment, outcome: Outcome, scope: Scope) -> Outcome:
        if isinstance(outcome, Answer):
            outcome.route = outcome.route or route_of(scope)
            self.entries.put(key, outcome, moment)
        return outcome

    async def _compute(self, key: Key, wish: ReadingWish, scope: Scope, receive: Receive, send: Send) -> None:
        """Compute an answer for one client alone."""
        capture = Capture(send)
        try:
            await self._app(scope, receive, capture.send)
        finally:
            if capture.outcome is not None:
                await self._tell(key, capture.outcome, wish, scope, send)

    async def _tell(
        self, key: Key, outcome: Answer | Failure, wish: ReadingWish, scope: Scope, send: Send
    ) -> None:
        if isinstance(outcome, Answer):
            await self._give(key, outcome, wish, scope, send)
        else:
            await send(outcome.start)
            await send(outcome.body)

    async def _give(self, key: Key, answer: Answer, wish: ReadingWish, scope: Scope, send: Send) -> None:
        if answer.route:
            scope[ROUTE] = answer.route
        encoding = wish.encoding
        if encoding and answer.lacks(encoding) and self._compressing.includes(scope["path"]):
            answer.compress(encoding)
            self.entries.weigh(key)
        await give(answer, send, encoding=encoding, if_none_match=wish.if_none_match)
