"""Opportunities as people look at them."""

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import product
from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.clock import now
from hoistscraper.database.engine import Database
from hoistscraper.errors import Conflict, NotFound
from hoistscraper.extraction.candidate import Candidate, Evidence, Moment, Status
from hoistscraper.opportunities.browsing import (
    opportunities_by_id,
    opportunities_of,
    read_opportunity,
)
from hoistscraper.opportunities.closing import closing_instant, standing
from hoistscraper.opportunities.keeping import Kept, Site, keep
from hoistscraper.opportunities.sources import Finding
from hoistscraper.websites.model import Website
from hoistscraper.websites.store import add_website

TODAY = date(2030, 6, 15)
NOON = datetime.fromisoformat("2030-06-15T12:00:00+00:00")


async def kept(session: AsyncSession, *calls: Candidate, url: str = "https://example.org/") -> list[Kept]:
    """Keep calls as one website tells them."""
    website = await add_website(session, Website(url=url, name="Example"))
    findings = [
        Finding(identity=str(uuid4()), listing_url=url, row_hash="", candidate=call, verified_at=now())
        for call in calls
    ]
    return await keep(session, Site(website.id, url, None), findings, {}, seen_at=now())


def call(title: str, *, days: int | None = None, status: Status = Status.UNKNOWN) -> Candidate:
    deadline = Moment(TODAY + timedelta(days=days), timezone="UTC") if days is not None else None
    proof = {"title": Evidence(title, "test", 1.0)}
    return Candidate(title=title, deadline=deadline, status=status, evidence=proof)


async def test_the_standing_of_a_call_is_the_same_in_python_and_in_the_database(database: Database) -> None:
    openings = (None, Moment(TODAY - timedelta(days=1)), Moment(TODAY + timedelta(days=1)))
    calls = [
        Candidate(title=f"{status} {days} {opening}", status=status, opening_date=opening, deadline=deadline)
        for status, days, opening in product(Status, (None, -2, 0, 5), openings)
        for deadline in [Moment(TODAY + timedelta(days=days)) if days is not None else None]
    ]
    async with database.transaction() as session:
        ids = [each.source.opportunity_id for each in await kept(session, *calls)]
        found = await opportunities_by_id(session, ids, now=NOON)
    assert len(found) == len(calls)
    for view in found:
        closes_at = closing_instant(view.candidate.deadline)
        assert view.status is standing(view.candidate, closes_at, now=NOON), view.candidate.title


async def test_one_is_found_by_the_end_of_its_id(database: Database) -> None:
    async with database.transaction() as session:
        one, *others = await kept(session, *(call(name) for name in ("One", *map(str, range(16)))))
        name = str(one.source.opportunity_id)
        assert (await read_opportunity(session, name[-8:], now=NOON)).candidate.title == "One"
        with pytest.raises(NotFound, match="opportunity list"):
            await read_opportunity(session, "nothing", now=NOON)
        with pytest.raises(NotFound):
            await read_opportunity(session, "_", now=NOON)
        ends = Counter(str(each.source.opportunity_id)[-1] for each in (one, *others))
        with pytest.raises(Conflict, match="more of its id"):  # of seventeen two end alike
            await read_opportunity(session, ends.most_common(1)[0][0], now=NOON)


async def test_the_calls_of_one_website_are_its_own(database: Database) -> None:
    async with database.transaction() as session:
        await kept(session, call("Here"))
        await kept(session, call("There"), url="https://example.net/")
        [view] = await opportunities_of(session, "https://example.net/", now=NOON)
    assert view.candidate.title == "There"
