"""The dates of a call: labelled ones first, then those that a sentence names."""

import re
from collections.abc import Iterator

from hoistscraper.extraction.content import Content
from hoistscraper.extraction.dated import DatedValue, dated_values, stated_dates
from hoistscraper.extraction.deadlines import Rounds, choose
from hoistscraper.extraction.finding import Finding
from hoistscraper.extraction.folding import fold, holds_digit
from hoistscraper.extraction.labels import Pair
from hoistscraper.extraction.lexicon import DATE_FIELDS, says
from hoistscraper.extraction.prose import sentences

_POSTED = re.compile(
    r"(?:date |e-?)?(?:publi|post|pubbl|veroff|erschien|gepubl|zverej|opubl|uverej|mis en ligne|"
    r"mise en ligne|online seit|"
    r"parution|data (?:di )?pubbl|fecha de publ|date de publ|data de publ|fecha de la publ|issued)"
)
_YEAR = re.compile(r"(?:19|20)\d\d|[/.-]\d\d\b")
LONGEST_LABELLED = 400
# A page whose prose names more deadlines than this lists several calls.
MOST_DEADLINES_IN_PROSE = 4
OF_FIELDS = ("deadline", "opening_date")


def dates_of(page: Content) -> tuple[Rounds, dict[str, str]]:
    """Return the call's dates, and the method by which the deadline and the opening were read."""
    methods: dict[str, str] = {}
    found: list[DatedValue] = []
    for attempt in ATTEMPTS:
        stated = [each for each in attempt(page) if each.value.field not in methods]
        found.extend(each.value for each in stated)
        methods |= {each.value.field: each.method for each in stated if each.value.field in OF_FIELDS}
    return choose(found, page.today, usual_label=page.usual_label), methods


def _declared(page: Content) -> Iterator[Finding[DatedValue]]:
    for field in OF_FIELDS:
        stated = page.declared.values.get(field)
        if stated:
            for each in dated_values(field, field, stated.text, page.dates):
                yield Finding(each, each.quote, stated.method)


def _labelled(page: Content) -> Iterator[Finding[DatedValue]]:
    for pair in page.pairs:
        if pair.field not in DATE_FIELDS:
            continue
        value = pair.value
        if pair.method == "label:heading" and len(value) > LONGEST_LABELLED:
            value = value.split("\n")[0]
        if len(value) <= LONGEST_LABELLED and not says("rolling", sentences(value)[0]):
            field = "other_date" if _is_posting(pair) else pair.field
            for each in dated_values(pair.label, field, value, page.dates):
                yield Finding(each, each.quote, pair.method)


def _is_posting(pair: Pair) -> bool:
    # In a table of facts "published" is when the call came out; in a line of text it is when an article did.
    return pair.method in ("label:line", "label:heading") and _POSTED.search(fold(pair.label)) is not None


def _stated(page: Content) -> Iterator[Finding[DatedValue]]:
    found = [
        Finding(each, each.quote, "prose")
        for block in page.blocks
        if block.linked < 0.8 and holds_digit(block.text) and _YEAR.search(block.text)
        for sentence in sentences(block.text)
        for each in stated_dates(sentence, page.dates)
    ]
    found = [each for each in found if _POSTED.match(fold(each.value.name)) is None]
    deadlines = {each.value.moment.date for each in found if each.value.field == "deadline"}
    if len(deadlines) > MOST_DEADLINES_IN_PROSE:
        found = [each for each in found if each.value.field != "deadline"]
    return iter(found)


ATTEMPTS = (_declared, _labelled, _stated)
