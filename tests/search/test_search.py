"""Whatever way a search takes, it finds what looking at every row finds, in the same order, page by page."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from hoistscraper.clock import now
from hoistscraper.errors import Invalid
from hoistscraper.extraction.candidate import Status
from hoistscraper.search.connections import Connection
from hoistscraper.search.frequencies import Frequencies
from hoistscraper.search.query import Order, Search
from hoistscraper.search.store import search
from tests.search.every_row import every_row, found

NOW = now()
TODAY = NOW.date()
SEARCHES = (
    Search(),
    Search(statuses=(Status.OPEN,)),
    Search(statuses=(Status.FORTHCOMING, Status.UNKNOWN)),
    Search(statuses=(Status.CLOSED,)),
    Search(words="grant"),
    Search(words="GRANT call -health"),
    Search(words='"grant call"'),
    Search(words="énergie projets"),
    Search(words="nobodywritesthis"),
    Search(words="πρόσκληση"),
    Search(categories=("research", "Youth")),
    Search(categories=("Arts",), statuses=(Status.OPEN,), words="support"),
    Search(currencies=("EUR",), amount_min=Decimal(20_000), amount_max=Decimal(90_000)),
    Search(amount_min=Decimal(1_000_000)),
    Search(amount_max=Decimal("5000.5")),
    Search(opens_from=TODAY - timedelta(days=200), opens_to=TODAY - timedelta(days=20)),
    Search(closes_from=TODAY - timedelta(days=60), closes_to=TODAY + timedelta(days=30)),
    Search(closes_to=date(2025, 1, 31), words="call"),
    Search(closing_within_days=30),
    Search(posted_within_days=40, words="grant"),
    Search(first_seen_since=NOW - timedelta(days=90)),
    Search(has_documents=True, is_listed=True),
    Search(words="call", is_listed=True, statuses=(Status.CLOSED,)),
)
# Statistics that send every search along one way; the last ones are wrong about everything.
AS_THOUGH = {
    "before the first ANALYZE": Frequencies(),
    "as though all were common": Frequencies(1_000_000, {}, 1.0),
    "as though all were middling": Frequencies(1_000_000, {}, 0.02),
    "as though all were rare": Frequencies(1_000_000, {}, 0.000_01),
}


async def pages(
    connection: Connection, asked: Search, known: Frequencies, at: datetime = NOW, limit: int = 90
) -> list[UUID]:
    """Return the ids of all pages of a search."""
    ids: list[UUID] = []
    cursor: str | None = None
    while True:
        page = await search(connection, asked, now=at, frequencies=known, limit=limit, cursor=cursor)
        ids += [UUID(json.loads(row)["id"]) for row in page.rows]
        cursor = page.next_cursor
        if cursor is None:
            return ids
        assert len(page.rows) == limit


@pytest.mark.parametrize("order", Order)
async def test_a_search_finds_what_every_row_tells(
    invented: Connection, frequencies: Frequencies, order: Order
) -> None:
    rows = await every_row(invented, NOW)
    for asked in SEARCHES:
        if order is Order.RELEVANCE and not asked.words:
            continue
        ordered = replace(asked, order=order)
        assert await pages(invented, ordered, frequencies) == found(rows, ordered, NOW), ordered


@pytest.mark.parametrize("known", AS_THOUGH)
@pytest.mark.parametrize("order", [Order.DEADLINE, Order.AMOUNT])
async def test_statistics_that_are_wrong_cost_time_but_no_result(
    invented: Connection, order: Order, known: str
) -> None:
    rows = await every_row(invented, NOW)
    for asked in SEARCHES:
        ordered = replace(asked, order=order)
        ids = await pages(invented, ordered, AS_THOUGH[known], limit=200)
        assert ids == found(rows, ordered, NOW), ordered


async def test_calls_are_found_by_website_organisation_and_reference(
    invented: Connection, frequencies: Frequencies
) -> None:
    rows = await every_row(invented, NOW)
    row = next(row for row in rows if row["reference_number"] and row["organisation"])
    for asked in (
        Search(websites=(row["websites"][0],)),
        Search(organisations=(row["organisation"].upper(),)),
        Search(reference_number=row["reference_number"]),
    ):
        expected = found(rows, asked, NOW)
        assert row["id"] in expected
        assert await pages(invented, asked, frequencies) == expected
    assert await pages(invented, Search(websites=(uuid4(),)), frequencies) == []


async def test_a_word_is_found_while_it_is_typed(invented: Connection, frequencies: Frequencies) -> None:
    rows = await every_row(invented, NOW)
    begun = Search(words="grant innov", is_typing=True)
    ids = await pages(invented, begun, frequencies)
    assert set(ids) == {
        row["id"]
        for row in rows
        if "grant" in row["words"] and any(word.startswith("innov") for word in row["words"])
    }
    assert ids
    assert not await pages(invented, replace(begun, words="grant innov "), frequencies)


async def test_any_part_of_a_text_without_spaces_is_found(
    invented: Connection, frequencies: Frequencies
) -> None:
    rows = await every_row(invented, NOW)
    for part in ("研项", "研", "目", "科研项目"):
        ids = await pages(invented, Search(words=part), frequencies)
        assert set(ids) == {row["id"] for row in rows if part in " ".join(map(str, row.values()))}
        assert ids


async def test_a_call_whose_deadline_passes_is_closed_without_a_write(
    invented: Connection, frequencies: Frequencies
) -> None:
    before = await pages(invented, Search(statuses=(Status.OPEN,)), frequencies)
    later = NOW + timedelta(days=60)
    rows = await every_row(invented, later)
    still_open = await pages(invented, Search(statuses=(Status.OPEN,)), frequencies, later)
    assert still_open == found(rows, Search(statuses=(Status.OPEN,)), later)
    gone = set(before) - set(still_open)
    assert gone
    assert gone <= set(await pages(invented, Search(statuses=(Status.CLOSED,)), frequencies, later))


async def test_a_cursor_fits_its_own_search_only(invented: Connection, frequencies: Frequencies) -> None:
    page = await search(invented, Search(words="grant"), now=NOW, frequencies=frequencies, limit=5)
    cursor = page.next_cursor
    assert cursor
    for asked, told in (
        (Search(words="call"), cursor),
        (Search(words="grant", order=Order.NEWEST), cursor),
        (Search(words="grant"), cursor[:-3] + "AAA"),
        (Search(words="grant"), "nonsense"),
        (Search(words="grant"), "ö"),
        (Search(words="grant"), ""),
    ):
        with pytest.raises(Invalid, match="first page"):
            await search(invented, asked, now=NOW, frequencies=frequencies, cursor=told)


@pytest.mark.parametrize("limit", [0, 1_001])
async def test_a_page_has_its_limits(invented: Connection, frequencies: Frequencies, limit: int) -> None:
    with pytest.raises(Invalid, match="between 1 and 1000"):
        await search(invented, Search(), now=NOW, frequencies=frequencies, limit=limit)


async def test_a_row_tells_what_a_list_shows(invented: Connection, frequencies: Frequencies) -> None:
    page = await search(invented, Search(statuses=(Status.OPEN,)), now=NOW, frequencies=frequencies, limit=1)
    [row] = json.loads(page.json)
    assert row["status"] == "open"
    assert row["url"].startswith("https://www")
    assert row["sources"] >= 1
    assert row["deadline"][:10] >= str(TODAY)
    assert datetime.fromisoformat(row["first_seen_at"]) < NOW
