"""Invented opportunities, websites and jobs: rows as the scraper would have written them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from benchmarks.api.wording import CATEGORIES, PLACES, Wording, Zipf, names
from hoistscraper.opportunities.findable import findable
from hoistscraper.opportunities.identity import reference_key, title_key

WEBSITE_CATEGORIES = ("Government", "Foundation", "University", "Portal", "Company")
CURRENCIES = ("EUR", "GBP", "USD", "PLN", "SEK", "CAD", "AUD")
YEARS = 4
OPEN_SHARE = 0.08
DAY = timedelta(days=1)
METHODS = ("label:table", "declared:json-ld", "prose", "row")

Row = dict[str, object]


def identity(random: Random, at: datetime) -> UUID:
    """Return what uuid7 would have given at that time."""
    milliseconds = int(at.timestamp() * 1000)
    bits = milliseconds << 80 | 7 << 76 | random.getrandbits(12) << 64 | 2 << 62 | random.getrandbits(62)
    return UUID(int=bits)


def websites(count: int, now: datetime) -> list[Row]:
    """Return the websites, the same ones for the same count."""
    random = Random(count)  # noqa: S311 - invented rows are no secret
    rows = []
    for number, name in enumerate(names(count)):
        created_at = now - timedelta(days=YEARS * 365 - number % 900)
        health = random.choices((None, "green", "amber", "red"), (5, 80, 10, 5))[0]
        rows.append(
            {
                "id": identity(random, created_at),
                "url": f"https://www{number}.example.org/calls/",
                "name": name,
                "category": random.choice(WEBSITE_CATEGORIES),
                "region": random.choice(PLACES),
                "tags": [random.choice(CATEGORIES).lower()],
                "active": random.random() < 0.97,
                "created_at": created_at,
                "last_scraped_at": now - random.random() * 3 * DAY if health else None,
                "health": health,
                "failures_in_a_row": 0 if health == "green" else random.randint(0, 3),
                "paused": False,
            }
        )
    return rows


def jobs(count: int, sites: list[Row], now: datetime) -> Iterator[Row]:
    """Yield ended scrape jobs, the newest at the end."""
    random = Random(count)  # noqa: S311 - invented rows are no secret
    often = Zipf(len(sites), 0.5)
    for number in range(count):
        site = sites[often.draw(random)]
        asked_at = now - (count - number) * timedelta(minutes=3)
        status = random.choices(("completed", "failed", "cancelled"), (90, 8, 2))[0]
        has_failed = status == "failed"
        found = random.randint(5, 300)
        yield {
            "id": identity(random, asked_at),
            "website_id": site["id"],
            "host": str(site["url"]).split("/")[2],
            "trigger": "schedule",
            "status": status,
            "asked_at": asked_at,
            "attempt": 1,
            "failures": int(has_failed),
            "started_at": asked_at + timedelta(seconds=1),
            "finished_at": asked_at + timedelta(seconds=random.randint(2, 120)),
            "found": found,
            "new": found // 20,
            "changed": found // 30,
            "unchanged": found - found // 20 - found // 30,
            "no_longer_listed": 0,
            "requests": found + 2,
            "not_modified": found // 2,
            "bytes_received": found * 30_000,
            "bytes_saved": found * 15_000,
            "error_kind": "timeout" if has_failed else None,
            "error_message": "The website did not answer in time." if has_failed else None,
        }


@dataclass(frozen=True, slots=True)
class Telling:
    """One opportunity with its sources and revisions."""

    opportunity: Row
    sources: list[Row]
    revisions: list[Row]


@dataclass(slots=True)
class Inventor:
    """Invents opportunities one after the other; the same ones for the same seed."""

    random: Random
    sites: list[Row]
    organisations: list[str]
    now: datetime
    wording: Wording = field(default_factory=Wording)
    often: Zipf = field(init=False)
    telling: Zipf = field(init=False)
    kinds: Zipf = field(init=False)

    def __post_init__(self) -> None:
        """Lay out how often each is drawn."""
        self.often = Zipf(len(self.organisations), 0.9)
        self.telling = Zipf(len(self.sites), 0.8)
        self.kinds = Zipf(len(CATEGORIES), 0.7)

    def invent(self) -> Telling:
        """Return the next one."""
        random = self.random
        row = self._row()
        sources = [self._source(row, self.sites[place]) for place in self._places()]
        addresses = [str(source["site"]) for source in sources]
        first_seen_at = row["first_seen_at"]
        assert isinstance(first_seen_at, datetime)
        row |= findable(row, first_seen_at=first_seen_at, sites=addresses)
        revisions = [self._revision(row, sources[0])] if random.random() < 0.2 else []
        return Telling(row, sources, revisions)

    def _places(self) -> set[int]:
        several = self.random.choices((1, 2, 3), (80, 16, 4))[0]
        return {self.telling.draw(self.random) for _ in range(several)}

    def _row(self) -> Row:
        random, wording = self.random, self.wording
        language = wording.language(random)
        closes_at, first_seen_at = self._times()
        title = wording.title(random, language)
        has_reference = random.random() < 0.5
        year = first_seen_at.year
        reference = f"{random.choice(PLACES)[:3].upper()}-{year}-{random.randint(1, 99_999):05}"
        amount = Decimal(round(random.lognormvariate(11, 1.8), -2)) if random.random() < 0.6 else None
        low = amount / 10 if amount is not None and random.random() < 0.3 else None
        deadline = closes_at.date() if closes_at else None
        return {
            "id": identity(random, first_seen_at),
            "title": title,
            "organisation": self.organisations[self.often.draw(random)],
            "summary": wording.text(random, language, random.randint(15, 50)),
            "reference_number": reference if has_reference else None,
            "status": self._status(closes_at),
            "opening_date": first_seen_at.date() if random.random() < 0.4 else None,
            "deadline_date": deadline,
            "deadline_time": closes_at.time() if closes_at and random.random() < 0.4 else None,
            "deadline_timezone": "Europe/Brussels" if closes_at else None,
            "closes_at": closes_at,
            "other_dates": [],
            "amount_min": low,
            "amount_max": amount,
            "currency": random.choices(CURRENCIES, (50, 20, 12, 8, 4, 3, 3))[0] if amount else None,
            "eligibility": wording.text(random, language, 15) if random.random() < 0.4 else None,
            "contact_email": "calls@example.org" if random.random() < 0.3 else None,
            "documents": [{"url": "https://example.org/call.pdf", "title": "Call", "media_type": None}]
            if random.random() < 0.35
            else [],
            "categories": sorted({CATEGORIES[self.kinds.draw(random)] for _ in range(random.randint(0, 2))}),
            "location": random.choice(PLACES) if random.random() < 0.5 else None,
            "evidence": self._evidence(title),
            "title_key": title_key(title),
            "reference_key": reference_key(reference) if has_reference else None,
            "first_seen_at": first_seen_at,
            "changed_at": first_seen_at,
        }

    def _times(self) -> tuple[datetime | None, datetime]:
        """Return the deadline and the first sight: some weeks before it, and before now."""
        random, now = self.random, self.now
        if random.random() < 0.04:
            return None, now - random.random() * YEARS * 365 * DAY
        if random.random() < OPEN_SHARE:
            closes_at = now + min(random.expovariate(1 / 50), 700) * DAY
            first_seen_at = now - min(random.expovariate(1 / 25), 300) * DAY
        else:
            closes_at = now - random.random() * YEARS * 365 * DAY
            first_seen_at = closes_at - (3 + random.expovariate(1 / 40)) * DAY
        return closes_at.replace(second=0, microsecond=0), first_seen_at

    def _status(self, closes_at: datetime | None) -> str:
        if closes_at and closes_at > self.now:
            return self.random.choices(("open", "unknown", "forthcoming", "closed"), (55, 35, 8, 2))[0]
        return self.random.choices(("open", "unknown", "closed"), (30, 40, 30))[0]

    def _evidence(self, title: str) -> Row:
        method = self.random.choice(METHODS)
        proof = {"method": method, "confidence": 0.9, "source_url": "https://example.org/calls/1"}
        evidence: Row = {"title": {"quote": title, **proof}}
        for name in ("organisation", "deadline", "amount_max"):
            evidence[name] = {"quote": f"{name}: as printed on the page", **proof}
        return evidence

    def _source(self, row: Row, site: Row) -> Row:
        random = self.random
        first_seen_at, closes_at = row["first_seen_at"], row["closes_at"]
        assert isinstance(first_seen_at, datetime)
        is_past = isinstance(closes_at, datetime) and closes_at < self.now
        is_gone = is_past and random.random() < 0.8
        identity_number = random.getrandbits(48)
        url = f"{site['url']}{identity_number:x}"
        deadline = row["deadline_date"]
        stated = {"title": row["title"], "organisation": row["organisation"]}
        if deadline:
            stated["deadline"] = {"date": str(deadline), "time": None, "timezone": None}
        last_seen_at = (
            min(first_seen_at + 30 * DAY, self.now) if is_gone else self.now - random.random() * DAY
        )
        return {
            "id": identity(random, first_seen_at),
            "opportunity_id": row["id"],
            "website_id": site["id"],
            "site": site["url"],
            "identity": f"url:{url}",
            "url": url,
            "listing_url": site["url"],
            "row_hash": f"{random.getrandbits(128):032x}",
            "stated": stated,
            "evidence": row["evidence"],
            "first_seen_at": first_seen_at,
            "last_seen_at": last_seen_at,
            "verified_at": last_seen_at,
            "no_longer_listed_at": last_seen_at if is_gone else None,
        }

    def _revision(self, row: Row, source: Row) -> Row:
        return {
            "opportunity_id": row["id"],
            "source_id": source["id"],
            "field": "deadline",
            "old": {"date": "2024-01-31", "time": None, "timezone": None},
            "new": source["stated"],
            "evidence": None,
            "recorded_at": source["last_seen_at"],
        }


def midnight(now: datetime) -> datetime:
    """Return the beginning of a day, so that a dataset made twice on one day is the same."""
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
