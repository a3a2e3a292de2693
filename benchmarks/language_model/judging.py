"""Whether a value is the one that a reviewed answer gives: right, wrong, or made up."""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from pathlib import Path

Answers = Mapping[str, object]
_LEAST_ALIKE = 0.85
_OF_WORDS = frozenset({"organisation", "contact_name", "reference_number"})
JUDGED = (
    "deadline",
    "opening_date",
    "amount_min",
    "amount_max",
    "currency",
    "organisation",
    "reference_number",
    "contact_email",
    "eligibility",
    "summary",
)


def details_in(corpus: Path) -> Iterator[tuple[Path, str | None, Answers]]:
    """Yield the pages of one call in a corpus: file, address, reviewed answers."""
    for line in (corpus / "manifest.jsonl").read_text().splitlines():
        page = json.loads(line)
        file = Path(page["file"])
        reviewed = (corpus / "gold" / file.relative_to("pages")).with_suffix(".json")
        if page["kind"] == "detail" and reviewed.exists() and not page.get("js_shell"):
            yield corpus / file, page.get("url"), json.loads(reviewed.read_text())


def is_stated(field: str, answers: Answers) -> bool:
    """Tell whether the page states a field, as the reviewer read it."""
    if field == "eligibility":
        return bool(answers.get("eligibility_present"))
    if field == "summary":
        return bool(answers.get("summary_starts_with"))
    return answers.get(field) not in (None, "")


def is_right(field: str, value: object, answers: Answers) -> bool:
    """Tell whether a fair reviewer would take a value, in the JSON form of ``inspect``."""
    if field == "eligibility":
        return is_stated(field, answers)
    if field == "summary":
        starts = [answers.get("summary_starts_with"), *_list(answers.get("summary_alt"))]
        return any(_words(start)[:40] in _words(value)[:400] for start in starts if start)
    return any(_same(field, value, each) for each in _accepted(field, answers) if each not in (None, ""))


def _accepted(field: str, answers: Answers) -> list[object]:
    names = (f"{field}_alt", f"{field.split('_', maxsplit=1)[0]}_alt", f"{field}_any")
    return [answers.get(field), *(each for name in names for each in _list(answers.get(name)))]


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _same(field: str, value: object, expected: object) -> bool:
    if field in ("deadline", "opening_date"):
        return str(value)[:10] == str(expected)[:10]
    if field in ("amount_min", "amount_max"):
        told, stated = (float(str(each).replace(",", "")) for each in (value, expected))
        return abs(told - stated) <= 0.005 * max(abs(stated), 1)
    if field in _OF_WORDS:
        return SequenceMatcher(None, _words(value), _words(expected)).ratio() >= _LEAST_ALIKE
    return str(value).strip().casefold() == str(expected).strip().casefold()


def _words(text: object) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", str(text or "")).casefold()))
