"""What a fetcher did so far."""

from dataclasses import dataclass


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

    def count_retry(self) -> None:
        """Count one more request that repeats a failed one."""
        self.retries += 1

    def snapshot(self) -> Statistics:
        """Return the counts as they are now."""
        return Statistics(self.requests, self.bytes_received, self.not_modified, self.retries)
