"""Read a corpus of pages by rules alone and with a language model, and print what it adds and loses.

``python -m benchmarks.language_model CORPUS --language-model URL --model NAME``. A corpus holds
``manifest.jsonl``, ``pages/`` and ``gold/``; of its pages those about one call are read. Exit code 1: a value
came without a quote that stands on its page, or one that the rules had proved was lost.
"""

import argparse
import asyncio
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from benchmarks.language_model.judging import JUDGED, Answers, details_in, is_right, is_stated
from hoistscraper.clock import now
from hoistscraper.extraction.candidate import Candidate
from hoistscraper.extraction.content import Content
from hoistscraper.language_model.answer import Pointers
from hoistscraper.language_model.asking import PlainAsking
from hoistscraper.language_model.client import ModelClient
from hoistscraper.language_model.consulting import Consultation, consult
from hoistscraper.language_model.errors import ModelFailure
from hoistscraper.language_model.fields import GROUPS, METHOD, Group
from hoistscraper.language_model.passages import Passage
from hoistscraper.language_model.server import server_in
from hoistscraper.reading.contract import opportunity_as_json
from hoistscraper.reading.read import document_of, read_linked
from hoistscraper.settings import Settings


@dataclass(slots=True)
class Tally:
    """What came of all pages, by field."""

    stated: Counter[str] = field(default_factory=Counter)
    by_rules: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    added_right: Counter[str] = field(default_factory=Counter)
    added_wrong: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    unproven: int = 0
    pages: int = 0
    pages_of_calls: int = 0  # that the corpus holds
    failures: int = 0

    def judge(self, rules: Candidate, told: Candidate, answers: Answers, page: Content) -> None:
        """Compare what rules alone and what both read of one page."""
        self.pages += 1
        before, after = opportunity_as_json(rules), opportunity_as_json(told)
        for name in JUDGED:
            self.stated[name] += is_stated(name, answers)
            had = before[name] is not None and is_right(name, before[name], answers)
            self.by_rules[name] += had
            if after[name] != before[name]:
                right = is_right(name, after[name], answers)
                self.added_right[name] += right
                self.added_wrong[name] += not right
                self.lost[name] += had and not right
        for name, proof in told.evidence.items():
            if proof.method == METHOD:
                self.unproven += proof.quote not in page.visible_text
            elif told.evidence[name] != rules.evidence.get(name):
                self.lost[name] += 1


class _Counted(PlainAsking):
    """Asks, and counts for which fields."""

    def __init__(self, client: ModelClient, asked: Counter[str]) -> None:
        super().__init__(client)
        self._asked = asked

    async def ask(self, group: Group, passages: Sequence[Passage]) -> Pointers:
        """Return where the model points."""
        self._asked.update(group.fields)
        return await super().ask(group, passages)


async def measure(options: argparse.Namespace) -> tuple[Tally, PlainAsking]:
    """Read pages, in turn, until none or no time is left."""
    server = server_in(Settings(language_model_url=options.language_model, language_model_name=options.model))
    if server is None:
        raise SystemExit("Name the model's server with --language-model URL.")
    tally, today, ends_at = Tally(), now().date(), monotonic() + options.seconds
    async with ModelClient(server, timeout_seconds=options.timeout_seconds) as client:
        asking = _Counted(client, tally.asked)
        pages = list(details_in(options.corpus))
        tally.pages_of_calls = len(pages)
        for file, url, answers in pages[:: options.every][: options.pages]:
            if monotonic() > ends_at:
                break
            content = file.read_bytes()
            rules = read_linked(content, url=url, today=today).opportunity
            if rules is None:
                continue
            page = Content(document_of(content, url=url), today)
            told = Consultation(rules)
            try:
                await consult(told, page, asking.ask, most_characters=options.page_characters)
            except ModelFailure as failure:
                tally.failures += 1
                print(failure.message, file=sys.stderr)
            tally.judge(rules, told.candidate, answers, page)
    return tally, asking


def print_table(tally: Tally, asking: PlainAsking) -> None:
    """Print what the model came to, field by field."""
    pointed = Counter(asking.pointed_at)
    of_field = {name: name for group in GROUPS for name in group.fields}
    of_field |= {"amount_min": "amount", "amount_max": "amount", "currency": "amount"}
    columns = ("field", "stated", "rules", "asked", "pointed", "+right", "+wrong", "lost")
    print(f"{columns[0]:<18}" + "".join(f"{name:>9}" for name in columns[1:]))
    for name in JUDGED:
        question = of_field[name]
        numbers = (
            tally.stated[name],
            tally.by_rules[name],
            tally.asked[question],
            pointed[question],
            tally.added_right[name],
            tally.added_wrong[name],
            tally.lost[name],
        )
        print(f"{name:<18}" + "".join(f"{number:>9}" for number in numbers))
    print(
        f"\npages {tally.pages} of {tally.pages_of_calls}, questions {asking.questions}, tokens "
        f"{asking.tokens}, answers of no use {asking.unusable}, without an answer {tally.failures}"
    )
    print(f"values without a verified quote: {tally.unproven}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument(
        "--language-model", required=True, metavar="URL", help="such as http://127.0.0.1:11434/v1"
    )
    parser.add_argument("--model", required=True, metavar="NAME")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="read each Nth page only")
    parser.add_argument("--pages", type=int, metavar="N", help="read no more pages than this")
    parser.add_argument("--seconds", type=float, default=3_600, help="begin no page after this time")
    parser.add_argument("--timeout-seconds", type=float, default=120, help="longest time for one answer")
    parser.add_argument("--page-characters", type=int, default=8_000, help="most of a page that is shown")
    tally, asking = asyncio.run(measure(parser.parse_args()))
    print_table(tally, asking)
    sys.exit(int(bool(tally.unproven or sum(tally.lost.values()))))


if __name__ == "__main__":
    main()
