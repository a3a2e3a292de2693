"""How far a stated confidence is right: of the values that were given with it, the share that is."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from benchmarks.extraction.corpus import Corpus, Saved
from hoistscraper.reading.contract import opportunity_as_json, reading_as_json
from hoistscraper.reading.read import read_linked, read_page

BOUNDS = (0.0, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
_FIELDS = (
    "title organisation summary reference_number status opening_date deadline amount_min amount_max currency"
    " eligibility contact_email documents"
).split()
_GIVEN = ("right", "wrong", "made up")
_Value = tuple[str, object, dict[str, Any], dict[str, Any]]  # field, value, its proof, the page's answers
Judged = tuple[str, str, float, bool]  # field, method, confidence, whether it is right


def judged(corpus: Corpus, today: date) -> list[Judged]:
    """Judge every value that is read of the pages with answers."""
    rules = corpus.rules()
    found: list[Judged] = []
    for page in corpus.pages():
        for field, value, proof, gold in _values(page, rules["address"], today):
            verdict = rules["judge"](field, value, gold, page.url)
            if verdict in _GIVEN:
                found.append((field, str(proof["method"]), float(proof["confidence"]), verdict == "right"))
    return found


def _values(page: Saved, address: Callable[..., str], today: date) -> Iterator[_Value]:
    gold = page.gold or {}
    content = page.file.read_bytes()
    if gold.get("kind") == "detail" and not page.is_shell:
        call = read_linked(content, url=page.url, today=today).opportunity
        yield from _proven(opportunity_as_json(call) if call else {}, _FIELDS, gold)
    if gold.get("kind") == "listing" and not page.is_shell:
        wanted = {address(page.url, each["url"]): each for each in gold["items"] if each.get("url")}
        read: Any = reading_as_json(read_page(content, url=page.url, today=today))["items"]
        for item in read:
            if address(page.url, item["url"]) in wanted:
                yield from _proven(item, ("title", "deadline"), wanted[address(page.url, item["url"])])


def _proven(told: dict[str, Any], fields: Sequence[str], gold: dict[str, Any]) -> Iterator[_Value]:
    for field in fields:
        if told.get(field) and field in told["evidence"]:
            yield field, told[field], told["evidence"][field], gold


def table(found: list[Judged]) -> Iterator[str]:
    """Yield the lines of a table: of each confidence, then of each field and of each method."""
    yield f"{'confidence':<22}{'values':>8}{'mean stated':>13}{'share right':>13}"
    for low, high in pairwise(BOUNDS):
        yield from _line(f"{low:.2f} to {min(high, 1):.2f}", [j for j in found if low <= j[2] < high])
    yield from _line("all", found)
    for place, name in ((0, "field"), (1, "method")):
        grouped: defaultdict[str, list[Judged]] = defaultdict(list)
        for each in found:
            grouped[str(each[place])].append(each)
        yield ""
        yield f"{name:<22}{'values':>8}{'mean stated':>13}{'share right':>13}"
        for key in sorted(grouped):
            yield from _line(key, grouped[key])


def _line(name: str, chosen: list[Judged]) -> Iterator[str]:
    if chosen:
        stated = sum(each[2] for each in chosen) / len(chosen)
        right = sum(each[3] for each in chosen) / len(chosen)
        yield f"{name:<22}{len(chosen):>8}{stated:>13.3f}{right:>13.3f}"
