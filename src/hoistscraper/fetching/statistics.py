"""What a fetcher did so far."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of one fetcher: ``requests`` include those for robots.txt, redirects and retries.

    ``bytes_received`` are the bytes of content as they came over the wire.
    """

    requests: int = 0
    bytes_received: int = 0
    not_modified: int = 0
    retries: int = 0


@dataclass(slots=True)
class Counters:
    """The counts while they grow."""

    requests: int = 0
    bytes_received: int = 0
    not_modified: int = 0
    retries: int = 0
    requests_by_host: Counter[str] = field(default_factory=Counter)

    def count_request(self, host: str) -> None:
        """Count one request."""
        self.requests += 1
        self.requests_by_host[host] += 1

    def count_retry(self) -> None:
        """Count one more request that repeats a failed one."""
        self.retries += 1

    def snapshot(self) -> Statistics:
        """Return the counts as they are now."""
        return Statistics(self.requests, self.bytes_received, self.not_modified, self.retries)
