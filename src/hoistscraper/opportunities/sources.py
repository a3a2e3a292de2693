"""A call as one website tells it: found now, and known from before."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from json import dumps
from uuid import UUID

from hoistscraper.extraction.candidate import Candidate
from hoistscraper.opportunities.identity import fold
from hoistscraper.opportunities.values import to_json

LONGEST_IDENTITY_BYTES = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSource:
    """What is stored of a call on the website being scraped."""

    id: UUID
    opportunity_id: UUID
    identity: str
    listing_url: str
    row_hash: str
    verified_at: datetime | None
    is_listed: bool
    closes_at: datetime | None = None

    def is_past(self, at: datetime) -> bool:
        """Whether nobody can apply any more, so that a website need not list the call."""
        return self.closes_at is not None and self.closes_at < at


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A call that this scrape found and read. ``verified_at`` is ``None`` where its page failed."""

    identity: str
    listing_url: str
    row_hash: str
    candidate: Candidate
    verified_at: datetime | None


def row_hash(row: Candidate) -> str:
    """Return what changes when anything that the row states changes."""
    return sha256(dumps([row.url, to_json(row)], sort_keys=True).encode()).hexdigest()[:32]


def identities(rows: Sequence[Candidate], addresses: Sequence[str | None], known: Iterable[str]) -> list[str]:
    """Name each row of a listing within its website, so that the next visit knows it again.

    ``addresses`` are the rows' normalised addresses, ``None`` where a row has none of its own. Rows that
    share one address are told apart by their titles, rows of one title by their reference numbers.
    """
    known = set(known)
    shared = Counter(addresses)
    return [
        _identity(row, address, is_shared=shared[address] > 1, known=known)
        for row, address in zip(rows, addresses, strict=True)
    ]


def _bounded(identity: str) -> str:
    """An index holds 2,704 bytes, a website's address included."""
    whole = identity.encode()
    return identity if len(whole) <= LONGEST_IDENTITY_BYTES else f"sha256:{sha256(whole).hexdigest()}"


def _identity(row: Candidate, address: str | None, *, is_shared: bool, known: set[str]) -> str:
    by_title = f"title:{fold(row.title or '')}"
    if row.reference_number:
        by_title += f" reference:{fold(row.reference_number)}"
    if address is None:
        return _bounded(by_title)
    by_both = _bounded(f"url:{address} {by_title}")
    if is_shared or by_both in known:
        return by_both
    return _bounded(f"url:{address}")


def by_identity(sources: Iterable[KnownSource]) -> Mapping[str, KnownSource]:
    """Return the known sources of a website by the name of their call within it."""
    return {source.identity: source for source in sources}
