"""What is asked beside a page: counts, facets, one call whole, calls like it, suggestions."""

import json
from collections import Counter
from uuid import UUID, uuid4

import pytest

from hoistscraper.clock import now
from hoistscraper.errors import NotFound
from hoistscraper.extraction.candidate import Status
from hoistscraper.opportunities.words import folded, words_of
from hoistscraper.search.connections import Connection
from hoistscraper.search.counting import Count, count
from hoistscraper.search.facets import facets
from hoistscraper.search.frequencies import Frequencies
from hoistscraper.search.one import read_one
from hoistscraper.search.query import Search
from hoistscraper.search.similar import similar
from hoistscraper.search.suggesting import suggest
from tests.search.every_row import every_row, found

NOW = now()
OPEN_GRANTS = Search(words="grant", statuses=(Status.OPEN,))
# As though there were ten million rows: all that is common is drawn by chance.
MANY = Frequencies(10_000_000, {"grant": 0.4}, 0.000_01)


async def test_few_are_counted_exactly(invented: Connection, frequencies: Frequencies) -> None:
    rows = await every_row(invented, NOW)
    for asked in (Search(), OPEN_GRANTS, Search(words="grant call"), Search(words="nobodywritesthis")):
        counted = await count(invented, asked, now=NOW, frequencies=frequencies)
        assert counted == Count(len(found(rows, asked, NOW)))


async def test_many_are_counted_by_a_sample(invented: Connection, frequencies: Frequencies) -> None:
    counted = await count(invented, Search(words="grant"), now=NOW, frequencies=MANY)
    assert counted.is_estimate
    assert str(counted).startswith("about ")
    # One draw in 256 is a handful of 1,200 rows: it is a whole number of draws, never a count of rows.
    assert counted.number % 256 == 0
    assert str(Count(110_000, is_estimate=True)) == "about 110,000"


async def test_facets_tell_what_the_found_have_in_common(
    invented: Connection, frequencies: Frequencies
) -> None:
    rows = {row["id"]: row for row in await every_row(invented, NOW)}
    asked = Search(words="grant")
    told = await facets(invented, asked, now=NOW, frequencies=frequencies)
    assert not told.is_estimate
    hits = [rows[each] for each in found(list(rows.values()), asked, NOW)]
    for name, expected in {
        "status": Counter(row["standing"] for row in hits),
        "category": Counter(name for row in hits for name in row["categories"]),
        "currency": Counter(row["currency"] for row in hits if row["currency"]),
        "closing_month": Counter(f"{row['closes_at']:%Y-%m}" for row in hits if row["closes_at"]),
        "organisation": Counter(folded(row["organisation"]) for row in hits),
        "website": Counter(str(website) for row in hits for website in set(row["websites"])),
    }.items():
        counted = {str(each["value"]): each["count"] for each in told.values[name]}
        assert counted == {value: expected[value] for value in counted}, name
        assert len(counted) == min(len(expected), 30)


async def test_facets_of_many_are_scaled(invented: Connection) -> None:
    told = await facets(invented, Search(words="grant"), now=NOW, frequencies=MANY)
    assert told.is_estimate
    assert {each["count"] % 256 for values in told.values.values() for each in values} == {0}  # type: ignore[operator]


async def test_one_call_is_told_with_its_proof_and_sources(
    invented: Connection, frequencies: Frequencies
) -> None:
    row = next(row for row in await every_row(invented, NOW) if len(row["websites"]) > 1)
    told = json.loads(await read_one(invented, row["id"], now=NOW))
    assert (told["title"], told["status"]) == (row["title"], row["standing"])
    assert told["evidence"]["title"]["quote"] == row["title"]
    assert len(told["sources"]) == len(row["websites"])
    assert told["sources"][0]["values"]["title"] == row["title"]
    assert isinstance(told["revisions"], list)
    assert frequencies.rows
    with pytest.raises(NotFound, match="search"):
        await read_one(invented, uuid4(), now=NOW)


async def test_like_calls_share_words_or_the_organisation(
    invented: Connection, frequencies: Frequencies
) -> None:
    rows = {row["id"]: row for row in await every_row(invented, NOW)}
    for row in list(rows.values())[:20]:
        likest = await similar(invented, row["id"], now=NOW, frequencies=frequencies)
        for each in likest:
            other = rows[UUID(json.loads(each)["id"])]
            assert other is not row
            shared = set(words_of(other["title"])) & set(words_of(row["title"]))
            assert shared or other["organisation_key"] == row["organisation_key"]
    with pytest.raises(NotFound):
        await similar(invented, uuid4(), now=NOW, frequencies=frequencies)


async def test_beginnings_are_completed_once_each(invented: Connection) -> None:
    rows = await every_row(invented, NOW)
    told = await suggest(invented, "City O", most=1_000)
    names = {row["organisation"] for row in rows if row["organisation"].startswith("City of")}
    assert set(told.organisations) == names
    assert len(told.organisations) == len(names)
    title = rows[0]["title"]
    assert title in (await suggest(invented, title[:12].upper(), most=1_000)).titles
    assert await suggest(invented, "c") == await suggest(invented, "  ")
