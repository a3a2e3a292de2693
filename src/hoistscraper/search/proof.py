"""The page that a value was read from, as it was kept."""

import zlib
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urldefrag
from uuid import UUID

from psycopg.rows import class_row, tuple_row

from hoistscraper.errors import NotFound
from hoistscraper.search.connections import Connection

_PROOF = """
    SELECT o.title, o.evidence -> %(field)s::text ->> 'quote', o.evidence -> %(field)s::text ->> 'source_url'
    FROM opportunity o WHERE o.id = %(id)s
"""
# By the address that was asked for, which has an index, before the one that it led to.
_PAGE = """
    SELECT p.url, p.charset, p.fetched_at, p.snapshot FROM opportunity_source s
    JOIN page p ON p.website_id = s.website_id AND p.{address} = %(url)s
    WHERE s.opportunity_id = %(id)s ORDER BY p.fetched_at DESC LIMIT 1
"""
_PAGES = tuple(_PAGE.format(address=address).encode() for address in ("url", "final_url"))


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves a value: the words of the page at ``url``; ``title`` is the call's."""

    title: str
    quote: str
    url: str


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page that was read; ``snapshot`` is its content, compressed, as long as that is kept."""

    url: str
    charset: str | None
    fetched_at: datetime
    snapshot: bytes | None

    @property
    def content(self) -> bytes | None:
        """The page's content, as it came."""
        return zlib.decompress(self.snapshot) if self.snapshot is not None else None


async def read_proof(connection: Connection, opportunity_id: UUID, field: str) -> Proof:
    """Return what proves a field of an opportunity.

    :raises NotFound: there is no such opportunity, or nothing proves the field.
    """
    cursor = connection.cursor(row_factory=tuple_row)
    await cursor.execute(_PROOF.encode(), {"id": opportunity_id, "field": field})
    row = await cursor.fetchone()
    if row is None:
        raise NotFound(f"There is no opportunity {opportunity_id}; search for what there is.")
    title, quote, url = row
    if quote is None or url is None:
        raise NotFound(f"No page proves {field} of this opportunity; its `evidence` names what is proven.")
    return Proof(title, quote, url)


async def read_kept_page(connection: Connection, opportunity_id: UUID, url: str) -> KeptPage | None:
    """Return a page of a website that tells of an opportunity; ``None``: it is not known any more."""
    cursor = connection.cursor(row_factory=class_row(KeptPage))
    for statement in _PAGES:
        # Where in a document it stands is no part of the address that was asked for.
        await cursor.execute(statement, {"id": opportunity_id, "url": urldefrag(url).url})
        page = await cursor.fetchone()
        if page is not None:
            return page
    return None
