"""What a run met: by endpoint and by time, in memory that does not grow with the run."""

from collections import Counter
from dataclasses import dataclass, field

from hoistscraper.loadtest.latencies import Latencies, joined

MOST_SLOTS = 600
TIMED_OUT = "timed out"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One request: which endpoint, how long from when it was due and from when it was sent, what failed."""

    endpoint: str
    since_due_seconds: float
    since_sent_seconds: float
    failure: str | None = None


@dataclass(slots=True)
class Figures:
    """Requests of one endpoint, or of one stretch of time.

    Latencies are those of answers, and of requests that timed out: a refusal that comes at once would make a
    server look fast that answers nothing.
    """

    requests: int = 0
    since_due: Latencies = field(default_factory=Latencies)
    since_sent: Latencies = field(default_factory=Latencies)
    failures: Counter[str] = field(default_factory=Counter)

    @property
    def failed(self) -> int:
        """How many failed."""
        return self.failures.total()

    def add(self, outcome: Outcome) -> None:
        """Count one request."""
        self.requests += 1
        if outcome.failure:
            self.failures[outcome.failure] += 1
        if outcome.failure in (None, TIMED_OUT):
            self.since_due.add(outcome.since_due_seconds)
            self.since_sent.add(outcome.since_sent_seconds)

    def join(self, other: "Figures") -> None:
        """Count all of another's too."""
        self.requests += other.requests
        self.since_due.join(other.since_due)
        self.since_sent.join(other.since_sent)
        self.failures += other.failures


class Timeline:
    """Figures of equal stretches of time, a second each; where there are too many, two become one."""

    def __init__(self) -> None:
        self.width_seconds = 1
        self.slots: list[Figures] = []

    def add(self, at_seconds: float, outcome: Outcome) -> None:
        """Count a request that ended then."""
        while at_seconds >= MOST_SLOTS * self.width_seconds:
            self._widen()
        place = int(at_seconds // self.width_seconds)
        while len(self.slots) <= place:
            self.slots.append(Figures())
        self.slots[place].add(outcome)

    def _widen(self) -> None:
        self.width_seconds *= 2
        for place in range(0, len(self.slots) - 1, 2):
            self.slots[place].join(self.slots[place + 1])
        self.slots = self.slots[::2]


class Recording:
    """Everything that was met in a run."""

    def __init__(self) -> None:
        self.endpoints: dict[str, Figures] = {}
        self.timeline = Timeline()
        self.examples: dict[str, str] = {}
        """The first request that failed of each kind of failure, and what the server said."""
        self.unsent = 0
        """Requests that were due when the time was up, for whose turn earlier answers came too late."""

    def add(self, at_seconds: float, outcome: Outcome) -> None:
        """Count a request that ended so many seconds after the beginning."""
        self.endpoints.setdefault(outcome.endpoint, Figures()).add(outcome)
        self.timeline.add(at_seconds, outcome)

    def whole(self) -> Figures:
        """Return all endpoints together."""
        of_each = list(self.endpoints.values())
        return Figures(
            sum(each.requests for each in of_each),
            joined([each.since_due for each in of_each]),
            joined([each.since_sent for each in of_each]),
            sum((each.failures for each in of_each), Counter[str]()),
        )
