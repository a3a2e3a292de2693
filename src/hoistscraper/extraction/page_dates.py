"""The dates of a call: labelled ones first, then those that a sentence names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hoistscraper.extraction.blocks import Block
from hoistscraper.extraction.content import Content
from hoistscraper.extraction.date_words import APPLYING, EXPIRY, MOVES
from hoistscraper.extraction.dated import (
    DatedValue,
    beside_explicit,
    dated_values,
    is_bare,
    is_guarded,
    is_undated_value,
    stated_dates,
)
from hoistscraper.extraction.deadlines import Rounds, choose
from hoistscraper.extraction.finding import Finding
from hoistscraper.extraction.folding import fold, holds_digit
from hoistscraper.extraction.labels import Pair
from hoistscraper.extraction.lexicon import DATE_FIELDS, field_of, says
from hoistscraper.extraction.prose import sentences

_POSTED = re.compile(
    r"(?:date |e-?)?(?:publi|post|pubbl|veroff|erschien|gepubl|zverej|opubl|uverej|mis en ligne|"
    r"mise en ligne|online seit|"
    r"parution|data (?:di )?pubbl|fecha de publ|date de publ|data de publ|fecha de la publ|issued)"
)
# As in "Addendum 1 (posted 5 May 2027)".
_POSTED_BEFORE = re.compile(rf"^{_POSTED.pattern}|[(\[,;-]\s?{_POSTED.pattern}[^,;)]{{0,12}}$")
_MOVED = re.compile(rf"{MOVES.pattern}|\b(?:moved|now)\b")
_LONGEST_LABEL = 70
_OTHER_STEPS = tuple(
    re.compile(step, re.IGNORECASE)
    for step in (
        r"\bexpressions? of interest\b|\bEOIs?\b",
        r"\bnominations?\b",
        r"\bconcept notes?\b",
        r"\bletters? of (?:intent|inquiry|enquiry|interest)\b",
        r"\bmanifestations? d.int[eé]r[eê]t\b",
        r"\bmanifestazion[ei] d.interesse\b",
        r"\bmanifestaci(?:ó|o)n(?:es)? de inter[eé]s\b",
    )
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
        read = list(attempt(page))
        stated = [each for each in read if each.value.field not in methods]
        moved = _moved_beyond([each.value for each in read], found) if attempt is _stated else None
        if moved is not None:
            found = [_outdated(each) for each in found]
            methods["deadline"] = "prose"
            found.append(moved)
        found.extend(each.value for each in stated)
        methods |= {each.value.field: each.method for each in stated if each.value.field in OF_FIELDS}
    return choose(found, page.today, usual_label=page.usual_label), methods


def _moved_beyond(stated: list[DatedValue], found: list[DatedValue]) -> DatedValue | None:
    """Return the deadline of which a sentence says that it took the place of the only one found before."""
    before = {each.moment.date for each in found if each.field == "deadline"}
    moved = [each for each in stated if each.field == "deadline" and _MOVED.search(fold(each.name))]
    latest = max(moved, key=lambda each: each.moment.date, default=None)
    return latest if latest is not None and len(before) == 1 and latest.moment.date > max(before) else None


def _outdated(dated: DatedValue) -> DatedValue:
    is_deadline = dated.field == "deadline"
    return replace(dated, field="other_date", name=f"Previous {dated.name}") if is_deadline else dated


def _declared(page: Content) -> Iterator[Finding[DatedValue]]:
    for field in OF_FIELDS:
        stated = page.declared.values.get(field)
        if stated:
            for each in dated_values(field, field, stated.text, page.dates):
                yield Finding(each, each.quote, stated.method)


def _labelled(page: Content) -> Iterator[Finding[DatedValue]]:
    found = list(_of_labels(page))
    explicit = [each for each, field in found if field != "application_period"]
    periods = [each for each, field in found if field == "application_period"]
    methods = {id(each.value): each for each in (*explicit, *periods)}
    for dated in beside_explicit([each.value for each in explicit], [each.value for each in periods]):
        known = methods.get(id(dated))
        yield known or Finding(dated, dated.quote, "label:line")


def _of_labels(page: Content) -> Iterator[tuple[Finding[DatedValue], str]]:
    for pair in page.pairs:
        if pair.field not in DATE_FIELDS:
            continue
        value = pair.value
        if pair.method == "label:heading" and len(value) > LONGEST_LABELLED:
            value = value.split("\n")[0]
        if len(value) <= LONGEST_LABELLED and not any(says("rolling", each) for each in sentences(value)):
            is_other = _is_posting(pair) or (
                pair.field == "deadline" and _is_expiry_of_notice(pair.label, page)
            )
            field = "other_date" if is_other else pair.field
            for each in dated_values(pair.label, field, value, page.dates):
                yield Finding(each, each.quote, pair.method), field


def _is_expiry_of_notice(label: str, page: Content) -> bool:
    """Tell whether "Expiration date" is said of the notice: another label names the deadline itself."""
    return EXPIRY.match(fold(label)) is not None and page.labels_deadline


def _is_posting(pair: Pair) -> bool:
    # In a table of facts "published" is when the call came out; in a line of text it is when an article did.
    return pair.method in ("label:line", "label:heading") and _POSTED.search(fold(pair.label)) is not None


def _stated(page: Content) -> Iterator[Finding[DatedValue]]:
    asked = _asked_for(page)
    found = [
        Finding(each, each.quote, "prose")
        for index, block in enumerate(page.blocks)
        if block.linked < 0.8 and holds_digit(block.text) and _YEAR.search(block.text)
        for sentence in sentences(block.text)
        for each in _stated_in(sentence, page, asked)
        if not (each.field == "deadline" and is_bare(fold(each.name)) and _is_of_label(page.blocks, index))
    ]
    found = [
        each
        for each in found
        if _POSTED_BEFORE.search(fold(each.value.name)) is None
        and not (each.value.field == "deadline" and _is_expiry_of_notice(each.value.name, page))
    ]
    if any(pair.field == "deadline" and is_undated_value(pair.value) for pair in page.pairs):
        # "Deadline: to be confirmed": what prose tells of then is another year's, or another thing's.
        found = [each for each in found if each.value.field != "deadline"]
    deadlines = {each.value.moment.date for each in found if each.value.field == "deadline"}
    if len(deadlines) > MOST_DEADLINES_IN_PROSE:
        found = [each for each in found if each.value.field != "deadline"]
    return iter(found)


def _asked_for(page: Content) -> re.Pattern[str] | None:
    """Return the words for what a page's name asks for, where that is mostly another step of a call."""
    names = (page.document.title or "", *(block.text for block in page.blocks if block.heading == 1))
    return next((step for step in _OTHER_STEPS if any(step.search(name) for name in names)), None)


def _stated_in(sentence: str, page: Content, asked: re.Pattern[str] | None) -> Iterator[DatedValue]:
    """Read a sentence's dates; of what the page asks for it speaks as others do of bids."""
    if asked is None or asked.search(sentence) is None:
        yield from stated_dates(sentence, page.dates)
        return
    said = asked.sub(lambda found: "bids"[: len(found[0])].ljust(len(found[0])), sentence)
    for each in stated_dates(said, page.dates):
        start = said.find(each.quote)
        yield replace(each, quote=sentence[start : start + len(each.quote)].strip())


def _is_of_label(blocks: Sequence[Block], index: int) -> bool:
    """Tell whether "until 5 May" is the value of a label, or stands below one, that is not about applying."""
    above, block = blocks[index - 1] if index else None, blocks[index]
    if above is None or above.heading == 1 or len(above.text) > _LONGEST_LABEL or holds_digit(above.text):
        return False
    if field_of(above.text) == "other_date" or is_guarded(fold(above.text)):
        return True
    cell = block.cell
    is_value = cell is not None and cell.tag in ("dd", "td") and above.cell not in (None, cell)
    return is_value and APPLYING.search(fold(above.text)) is None


ATTEMPTS = (_declared, _labelled, _stated)
