"""A list of websites from a file: good rows are taken, bad ones named with their number and reason."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.errors import HoistError, Invalid
from hoistscraper.websites import scheduling, store
from hoistscraper.websites.addresses import address_to_visit, name_of
from hoistscraper.websites.browser_needs import render_mode
from hoistscraper.websites.columns import CONTROL, LONGEST, LONGEST_TAG, MOST_TAGS, PARTS_TAGS, READ
from hoistscraper.websites.model import Website
from hoistscraper.websites.rows import SURPLUS, Row, rows_of
from hoistscraper.websites.schedule_text import known_timezone

MOST_ROWS = 50_000
YES = frozenset({"yes", "y", "true", "1", "on"})
NO = frozenset({"no", "n", "false", "0", "off"})


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was not taken; ``number`` counts the lines of the file as an editor shows them."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class ImportedRows:
    """What a file holds: websites with their row numbers, rows that repeat one above, and bad rows."""

    websites: tuple[tuple[int, Website], ...]
    repeated: tuple[BadRow, ...]
    bad: tuple[BadRow, ...]


def read_list(
    content: bytes, *, timezone: str, at: datetime, allow_hosts: AbstractSet[str] = frozenset()
) -> ImportedRows:
    """Read a CSV, Excel or JSON file of websites, or a plain list of addresses, one a line.

    ``timezone`` is that of schedules that name none; ``allow_hosts`` are private hosts that may be visited.

    :raises Invalid: the file is empty, damaged or too large, or has no column of addresses.
    """
    websites: dict[str, tuple[int, Website]] = {}
    repeated: list[BadRow] = []
    bad: list[BadRow] = []
    for count, (number, row) in enumerate(rows_of(content), start=1):
        if count > MOST_ROWS:
            raise Invalid(
                f"The file has more than {MOST_ROWS:,} rows; part it and import one after the other."
            )
        try:
            website = _website(row, timezone=timezone, at=at, allow_hosts=allow_hosts)
        except HoistError as error:
            bad.append(BadRow(number, error.message))
            continue
        if website.url in websites:
            repeated.append(
                BadRow(number, f"{website.url} stands in row {websites[website.url][0]} already.")
            )
        else:
            websites[website.url] = (number, website)
    return ImportedRows(tuple(websites.values()), tuple(repeated), tuple(bad))


async def take(session: AsyncSession, rows: ImportedRows, *, dry_run: bool) -> set[str]:
    """Add the websites that are not in the list yet, unless it is a trial; return the addresses that are."""
    websites = [website for _, website in rows.websites]
    if dry_run:
        return await store.known_addresses(session, [website.url for website in websites])
    added = await store.add_websites(session, websites)
    return {website.url for website in websites} - added


def _website(row: Row, *, timezone: str, at: datetime, allow_hosts: AbstractSet[str]) -> Website:
    if SURPLUS in row:
        raise Invalid("The row has more cells than the header; put quotation marks around text with commas.")
    told = {name: _cleaned(name, row.get(name, "")) for name in READ}
    if not told["url"]:
        raise Invalid("The address is missing.")
    url = address_to_visit(told["url"], allow_hosts)
    zone = known_timezone(told["timezone"]) if told["timezone"] else None
    website = Website(
        url=url,
        name=told["name"] or name_of(url)[: LONGEST["name"]],
        description=told["description"] or None,
        category=told["category"] or None,
        region=told["region"] or None,
        tags=_tags(told["tags"]),
        active=_yes_or_no("active", told, otherwise=True),
        paused=_yes_or_no("paused", told, otherwise=False),
        timezone=zone,
        render=render_mode(told["render"]).value,
    )
    scheduling.give_quiet_hours(website, told["quiet_hours"] or None, now=at)
    scheduling.give_schedule(website, told["schedule"] or None, timezone=zone or timezone, now=at)
    return website


def _cleaned(name: str, cell: str) -> str:
    text = CONTROL.sub("", cell).strip()
    most = LONGEST.get(name)
    if most and len(text) > most:
        raise Invalid(f"The column {name} holds more than {most:,} characters; shorten it.")
    return text


def _tags(cell: str) -> list[str]:
    tags = list(dict.fromkeys(tag for part in PARTS_TAGS.split(cell) if (tag := part.strip())))
    if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
        raise Invalid(f"A website has at most {MOST_TAGS} tags of at most {LONGEST_TAG} characters each.")
    return tags


def _yes_or_no(name: str, told: Mapping[str, str], *, otherwise: bool) -> bool:
    word = told[name].casefold()
    if not word:
        return otherwise
    if word in YES or word == name:
        return True
    if word in NO or word == "inactive":
        return False
    raise Invalid(f"The column {name} says {told[name][:40]}; write yes or no.")
